/**
 * Runs in a process of its own: loads one handler and answers events with its result and the CPU that it took, on all
 * threads. The password hash is timed by itself and left out.
 */
import crypto from 'node:crypto';
import { syncBuiltinESMExports } from 'node:module';

/** From the bench: the module to load at first, an event afterwards. */
export type ToHandler = { readonly load: string } | { readonly event: unknown };

/** To the bench. CPU in milliseconds. */
export type FromHandler =
  | { readonly loaded: true }
  | { readonly result: unknown; readonly cpu: number; readonly hash: number }
  | { readonly failed: string };

function cpuNow(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

let hashCpu = 0;

/** Hashes on this thread, so that what it takes is known to the microsecond; the handler gets the same answer. */
function timeHashes(): void {
  const hashSync = crypto.argon2Sync;
  const timed = (...[algorithm, parameters, callback]: Parameters<typeof crypto.argon2>): void => {
    const before = cpuNow();
    const digest = hashSync(algorithm, parameters);
    hashCpu += cpuNow() - before;
    setImmediate(() => callback(null, digest));
  };
  Object.assign(crypto, { argon2: timed });
  syncBuiltinESMExports();
}

let handler: ((event: unknown) => Promise<unknown>) | undefined;

async function answer(message: ToHandler): Promise<FromHandler> {
  if ('load' in message) {
    ({ handler } = await import(message.load));
    return { loaded: true };
  }
  if (!handler) throw new Error('an event came before the module');
  hashCpu = 0;
  const before = cpuNow();
  const result = await handler(message.event);
  return { result, cpu: cpuNow() - before - hashCpu, hash: hashCpu };
}

if (process.send) {
  timeHashes();
  // Kept-alive connections would hold it open when the bench is gone.
  process.once('disconnect', () => process.exit());
  process.on('message', (message: ToHandler) => {
    answer(message)
      .catch((error: unknown): FromHandler => ({ failed: error instanceof Error ? String(error.stack) : 'unknown' }))
      .then((reply) => process.send?.(reply));
  });
}
