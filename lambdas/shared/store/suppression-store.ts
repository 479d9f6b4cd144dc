import type { ItemEvent } from '../domain/event.ts';
import { absent, any, below } from './clauses.ts';
import { updateWhere } from './conditional-write.ts';
import { only, type Tables } from './tables.ts';

/**
 * Why an address gets no more mail, or a number no more texts: it does not exist (`invalid` for a number), or its owner
 * does not want any.
 */
export type SuppressionReason = 'bounced' | 'complained' | 'invalid';

/**
 * Marks an address or a number. Each reason keeps its latest time, so that feedback that comes twice or out of order leaves the
 * same state (F13).
 *
 * @param at milliseconds of the bounce or complaint, or at which the text was sent
 * @returns `false` where as much was known
 * @throws Refusal `unavailable`
 */
export async function suppress(
  tables: Tables,
  identHash: string,
  reason: SuppressionReason,
  at: number,
  event: ItemEvent,
): Promise<boolean> {
  const time = `${reason}At`;
  const key = { pk: `SUPPRESS#${identHash}`, sk: only };
  const news = any(absent(time), below(time, at));
  return (await updateWhere(tables, tables.directory, key, { set: { [time]: at, event } }, [news])).done;
}
