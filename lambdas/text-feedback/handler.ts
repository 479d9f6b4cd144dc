import type { EventBridgeEvent } from 'aws-lambda';
import { log } from '../shared/http/log.ts';
import { startRuntime } from '../shared/http/runtime.ts';
import { bind } from '../shared/store/bind.ts';
import { findNumber, noteUnreachable } from '../shared/store/phone-store.ts';
import { suppress } from '../shared/store/suppression-store.ts';
import { findText } from '../shared/store/text-store.ts';
import { markNumber } from './mark-number.ts';
import { readStatus } from './read-status.ts';

const { random, tables, clock } = startRuntime();
const store = bind(tables, { suppress, findNumber, noteUnreachable, findText });

/** A failure is thrown: Lambda calls again and then puts the event into the dead-letter queue. */
export async function handler({ id, detail }: EventBridgeEvent<string, unknown>): Promise<void> {
  const text = readStatus(detail);
  const marked = await markNumber({ store, random }, text, clock());
  if (marked.outcome === 'unknown') return;
  const { messageId, status, country, price, fee, parts } = text;
  const { outcome, identHash } = marked;
  const about = { event: id, messageId, status, country, price, fee, parts };
  log('info', 'text.status', { ...about, outcome, address: identHash.slice(0, 16) });
}
