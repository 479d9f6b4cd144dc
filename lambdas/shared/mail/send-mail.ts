import { SESClient, SESServiceException, SendEmailCommand } from '@aws-sdk/client-ses';
import type { Brand } from '../domain/brand.ts';
import type { MailKind, RenderedMail } from './mail.ts';
import { senderMailbox } from './sender-mailbox.ts';

/**
 * What became of a send. `refused`: SES said no for now (throttled, paused, failed), nothing was sent. `rejected`: SES
 * will never take this mail. `unclear`: no answer came, it may be under way.
 */
export type SendOutcome =
  | { readonly outcome: 'accepted'; readonly messageId: string }
  | { readonly outcome: 'refused' | 'rejected' | 'unclear'; readonly reason: string };

/** Sends one rendered mail. */
export type SendMail = (to: string, kind: MailKind, mail: RenderedMail) => Promise<SendOutcome>;

/** The address itself is at fault; trying again or mending the account would not help. */
const hopeless: ReadonlySet<string> = new Set(['InvalidParameterValue', 'InvalidParameterValueException']);

/** The request never left: no route, no name, no connection in time, no credentials. */
export const unsent: ReadonlySet<string> = new Set([
  'ConnectTimeoutError',
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'CredentialsProviderError',
]);

/** The SDK gives both of its timeouts one name; what the connection's says is all that tells them apart. */
function foundNoConnection(error: unknown): boolean {
  return error instanceof Error && error.name === 'TimeoutError' && error.message.includes('establish a connection');
}

/** Whatever SES answered is an answer; a timeout or a cut connection is not (F11, F12). */
function failure(error: unknown): SendOutcome {
  const reason = error instanceof Error ? error.name : typeof error;
  if (error instanceof SESServiceException) return { outcome: hopeless.has(reason) ? 'rejected' : 'refused', reason };
  if (foundNoConnection(error)) return { outcome: 'refused', reason: 'ConnectTimeoutError' };
  const code = error instanceof Error && 'code' in error ? String(error.code) : reason;
  return { outcome: unsent.has(code) || unsent.has(reason) ? 'refused' : 'unclear', reason: code };
}

/**
 * Opens the brand's way to SES. One attempt per call: the SDK must not repeat what may have been sent, the stream
 * repeats what was certainly not. Gives up after 5 s (F18).
 *
 * @param configurationSet whose events bring bounces and complaints back
 */
export function openMail(brand: Brand, configurationSet: string): SendMail {
  const client = new SESClient({
    maxAttempts: 1,
    requestHandler: { connectionTimeout: 1000, requestTimeout: 5000, throwOnRequestTimeout: true },
  });
  const { sender } = brand;
  const utf8 = (Data: string) => ({ Charset: 'UTF-8', Data });
  return async (to, kind, { subject, text, html }) => {
    const command = new SendEmailCommand({
      Source: senderMailbox(sender),
      Destination: { ToAddresses: [to] },
      ...(sender.replyTo && { ReplyToAddresses: [sender.replyTo] }),
      Message: { Subject: utf8(subject), Body: { Text: utf8(text), Html: utf8(html) } },
      ConfigurationSetName: configurationSet,
      Tags: [
        { Name: 'brand', Value: brand.id },
        { Name: 'kind', Value: kind },
      ],
    });
    try {
      const reply = await client.send(command);
      return { outcome: 'accepted', messageId: reply.MessageId ?? '' };
    } catch (error) {
      return failure(error);
    }
  };
}
