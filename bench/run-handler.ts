import { fork } from 'node:child_process';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { FromHandler, ToHandler } from './handler-process.ts';

/** A handler in a process of its own. */
export interface RunningHandler {
  /** @returns the result, the CPU-ms of handler and hash */
  readonly invoke: (event: unknown) => Promise<{ result: unknown; cpu: number; hash: number }>;
  readonly stop: () => void;
}

/** Loads a module that exports `handler` with nothing but this environment. Logs go nowhere. */
export async function runHandler(file: string, env: Readonly<Record<string, string>>): Promise<RunningHandler> {
  const child = fork(join(import.meta.dirname, 'handler-process.ts'), {
    env: { ...env },
    execArgv: [],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const ask = (message: ToHandler) =>
    new Promise<FromHandler>((resolve, reject) => {
      const ended = () => reject(new Error(`the process of ${file} ended`));
      child.once('exit', ended);
      child.once('message', (reply: FromHandler) => {
        child.off('exit', ended);
        if ('failed' in reply) reject(new Error(reply.failed));
        else resolve(reply);
      });
      child.send(message);
    });
  await ask({ load: pathToFileURL(file).href });
  return {
    async invoke(event) {
      const reply = await ask({ event });
      if (!('result' in reply)) throw new Error('the handler gave no result');
      return reply;
    },
    stop: () => void child.kill(),
  };
}
