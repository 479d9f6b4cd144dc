import { randomBytes } from 'node:crypto';
import type { Clock } from '../../clock.ts';
import { type AwsRequest, type AwsService, type Demand, ServiceError } from '../aws-service.ts';
import type { EventBuses } from '../events/event-bus.ts';
import { members, parseQueryRequest, queryError, queryReply } from '../query-protocol.ts';
import { feedbackOf } from './feedback.ts';
import { addressOf, displayNameOf, type Mail, type MailStore } from './mail-store.ts';
import { parseRawMessage } from './raw-message.ts';
import type { SendingSetup } from './sending-setup.ts';

type Draft = Omit<Mail, 'id' | 'at'>;

/** SES v1 as far as functions use it: SendEmail and SendRawEmail, into the inbox. */
export function createSes(setup: SendingSetup, store: MailStore, buses: EventBuses, clock: Clock): AwsService {
  return {
    name: 'ses',
    parse: parseQueryRequest,
    subject: (request) => ({ targets: [identityOf(setup, draftOf(request))], items: [], writes: false }),
    demands: (request) => demandsOf(setup, request),
    async perform(request) {
      const draft = withDefaultSet(setup, draftOf(request));
      if (draft.to.length === 0) throw new ServiceError('InvalidParameterValue', 'Missing final recipients.');
      const set = draft.configuration_set;
      if (set !== undefined && !setup.hasConfigurationSet(set)) {
        throw new ServiceError('ConfigurationSetDoesNotExist', `Configuration set <${set}> does not exist.`);
      }
      const mail: Mail = { ...draft, id: messageId(), at: new Date(clock.now()).toISOString() };
      store.add(mail);
      publishFeedback(mail);
      return queryReply(request.action, { MessageId: mail.id });
    },
    fail: queryError,
  };

  /** SES tells the bus only what a destination of the mail's configuration set asks for. */
  function publishFeedback(mail: Mail): void {
    const set = mail.configuration_set;
    if (set === undefined) return;
    for (const { kind, event } of feedbackOf(mail, setup.configurationSetArn(set))) {
      if (setup.publishes(set, kind)) buses.put('default', event);
    }
  }
}

function withDefaultSet(setup: SendingSetup, draft: Draft): Draft {
  const configuration_set = draft.configuration_set ?? setup.defaultConfigurationSet(addressOf(draft.from));
  return configuration_set === undefined ? draft : { ...draft, configuration_set };
}

function demandsOf(setup: SendingSetup, request: AwsRequest): readonly Demand[] {
  const draft = draftOf(request);
  const name = displayNameOf(draft.from);
  const context = {
    'ses:FromAddress': addressOf(draft.from),
    'ses:Recipients': draft.to.map(addressOf),
    'ses:ApiVersion': '1',
    ...(name === undefined ? {} : { 'ses:FromDisplayName': name }),
  };
  const action = `ses:${request.action}`;
  const identity: Demand = { action, resource: identityOf(setup, draft), context };
  const set = draft.configuration_set;
  return set === undefined ? [identity] : [identity, { action, resource: setup.configurationSetArn(set), context }];
}

function identityOf(setup: SendingSetup, draft: Draft): string {
  const identity = setup.identityArn(addressOf(draft.from));
  if (identity !== undefined) return identity;
  throw new ServiceError('MessageRejected', `Email address is not verified: ${addressOf(draft.from)}`);
}

function draftOf({ action, input }: AwsRequest): Draft {
  const given = (name: string) => (typeof input[name] === 'string' ? input[name] : '');
  const set = given('ConfigurationSetName');
  const common = { tags: tagsOf(input), ...(set === '' ? {} : { configuration_set: set }) };
  if (action === 'SendRawEmail') {
    const message = parseRawMessage(Buffer.from(given('RawMessage.Data'), 'base64').toString('latin1'));
    const destinations = members(input, 'Destinations');
    return {
      ...message,
      ...common,
      to: [...(destinations.length > 0 ? destinations : message.to)],
      from: given('Source') || message.from,
    };
  }
  if (action !== 'SendEmail') throw new ServiceError('InvalidAction', `The local SES does not know ${action}.`);
  const to = ['To', 'Cc', 'Bcc'].flatMap((kind) => members(input, `Destination.${kind}Addresses`));
  return {
    ...common,
    to,
    from: given('Source'),
    subject: given('Message.Subject.Data'),
    text: given('Message.Body.Text.Data'),
    html: given('Message.Body.Html.Data'),
  };
}

function tagsOf(input: AwsRequest['input']): Record<string, string> {
  const tags: Record<string, string> = {};
  for (let n = 1; typeof input[`Tags.member.${n}.Name`] === 'string'; n++) {
    tags[String(input[`Tags.member.${n}.Name`])] = String(input[`Tags.member.${n}.Value`] ?? '');
  }
  return tags;
}

/** In the shape of SES's own ids. */
function messageId(): string {
  const hex = randomBytes(24).toString('hex');
  return `0102${hex.slice(0, 12)}-${hex.slice(12, 20)}-${hex.slice(20, 24)}-${hex.slice(24, 28)}-${hex.slice(28, 40)}-000000`;
}
