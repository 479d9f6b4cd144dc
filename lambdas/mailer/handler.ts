import type { Context, DynamoDBBatchResponse, DynamoDBStreamEvent } from 'aws-lambda';
import { cancelLink } from '../shared/domain/cancel-link.ts';
import { stopLink } from '../shared/domain/factor-recovery.ts';
import { type FlowSecrets, flowItemKey, type NetworkSecrets, type TextedSecrets } from '../shared/domain/flow.ts';
import { mailedLink } from '../shared/domain/mailed-link.ts';
import { networkOf } from '../shared/domain/network.ts';
import { notMeLink } from '../shared/domain/not-me.ts';
import { rangeOf } from '../shared/domain/phone-number.ts';
import type { SessionDevice } from '../shared/domain/session.ts';
import { type PersonalData, userItemKey } from '../shared/domain/user.ts';
import { required } from '../shared/http/configuration.ts';
import { describeError, log } from '../shared/http/log.ts';
import { startRuntime } from '../shared/http/runtime.ts';
import { openDelivery } from '../shared/mail/open-delivery.ts';
import { announceSpent } from '../shared/store/alert-store.ts';
import { bind } from '../shared/store/bind.ts';
import { openDeadLetters } from '../shared/store/dead-letters.ts';
import { claimMail, recipientOf, releaseMail, settleMail } from '../shared/store/mail-store.ts';
import { countMessage, countUp } from '../shared/store/rate-store.ts';
import { placesOf, readChanges } from '../shared/store/stream-changes.ts';
import { findDataKey, findUser } from '../shared/store/user-store.ts';
import { open } from '../shared/vault/sealed-box.ts';
import type { SealingRing } from '../shared/vault/sealing-ring.ts';
import { buryIn } from './bury-in.ts';
import type { MailLookups } from './decide-mails.ts';
import type { RecoveryLookups } from './decide-recovery-notices.ts';
import type { SignInLookups } from './decide-sign-in-mails.ts';
import type { TextLookups } from './decide-texts.ts';
import { processChanges } from './process-changes.ts';
import { partyOf, sendMails } from './send-mails.ts';

const { brand, clock, issuer, random, sealing, tables } = startRuntime();
const reads = { findDataKey, findUser, recipientOf };
const store = bind(tables, { ...reads, claimMail, countUp, countMessage, releaseMail, settleMail, announceSpent });
const send = openDelivery(brand, issuer, {
  mail: required(process.env, 'MAIL_CONFIGURATION_SET'),
  ...(brand.authentication.sms && { texts: required(process.env, 'TEXT_CONFIGURATION_SET') }),
});

const letters = openDeadLetters(required(process.env, 'DEAD_LETTER_QUEUE_URL'));

const lookups = (ring: SealingRing): MailLookups & RecoveryLookups & TextLookups & SignInLookups => ({
  recipientOf: store.recipientOf,
  findUser: store.findUser,
  personalData: async (id, sealed) => {
    const key = await store.findDataKey(id);
    if (!key) return [];
    const dataKey = ring.unwrapDataKey(id, key.wrapped, key.kek);
    return sealed.map((each) => open(dataKey, each, userItemKey(id)) as PersonalData);
  },
  flowAddress: ({ id, sealed }) => (ring.openEphemeral(flowItemKey(id), sealed) as FlowSecrets).email,
  codeOf: ({ id, purpose, codeNonce }) => ring.mailedCode({ id, purpose, nonce: codeNonce }),
  openDevice: (itemKey, sealed) => ring.openEphemeral(itemKey, sealed) as SessionDevice,
  notMeLink: (notMe) => notMeLink(issuer, ring.mac, notMe),
  cancelLink: (id) => cancelLink(issuer, ring.mac, id),
  stopLink: (recovery) => stopLink(issuer, ring.mac, recovery),
  signInLink: (flow) => mailedLink(issuer, ring.mac, flow),
  flowNumber: ({ id, sealed }) => (ring.openEphemeral(flowItemKey(id), sealed) as TextedSecrets).phone,
  hashesOf: (number) => ({
    identHash: ring.lookup('phone', number),
    rangeHash: ring.lookup('phone-range', rangeOf(number)),
  }),
  networkOf: ({ id, sealed }) => {
    const { network, device } = ring.openEphemeral(flowItemKey(id), sealed) as NetworkSecrets;
    return network ?? (device && ring.lookup('ip', networkOf(device.ip)));
  },
});

export async function handler(
  { Records }: DynamoDBStreamEvent,
  { invokedFunctionArn: functionArn }: Context,
): Promise<DynamoDBBatchResponse> {
  const { changes, unreadable } = readChanges(Records);
  const bury = buryIn({ bury: letters, log }, placesOf(Records), functionArn, clock());
  const unburied: string[] = [];
  for (const sequence of unreadable) {
    log('error', 'record.unreadable', { sequence });
    if (!(await bury(sequence))) unburied.push(sequence);
  }
  const deps = { brand, random, store, send, log, lookups: lookups(await sealing()) };
  const failed = await processChanges(changes, {
    partyOf,
    deal: (change) => sendMails(deps, change, clock()),
    report: ({ sequence, event }, error) =>
      log('error', 'record.failed', { sequence, event: event.id, type: event.type, ...describeError(error) }),
    bury,
  });
  return { batchItemFailures: [...unburied, ...failed].map((itemIdentifier) => ({ itemIdentifier })) };
}
