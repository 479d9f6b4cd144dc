import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';

/** A port that nobody can connect to: the connection is neither refused nor made. */
export interface DeafServer {
  readonly origin: string;
  readonly stop: () => Promise<void>;
}

const listener = `
  const { parentPort } = require('node:worker_threads');
  const server = require('node:net').createServer();
  server.listen({ port: 0, host: '127.0.0.1', backlog: 1 }, () => {
    parentPort.postMessage(server.address().port);
    // Whoever comes from now on waits in the queue of the kernel, which holds two.
    setTimeout(() => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0), 10);
  });
`;

/** Listens, never accepts, and fills its own queue, so that the next one to come is not answered at all. */
export async function startDeafServer(): Promise<DeafServer> {
  const worker = new Worker(listener, { eval: true });
  const [port] = (await once(worker, 'message')) as [number];
  await sleep(50);
  const fillers: Socket[] = [];
  for (let queued = true; queued; ) {
    const filler = connect(port, '127.0.0.1').on('error', () => undefined);
    fillers.push(filler);
    queued = await Promise.race([once(filler, 'connect').then(() => true), sleep(300).then(() => false)]);
  }
  return {
    origin: `http://127.0.0.1:${port}`,
    stop: async () => {
      for (const filler of fillers) filler.destroy();
      await worker.terminate();
    },
  };
}
