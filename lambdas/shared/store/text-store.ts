import { seconds } from '../domain/time.ts';
import { putWhere } from './conditional-write.ts';
import { read } from './read.ts';
import { only, type Tables } from './tables.ts';

/** A text that the service has taken, as far as what becomes of it may concern its number. */
export interface SentText {
  /** Keyed hash of the number. */
  readonly identHash: string;
  /** Milliseconds at which it was sent. */
  readonly at: number;
}

/** Seconds; carriers report for 72 hours, then AWS says that nobody knows. */
const remembered = 4 * 86_400;

const keyOf = (messageId: string) => ({ pk: `TEXT#${messageId}`, sk: only });

/** Keeps whose number a text went to: what the service reports names its id and no number. @throws Refusal `unavailable` */
export async function noteText(tables: Tables, messageId: string, { identHash, at }: SentText): Promise<void> {
  const ttl = seconds(at) + remembered;
  await putWhere(tables, tables.sessions, { ...keyOf(messageId), identHash, at, ttl });
}

/** A text by the id that the service gave it. @throws Refusal `unavailable` */
export async function findText(tables: Tables, messageId: string): Promise<SentText | undefined> {
  const item = await read(tables, tables.sessions, keyOf(messageId));
  return item && { identHash: item.identHash, at: item.at };
}
