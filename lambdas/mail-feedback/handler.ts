import type { EventBridgeEvent } from 'aws-lambda';
import { log } from '../shared/http/log.ts';
import { startRuntime } from '../shared/http/runtime.ts';
import { bind } from '../shared/store/bind.ts';
import { suppress } from '../shared/store/suppression-store.ts';
import { findOwner } from '../shared/store/user-store.ts';
import { markAddress } from './mark-address.ts';
import { readFeedback } from './read-feedback.ts';

const { random, sealing, tables } = startRuntime();
const store = bind(tables, { suppress, findOwner });

/** A failure is thrown: Lambda calls again and then puts the event into the dead-letter queue. */
export async function handler({ id, detail }: EventBridgeEvent<string, unknown>): Promise<void> {
  const { lookup } = await sealing();
  for (const feedback of readFeedback(detail)) {
    const { identHash, news } = await markAddress({ store, lookup, random }, feedback);
    log('info', 'address.suppressed', { event: id, reason: feedback.reason, address: identHash.slice(0, 16), news });
  }
}
