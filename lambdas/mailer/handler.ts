import type { Context, DynamoDBBatchResponse, DynamoDBStreamEvent } from 'aws-lambda';
import { required } from '../shared/http/configuration.ts';
import { describeError, log } from '../shared/http/log.ts';
import { startRuntime } from '../shared/http/runtime.ts';
import { openDelivery } from '../shared/mail/open-delivery.ts';
import { announceSpent } from '../shared/store/alert-store.ts';
import { bind } from '../shared/store/bind.ts';
import { openDeadLetters } from '../shared/store/dead-letters.ts';
import { claimMail, recipientOf, releaseMail, settleMail } from '../shared/store/mail-store.ts';
import { countMessage, countUp, countUsed } from '../shared/store/rate-store.ts';
import { placesOf, readChanges } from '../shared/store/stream-changes.ts';
import { noteText } from '../shared/store/text-store.ts';
import { findDataKey, findUser } from '../shared/store/user-store.ts';
import { open } from '../shared/vault/sealed-box.ts';
import { buryIn } from './bury-in.ts';
import { openLookups } from './open-lookups.ts';
import { processChanges } from './process-changes.ts';
import { partyOf, sendMails } from './send-mails.ts';

const { brand, clock, issuer, random, sealing, tables } = startRuntime();
const reads = { findDataKey, findUser, recipientOf };
const counts = { countUp, countMessage, countUsed };
const writes = { claimMail, releaseMail, settleMail, noteText, announceSpent };
const store = bind(tables, { ...reads, ...counts, ...writes });
const send = openDelivery(brand, issuer, {
  mail: required(process.env, 'MAIL_CONFIGURATION_SET'),
  ...(brand.authentication.sms && { texts: required(process.env, 'TEXT_CONFIGURATION_SET') }),
});

const letters = openDeadLetters(required(process.env, 'DEAD_LETTER_QUEUE_URL'));

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
  const deps = { brand, random, store, send, log, lookups: openLookups({ issuer, open, store }, await sealing()) };
  const failed = await processChanges(changes, {
    partyOf,
    deal: (change) => sendMails(deps, change, clock()),
    report: ({ sequence, event }, error) =>
      log('error', 'record.failed', { sequence, event: event.id, type: event.type, ...describeError(error) }),
    bury,
  });
  return { batchItemFailures: [...unburied, ...failed].map((itemIdentifier) => ({ itemIdentifier })) };
}
