import { type ExecutionEnvironment, type Surroundings, startExecutionEnvironment } from './execution-environment.ts';
import { type FunctionDefinition, type Overrides, overridden } from './function-definition.ts';
import type { Invocation, Outcome } from './invocation.ts';

/** A function with its pool of workers. */
export interface LambdaFunction {
  readonly definition: FunctionDefinition;
  run(invocation: Invocation, event: unknown): Promise<Outcome>;
  /**
   * Ends its workers, those at work when they are done: whatever comes next is a cold start. With overrides, new workers
   * have these until the next recycling.
   */
  recycle(overrides?: Overrides): void;
  stop(): Promise<void>;
}

/** Workers of one function at most; further events wait, where Lambda would start another environment. */
const MAX_WORKERS = 4;
/** A worker that had nothing to do for so long is ended, in ms. */
const IDLE = 120_000;

/** Starts workers when events come, as many as there are events at once. */
export function createLambdaFunction(definition: FunctionDefinition, around: Surroundings): LambdaFunction {
  const workers = new Set<ExecutionEnvironment>();
  const idle: { readonly worker: ExecutionEnvironment; readonly timer: NodeJS.Timeout }[] = [];
  const waiting: (() => void)[] = [];
  const retiring = new WeakSet<ExecutionEnvironment>();
  let inFlight = 0;
  let current = definition;

  const take = (): ExecutionEnvironment | undefined => {
    // The warmest first, so that the others can go idle.
    const warm = idle.pop();
    if (warm !== undefined) {
      clearTimeout(warm.timer);
      return warm.worker.alive() ? warm.worker : take();
    }
    if (workers.size >= MAX_WORKERS) return undefined;
    const worker = startExecutionEnvironment(current, around);
    workers.add(worker);
    return worker;
  };
  const release = (worker: ExecutionEnvironment): void => {
    if (worker.alive() && !retiring.has(worker)) {
      const timer = setTimeout(() => {
        idle.splice(
          idle.findIndex((entry) => entry.worker === worker),
          1,
        );
        workers.delete(worker);
        worker.kill('idle');
      }, IDLE);
      idle.push({ worker, timer: timer.unref() });
    } else {
      workers.delete(worker);
      if (worker.alive()) worker.kill('recycled');
    }
    waiting.shift()?.();
  };

  return {
    definition,
    async run(invocation, event) {
      if (definition.reserved !== undefined && inFlight >= definition.reserved) return { kind: 'throttled' };
      inFlight++;
      let worker = take();
      while (worker === undefined) {
        await new Promise<void>((resolve) => waiting.push(resolve));
        worker = take();
      }
      try {
        return await worker.run(invocation, event);
      } finally {
        inFlight--;
        release(worker);
      }
    },
    recycle(overrides = {}) {
      current = overridden(definition, overrides);
      for (const { worker, timer } of idle.splice(0)) {
        clearTimeout(timer);
        workers.delete(worker);
        worker.kill('recycled');
      }
      for (const worker of workers) retiring.add(worker);
    },
    async stop() {
      for (const { timer } of idle) clearTimeout(timer);
      for (const worker of workers) worker.kill('the local cloud stops');
      workers.clear();
    },
  };
}
