import { newEvent } from '../shared/domain/event.ts';
import type { Random } from '../shared/domain/id.ts';
import type { Bound } from '../shared/store/bind.ts';
import type { dueRecoveries, remindOfRecovery } from '../shared/store/recovery-store.ts';

export interface ReminderDeps {
  readonly random: Random;
  readonly store: Bound<{
    readonly dueRecoveries: typeof dueRecoveries;
    readonly remindOfRecovery: typeof remindOfRecovery;
  }>;
}

/** Hours that a run looks back: after two failed runs the removal waits for the telling, and a day of them is caught up with. */
const lookBack = 32;

/**
 * Has the mailer tell every channel of the waiting times that are nearly over, each once, however often this runs.
 * @returns how many were told
 * @throws Refusal `unavailable`
 */
export async function remindOfRecoveries({ random, store }: ReminderDeps, now: number): Promise<number> {
  const hour = Math.floor(now / 3_600_000);
  let told = 0;
  for (let back = lookBack; back >= 0; back--) {
    for (const due of await store.dueRecoveries(hour - back)) {
      const event = newEvent('factor_recovery.reminded', { sub: due.userId }, now, random);
      if (await store.remindOfRecovery(due, event, now)) told += 1;
    }
  }
  return told;
}
