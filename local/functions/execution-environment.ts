import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { Clock } from '../clock.ts';
import { environmentOf } from './environment.ts';
import type { FunctionDefinition } from './function-definition.ts';
import type { Invocation, Outcome } from './invocation.ts';
import type { LogBook } from './log-book.ts';
import type { InvokeMessage, WorkerMessage, WorkerStart } from './worker-messages.ts';

/** What every worker is started with. */
export interface Surroundings {
  readonly region: string;
  /** Origin of the AWS proxy. */
  readonly proxy: string;
  readonly clock: Clock;
  readonly logs: LogBook;
  /** Running workers by their access key id, which is how the proxy knows a caller. */
  readonly callers: Map<string, ExecutionEnvironment>;
}

/** One worker thread: handles one event at a time, like one Lambda execution environment. */
export interface ExecutionEnvironment {
  readonly definition: FunctionDefinition;
  /** What it is working on. */
  current(): Invocation | undefined;
  run(invocation: Invocation, event: unknown): Promise<Outcome>;
  /** Ends the thread at once; a running invocation fails. */
  kill(reason: string): void;
  /** False after a timeout, crash or kill. */
  alive(): boolean;
}

/** Lambda gives module loading 10 s of its own before the function's timeout begins. */
const LOAD_TIMEOUT = 10_000;

export function startExecutionEnvironment(definition: FunctionDefinition, around: Surroundings): ExecutionEnvironment {
  // DynamoDB Local takes letters and digits only.
  const accessKey = `LOCAL${randomBytes(8).toString('hex').toUpperCase()}`;
  const worker = startWorker(definition, around, accessKey);
  let alive = true;
  let loaded = false;
  let current: Invocation | undefined;
  let settle: ((outcome: Outcome) => void) | undefined;
  let timer: NodeJS.Timeout | undefined;

  const end = (): void => {
    alive = false;
    around.callers.delete(accessKey);
    void worker.terminate();
  };
  const elapsed = () => performance.now() - (current?.startedAt ?? performance.now());
  const finish = (outcome: Outcome): void => {
    clearTimeout(timer);
    const resolve = settle;
    settle = undefined;
    current = undefined;
    resolve?.(outcome);
  };
  const fail = (errorType: string, message: string, cold: boolean) =>
    finish({ kind: 'failed', errorType, message, ms: elapsed(), cold });
  const limit = (ms: number, cold: boolean): void => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      around.logs.write(definition.name, `${current?.id ?? ''} Task timed out after ${(ms / 1000).toFixed(2)} seconds`);
      end();
      finish({ kind: 'timed-out', ms: elapsed(), cold });
    }, ms);
  };

  let cold = true;
  let pending: InvokeMessage | undefined;
  const dispatch = (): void => {
    if (pending === undefined || !loaded || current === undefined) return;
    current.loading = false;
    limit(definition.timeout * 1000, cold);
    worker.postMessage(pending);
    pending = undefined;
  };
  worker.on('message', (message: WorkerMessage) => {
    switch (message.kind) {
      case 'loaded':
        loaded = true;
        return dispatch();
      case 'returned':
        return finish({
          kind: 'returned',
          value: JSON.parse(message.value),
          ms: elapsed(),
          cpuMs: message.cpuMs,
          cold,
        });
      case 'failed':
        // A module that does not load will not load better for the next event.
        if (!loaded) end();
        return fail(message.errorType, message.message, cold);
    }
  });
  worker.on('error', (error) => {
    around.logs.write(definition.name, `Uncaught ${error instanceof Error ? error.stack : String(error)}`);
    end();
    fail('Runtime.ExitError', 'The function crashed.', cold);
  });
  worker.on('exit', () => {
    end();
    fail('Runtime.ExitError', 'Runtime exited.', cold);
  });

  const environment: ExecutionEnvironment = {
    definition,
    current: () => current,
    alive: () => alive,
    kill(reason) {
      end();
      fail('Runtime.ExitError', reason, cold);
    },
    run(invocation, event) {
      cold = !loaded;
      current = invocation;
      invocation.startedAt = performance.now();
      invocation.loading = !loaded;
      pending = {
        event: JSON.stringify(event),
        requestId: invocation.id,
        functionName: definition.name,
        functionArn: definition.arn,
        memory: definition.memory,
        timeout: definition.timeout * 1000,
      };
      return new Promise((resolve) => {
        settle = resolve;
        if (loaded) dispatch();
        else limit(LOAD_TIMEOUT, true);
      });
    },
  };
  around.callers.set(accessKey, environment);
  return environment;
}

function startWorker(definition: FunctionDefinition, around: Surroundings, accessKey: string): Worker {
  const [file = 'index', exportName = 'handler'] = definition.handler.split('.');
  const module = [`${file}.mjs`, `${file}.js`].map((name) => join(definition.code, name)).find(existsSync);
  const start: WorkerStart = {
    module: pathToFileURL(module ?? join(definition.code, `${file}.mjs`)).href,
    exportName,
    clock: around.clock.shared,
    logsAsJson: definition.logsAsJson,
  };
  const worker = new Worker(new URL('./worker.ts', import.meta.url), {
    workerData: start,
    env: environmentOf(definition, { accessKey, region: around.region, proxy: around.proxy }),
    execArgv: [],
    stdout: true,
    stderr: true,
    resourceLimits: { maxOldGenerationSizeMb: definition.memory },
  });
  around.logs.capture(definition.name, worker.stdout);
  around.logs.capture(definition.name, worker.stderr);
  return worker;
}
