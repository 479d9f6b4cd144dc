import type { SendTextMessageRequest, SendTextMessageResult } from '@aws-sdk/client-pinpoint-sms-voice-v2';
import type { SmsPolicy, TextSender } from '../domain/sms-policy.ts';
import { AwsFailure, passing } from '../store/aws-failure.ts';
import { openAwsService, services } from '../store/aws-service.ts';
import { type SendOutcome, unsent } from './send-mail.ts';

/** Sends one text to a number in E.164 from the sender of its country. */
export type SendText = (to: string, from: TextSender, kind: string, body: string) => Promise<SendOutcome>;

/**
 * Whatever the service answered is an answer; a timeout or a cut connection is not (F11, F12). A throttle and a failure
 * of the service pass while the code lives. Nothing else does: a number that opted out, a blocked country, a sender that
 * is not registered, the spent quota of a month; trying those again would only hold up the mails behind (F16).
 */
function failure(error: unknown): SendOutcome {
  const reason = error instanceof Error ? error.name : typeof error;
  if (error instanceof AwsFailure) {
    // A proxy's or a load balancer's word is not the service's.
    if (reason.startsWith('Status')) return { outcome: 'unclear', reason };
    return { outcome: passing(error) ? 'refused' : 'rejected', reason };
  }
  const code = error instanceof Error && 'code' in error ? String(error.code) : reason;
  return { outcome: unsent.has(code) ? 'refused' : 'unclear', reason: code };
}

/** The identity that a text comes from, as the service knows it. */
export function originationIdentity(sender: TextSender): string {
  return 'senderId' in sender ? sender.senderId : sender.number;
}

/**
 * Opens the brand's way to AWS End User Messaging. One attempt per call, as for mail: the stream repeats what was
 * certainly not sent. Gives up after 5 s (F18).
 *
 * @param configurationSet whose protect configuration blocks every country that the brand does not name
 */
export function openTexts(
  brand: string,
  policy: SmsPolicy,
  configurationSet: string,
  env: NodeJS.ProcessEnv = process.env,
): SendText {
  const call = openAwsService(services.texts, env, { connection: 1000, request: 5000 }, (attempt) => attempt());
  return async (to, from, kind, body) => {
    const request: SendTextMessageRequest = {
      DestinationPhoneNumber: to,
      OriginationIdentity: originationIdentity(from),
      MessageBody: body,
      MessageType: 'TRANSACTIONAL',
      ConfigurationSetName: configurationSet,
      MaxPrice: policy.maxPrice.toFixed(2),
      // A code that arrives after it died is worse than none.
      TimeToLive: 600,
      Context: { brand, kind },
    };
    try {
      const reply = (await call('SendTextMessage', request)) as SendTextMessageResult;
      return { outcome: 'accepted', messageId: reply.MessageId ?? '' };
    } catch (error) {
      return failure(error);
    }
  };
}
