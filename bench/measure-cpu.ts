import { join } from 'node:path';
import { environmentOf } from '../local/functions/environment.ts';
import { type BenchCloud, functionOf } from './bench-cloud.ts';
import type { Counts } from './count-calls.ts';
import type { FloorEvent } from './floor-handler.ts';
import type { Operation } from './operations.ts';
import type { People } from './people.ts';
import { asEvent, type BenchReply, readResult } from './requests.ts';
import { type RunningHandler, runHandler } from './run-handler.ts';
import { median } from './statistics.ts';

/** How many requests warm a process up, and how many are measured. */
interface Effort {
  readonly warmUp: number;
  readonly measured: number;
}

/** Of operations that use somebody up, and of all others. */
export const efforts = {
  scarce: { warmUp: 60, measured: 40 },
  plentiful: { warmUp: 300, measured: 100 },
} as const satisfies Readonly<Record<string, Effort>>;

/** Fresh processes that answer a first request. */
const firsts = 5;

/** CPU-ms of one operation, and of the hash inside of it where there is one. */
export interface OperationCpu {
  readonly cpu: number;
  readonly floor: number;
  readonly hash: number | undefined;
}

/** One process per function, kept for all operations that it answers. */
export interface CpuBench {
  /** CPU-ms of the first request of a fresh process, its import not counted: rings are opened, connections made. */
  readonly first: (operation: Operation) => Promise<number>;
  readonly measure: (operation: Operation, counts: Counts) => Promise<OperationCpu>;
  readonly stop: () => Promise<void>;
}

const algorithmOf = (token: unknown): readonly string[] =>
  typeof token === 'string' && token.split('.').length === 3
    ? [(JSON.parse(Buffer.from(token.split('.')[0] ?? '', 'base64url').toString()) as { alg: string }).alg]
    : [];

function signaturesIn({ body }: BenchReply): readonly string[] {
  return [...algorithmOf(body.access_token), ...algorithmOf(body.id_token)];
}

/** Measures the unmodified bundles, each in a process of its own, against the cloud's tables and keys. */
export function openCpuBench(cloud: BenchCloud, people: People): CpuBench {
  const running = new Map<string, Promise<RunningHandler>>();
  const start = (capability: string) => {
    const definition = functionOf(cloud, capability);
    const place = { accessKey: 'BENCH', region: cloud.region, proxy: cloud.side };
    const env = { ...environmentOf(definition, place), AWS_ENDPOINT_URL_DYNAMODB: cloud.dynamodb };
    return runHandler(join(definition.code, 'index.mjs'), env);
  };
  const started = (capability: string) => {
    const handler = running.get(capability) ?? start(capability);
    running.set(capability, handler);
    return handler;
  };
  const floor = runHandler(join(import.meta.dirname, 'floor-handler.ts'), {});
  running.set('floor', floor);

  /** Lets a handler answer one request as it should, and keeps what later ones need. */
  async function ask({ invoke }: RunningHandler, operation: Operation) {
    const request = operation.next(people);
    const { result, cpu, hash } = await invoke(asEvent(request, operation.routeKey));
    const reply = readResult(result);
    if (reply.status !== operation.status) {
      throw new Error(`${operation.name}, called directly, answered ${reply.status}: ${JSON.stringify(reply.body)}`);
    }
    operation.learn?.(people, reply, request);
    return { request, reply, cpu, hash };
  }

  return {
    async first(operation) {
      const cpus: number[] = [];
      for (let i = 0; i < firsts; i++) {
        const handler = await start(operation.capability);
        cpus.push((await ask(handler, operation)).cpu);
        handler.stop();
      }
      return median(cpus);
    },

    async measure(operation, { perWave }) {
      const handler = await started(operation.capability);
      const effort = operation.scarce ? efforts.scarce : efforts.plentiful;
      const { invoke: askFloor } = await floor;
      const cpus: number[] = [];
      const floors: number[] = [];
      const hashes: number[] = [];
      // In turn, so that a slow moment of the machine meets both alike.
      for (let i = 0; i < effort.warmUp + effort.measured; i++) {
        const { request, reply, cpu, hash } = await ask(handler, operation);
        const verifications = request.authorization?.startsWith('Bearer ') ? 1 : 0;
        const least: FloorEvent = { side: cloud.side, signatures: signaturesIn(reply), verifications, perWave };
        const bare = await askFloor(least);
        if (i < effort.warmUp) continue;
        cpus.push(cpu);
        floors.push(bare.cpu);
        if (hash > 0) hashes.push(hash);
      }
      return { cpu: median(cpus), floor: median(floors), hash: hashes.length > 0 ? median(hashes) : undefined };
    },
    stop: async () => {
      const outcomes = await Promise.allSettled(running.values());
      for (const outcome of outcomes) if (outcome.status === 'fulfilled') outcome.value.stop();
    },
  };
}
