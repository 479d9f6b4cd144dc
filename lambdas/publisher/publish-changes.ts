import type { PublishedEvent } from '../shared/domain/events.ts';
import type { PutOnBus } from '../shared/store/event-bus.ts';
import type { ItemChange } from '../shared/store/stream-changes.ts';
import { toPublishedEvent } from './to-published-event.ts';

interface Deps {
  /** Id of the brand. */
  readonly brand: string;
  readonly put: PutOnBus;
  /** Tells of an event that an operator has to know of: an alarm counts these lines. */
  readonly tell: (event: PublishedEvent) => void;
  /** Tells of an event that is not on the bus; `reason` is a name, never a message. */
  readonly report: (change: ItemChange, reason: string) => void;
}

/** Publishes a batch and tells which changes failed, by their place in the stream (F15). */
export async function publishChanges(deps: Deps, changes: readonly ItemChange[]): Promise<readonly string[]> {
  const { brand, put, report, tell } = deps;
  const ready: PublishedEvent[] = [];
  const failed: string[] = [];
  const fail = (change: ItemChange, reason: string) => {
    report(change, reason);
    failed.push(change.sequence);
  };
  for (const change of changes) {
    try {
      const event = toPublishedEvent(change.event, brand);
      ready.push(event);
      if (event.type === 'attack.noticed') tell(event);
    } catch {
      fail(change, 'not in the catalogue');
    }
  }
  const refused = await put(ready);
  for (const change of changes) {
    const reason = refused.get(change.event.id);
    if (reason !== undefined) fail(change, reason);
  }
  return failed;
}
