/**
 * Runs inside a worker thread: the Lambda runtime of one execution environment. Patches `Date`, loads the bundle, then
 * handles one event at a time.
 */
import { parentPort, workerData } from 'node:worker_threads';
import { writeConsoleAsJson } from './json-console.ts';
import { numberWaves } from './waves.ts';
import type { InvokeMessage, WorkerMessage, WorkerStart } from './worker-messages.ts';

type Handler = (event: unknown, context: object) => unknown;

const start: WorkerStart = workerData;
const port = parentPort;
if (port === null) throw new Error('worker.ts runs in a worker thread only');

patchDate(start.clock);
const beginWaves = numberWaves();
let requestId: string | undefined;
if (start.logsAsJson) writeConsoleAsJson(() => requestId);
const handler = load();
handler.then(
  () => send({ kind: 'loaded' }),
  (error: unknown) => send(failure(error)),
);
port.on('message', (message: InvokeMessage) => void handler.then((run) => invoke(run, message)));

function send(message: WorkerMessage): void {
  port?.postMessage(message);
}

async function load(): Promise<Handler> {
  const module: Readonly<Record<string, unknown>> = await import(start.module);
  const handler = module[start.exportName];
  if (typeof handler !== 'function') throw new Error(`${start.exportName} is not exported as a function`);
  return (event, context) => handler(event, context);
}

async function invoke(run: Handler, message: InvokeMessage): Promise<void> {
  const deadline = performance.now() + message.timeout;
  beginWaves();
  requestId = message.requestId;
  const cpuBefore = process.threadCpuUsage();
  try {
    const value = await run(JSON.parse(message.event), {
      functionName: message.functionName,
      functionVersion: '$LATEST',
      invokedFunctionArn: message.functionArn,
      memoryLimitInMB: String(message.memory),
      awsRequestId: message.requestId,
      logGroupName: `/aws/lambda/${message.functionName}`,
      logStreamName: 'local',
      callbackWaitsForEmptyEventLoop: true,
      getRemainingTimeInMillis: () => Math.max(0, deadline - performance.now()),
    });
    const cpu = process.threadCpuUsage(cpuBefore);
    send({ kind: 'returned', value: JSON.stringify(value) ?? 'null', cpuMs: (cpu.user + cpu.system) / 1000 });
  } catch (error) {
    // As the Lambda runtime does: the whole error goes to the log.
    console.error('Invoke Error', error);
    send(failure(error));
  }
}

function failure(error: unknown): WorkerMessage {
  return error instanceof Error
    ? { kind: 'failed', errorType: error.name, message: error.message }
    : { kind: 'failed', errorType: typeof error, message: String(error) };
}

/** Replaces `Date` by one that reads the virtual clock; explicit dates stay what they are. */
function patchDate(shared: SharedArrayBuffer): void {
  const offset = new BigInt64Array(shared);
  const RealDate = Date;
  const now = () => RealDate.now() + Number(Atomics.load(offset, 0));
  globalThis.Date = new Proxy(RealDate, {
    apply: () => new RealDate(now()).toString(),
    construct: (target, given, newTarget) => Reflect.construct(target, given.length === 0 ? [now()] : given, newTarget),
    get: (target, key) => (key === 'now' ? now : Reflect.get(target, key)),
  });
  // `date.constructor` must not lead around the patch.
  Object.defineProperty(RealDate.prototype, 'constructor', {
    value: globalThis.Date,
    writable: true,
    configurable: true,
  });
}
