import type { MiddlewareObj } from '@middy/core';
import type { SealingRing } from '../vault/sealing-ring.ts';
import { log } from './log.ts';
import { codeOf } from './render-errors.ts';
import { auditOf } from './reply.ts';
import { type GatewayEvent, type GatewayResult, readEvent } from './request.ts';
import type { Runtime } from './runtime.ts';

/** Bodies of requests under way, as validated; by the event that brought them. */
const bodies = new WeakMap<object, unknown>();

/** Lets the log line of a request say which application and address it was about, whatever becomes of it (LG3). */
export function noteBody(event: object, body: unknown): void {
  bodies.set(event, body);
}

/** An address as a log line has it: by the beginning of its keyed hash, as the mailer's lines do (LG1). */
export function addressMark(ring: SealingRing, email: string): string {
  return ring.lookup('email', email).slice(0, 16);
}

/** Who a body names: the application, and the address by the keyed hash that the mailer's lines have too (LG1). */
async function bodyMarks(runtime: Runtime, event: object): Promise<Readonly<Record<string, string>>> {
  const { client_id: id, email } = { client_id: undefined, email: undefined, ...(bodies.get(event) ?? {}) };
  const client = runtime.brand.clients.find((each) => each.id === id);
  const marks: Readonly<Record<string, string>> = client ? { client: client.id } : {};
  if (typeof email !== 'string' || !runtime.knowsCallers) return marks;
  try {
    return { ...marks, address: addressMark(await runtime.sealing(), email) };
  } catch {
    return marks;
  }
}

/** The caller by keyed hash, so that lines about one caller can be put together and none names him (LG1, LG3). */
async function callerMarks(runtime: Runtime, ip: string, userAgent: string): Promise<Readonly<Record<string, string>>> {
  if (!runtime.knowsCallers) return {};
  try {
    const ring = await runtime.sealing();
    return { ip: ring.lookup('ip', ip).slice(0, 16), agent: ring.lookup('device', userAgent).slice(0, 16) };
  } catch {
    return {};
  }
}

/** Leaves one line per request, whatever its outcome (LG3). */
export function requestLog(runtime: Runtime): MiddlewareObj<GatewayEvent, GatewayResult> {
  async function leaveLine(event: Partial<GatewayEvent>, result: GatewayResult, code: string): Promise<void> {
    const request = readEvent(event, runtime.clock(), runtime.edge);
    // Where the ring did not open, to wait for it once more would hold up the answer (F18).
    const named = code !== 'unavailable';
    const marks = named && {
      ...(await callerMarks(runtime, request.ip, request.userAgent)),
      ...(await bodyMarks(runtime, event)),
    };
    log('info', 'request', {
      request: request.id,
      route: request.routeKey,
      status: result.statusCode,
      code,
      ms: runtime.clock() - request.arrivedAt,
      ...marks,
      ...auditOf(result),
    });
  }

  return {
    after: (run) => leaveLine(run.event, run.response ?? {}, 'ok'),
    onError: (run) => leaveLine(run.event, run.response ?? {}, codeOf(run.error)),
  };
}
