import type { EventData, EventType } from './events.ts';
import { type EventId, newEventId, type Random } from './id.ts';
import { iso } from './time.ts';

/** What the item of a state change carries for the stream consumers (DESIGN section 1, rule 4). No personal data. */
export interface ItemEvent {
  readonly id: EventId;
  readonly type: EventType;
  /** ISO 8601 in UTC. */
  readonly at: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** A new event of the catalogue; a type or a field that it does not know does not compile. `at` is milliseconds. */
export function newEvent<Type extends EventType>(
  type: Type,
  data: EventData<Type>,
  at: number,
  random: Random,
): ItemEvent {
  return { id: newEventId(random), type, at: iso(at), data };
}
