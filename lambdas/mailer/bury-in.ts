import type { Bury } from '../shared/store/dead-letters.ts';
import type { Place } from '../shared/store/stream-changes.ts';
import type { Log } from './check-limits.ts';

/**
 * Milliseconds for which an error of ours is tried again: the function may be older than the record, or a bad deployment is
 * being taken back. Everything behind the record waits as long.
 */
const patience = 300_000;

/**
 * Puts records of one batch away, once they have been tried for long enough, into the dead-letter queue, where an alarm
 * tells of them: the stream itself would try them, and hold up what is behind, until they are too old (F16).
 * @returns by sequence number, whether one is there; else the stream has to try it again
 */
export function buryIn(
  { bury, log }: { readonly bury: Bury; readonly log: Log },
  places: ReadonlyMap<string, Place>,
  functionArn: string,
  now: number,
): (sequence: string) => Promise<boolean> {
  return async (sequence) => {
    const { streamArn = '', key, at = now } = places.get(sequence) ?? {};
    if (now - at <= patience) return false;
    try {
      await bury({ functionArn, streamArn, sequence, key }, now);
      log('error', 'record.buried', { sequence });
      return true;
    } catch (error) {
      log('error', 'record.unburied', { sequence, error: error instanceof Error ? error.name : typeof error });
      return false;
    }
  };
}
