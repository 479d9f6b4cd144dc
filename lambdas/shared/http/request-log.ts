import type { MiddlewareObj } from '@middy/core';
import { log } from './log.ts';
import { codeOf } from './render-errors.ts';
import { auditOf } from './reply.ts';
import { type GatewayEvent, type GatewayResult, readEvent } from './request.ts';
import type { Runtime } from './runtime.ts';

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
    const request = readEvent(event, runtime.clock());
    log('info', 'request', {
      request: request.id,
      route: request.routeKey,
      status: result.statusCode,
      code,
      ms: runtime.clock() - request.arrivedAt,
      ...(await callerMarks(runtime, request.ip, request.userAgent)),
      ...auditOf(result),
    });
  }

  return {
    after: (run) => leaveLine(run.event, run.response ?? {}, 'ok'),
    onError: (run) => leaveLine(run.event, run.response ?? {}, codeOf(run.error)),
  };
}
