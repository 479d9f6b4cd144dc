import { randomUUID } from 'node:crypto';
import { parsePhoneNumberFromString } from 'libphonenumber-js/mobile';
import type { Clock } from '../../clock.ts';
import { type AwsRequest, type AwsService, ServiceError } from '../aws-service.ts';
import type { EventBuses } from '../events/event-bus.ts';
import { jsonError, jsonReply, parseJsonRequest, requiredText } from '../json-protocol.ts';
import type { MailStore } from '../ses/mail-store.ts';
import type { TextSetup } from './text-setup.ts';
import { statusOf } from './text-status.ts';

/** Milliseconds that a carrier takes to say what became of a text. */
const CARRIER = 500;
/** Characters of a text in ten parts, the most that the service takes. */
const maxBody = 1600;

/**
 * AWS End User Messaging as far as functions use it: SendTextMessage, into the inbox beside the mails, and what became of a
 * text on the default bus. It refuses what
 * the service refuses: a number that is none, a country that the protect configuration blocks, a set that is not there.
 * @see https://docs.aws.amazon.com/pinpoint/latest/apireference_smsvoicev2/API_SendTextMessage.html
 */
export function createSmsVoice(setup: TextSetup, store: MailStore, buses: EventBuses, clock: Clock): AwsService {
  return {
    name: 'sms-voice',
    parse: parseJsonRequest,
    subject: (request) => ({ targets: [identityOf(setup, request)], items: [], writes: false }),
    demands: (request) => {
      const set = String(request.input.ConfigurationSetName ?? '');
      const resources = [identityOf(setup, request), ...(set ? [`${setup.arnPrefix}configuration-set/${set}`] : [])];
      return resources.map((resource) => ({ action: `sms-voice:${request.action}`, resource, context: {} }));
    },
    async perform(request) {
      const { action, input } = request;
      if (action !== 'SendTextMessage') {
        throw new ServiceError('ValidationException', `The local SMS service does not know ${action}.`);
      }
      const to = requiredText(input, 'DestinationPhoneNumber');
      const body = requiredText(input, 'MessageBody');
      const set = requiredText(input, 'ConfigurationSetName');
      const country = countryOf(to);
      if (body === '' || body.length > maxBody)
        throw new ServiceError('ValidationException', 'MessageBody is invalid.');
      if (!setup.hasConfigurationSet(set)) {
        throw new ServiceError('ResourceNotFoundException', `Configuration set ${set} was not found.`);
      }
      if (setup.blocks(set, country)) {
        throw new ServiceError('ConflictException', 'DESTINATION_COUNTRY_BLOCKED_BY_PROTECT_CONFIGURATION');
      }
      const id = randomUUID();
      const from = requiredText(input, 'OriginationIdentity');
      const protectConfigurationId = setup.protectConfigurationOf(set);
      const status = statusOf({ id, to, from, country, at: clock.now(), protectConfigurationId });
      // A carrier takes a moment, and whoever asked has the id before anything is said of it.
      setTimeout(() => buses.put('default', status), CARRIER).unref();
      store.add({
        id,
        channel: 'text',
        to: [to],
        from,
        subject: '',
        text: body,
        html: '',
        at: new Date(clock.now()).toISOString(),
        configuration_set: set,
        tags: tagsOf(input.Context),
      });
      return jsonReply({ MessageId: id });
    },
    fail: jsonError,
  };
}

function countryOf(number: string): string {
  const country = /^\+\d{5,15}$/.test(number) ? parsePhoneNumberFromString(number)?.country : undefined;
  if (country !== undefined) return country;
  throw new ServiceError('ValidationException', 'DestinationPhoneNumber is invalid.');
}

/** The ARN of a sender id names its country; a pool and a number stand for themselves. */
function identityOf({ arnPrefix }: TextSetup, { input }: AwsRequest): string {
  const identity = requiredText(input, 'OriginationIdentity');
  if (identity.startsWith('pool-')) return `${arnPrefix}pool/${identity}`;
  if (identity.startsWith('phone-')) return `${arnPrefix}phone-number/${identity}`;
  return `${arnPrefix}sender-id/${identity}/${countryOf(requiredText(input, 'DestinationPhoneNumber'))}`;
}

function tagsOf(context: unknown): Record<string, string> {
  const entries = Object.entries(context ?? {}).filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string',
  );
  return Object.fromEntries(entries);
}
