import type { ItemEvent } from '../shared/domain/event.ts';
import { events, type PublishedEvent } from '../shared/domain/events.ts';

/**
 * The event as the bus may see it: what the schema of its type does not know is stripped, and what does not fit it, a
 * name or an address where an id belongs, does not pass at all.
 *
 * @throws ZodError
 */
export function toPublishedEvent({ id, type, at, data }: ItemEvent, brand: string): PublishedEvent {
  return { id, type, at, brand, data: events[type].parse(data) };
}
