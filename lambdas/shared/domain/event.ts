import type { EventId } from './id.ts';

/** What the item of a state change carries for the stream consumers (DESIGN section 1, rule 4). No personal data. */
export interface ItemEvent {
  readonly id: EventId;
  readonly type: string;
  /** ISO 8601 in UTC. */
  readonly at: string;
  readonly data: Readonly<Record<string, unknown>>;
}
