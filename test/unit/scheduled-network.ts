import type { Scheduler } from 'fast-check';
import type { Network } from './memory-tables.ts';

/** Every call to the tables waits for its turn, in an order that fast-check chooses. */
export const scheduled =
  (scheduler: Scheduler): Network =>
  (apply, operation) =>
    scheduler.schedule(Promise.resolve(), operation).then(apply);

/** As before, and each update is sent again, since its first reply was lost (F2). */
export const lossy =
  (scheduler: Scheduler): Network =>
  async (apply, operation) => {
    await scheduler.schedule(Promise.resolve(), operation);
    if (operation === 'UpdateItem') {
      try {
        apply();
      } catch {
        // This reply was lost too.
      }
      await scheduler.schedule(Promise.resolve(), `${operation} again`);
    }
    return apply();
  };
