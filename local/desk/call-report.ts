import type { InvocationReport } from '../functions/invoker.ts';
import type { AwsCall } from '../proxy/aws-call.ts';
import type { Units } from '../services/aws-service.ts';

/** One invocation as `/_local/calls` shows it. */
export interface CallReport {
  /** The HTTP request's `x-local-request-id`, or the invocation's own id. */
  readonly id: string;
  readonly at: string;
  readonly cause: string;
  /** Route key, table, rule: what made it run. */
  readonly name: string;
  readonly function: string;
  readonly outcome: string;
  /** HTTP status of the function's result, where it has one. */
  readonly status?: number;
  readonly ms: number;
  /** CPU of the worker thread in ms; the password hash runs on another thread and is not in it. */
  readonly cpu_ms: number;
  readonly cold: boolean;
  /** Sequential round trips, those of module loading not counted. */
  readonly waves: number;
  readonly units: Units;
  readonly calls: readonly AwsCall[];
}

export function callReport({ invocation, outcome, at }: InvocationReport): CallReport {
  const calls = invocation.calls;
  const handling = calls.filter(({ loading }) => !loading);
  const status = outcome.kind === 'returned' ? statusOf(outcome.value) : undefined;
  return {
    id: invocation.id,
    at,
    cause: invocation.cause.kind,
    name: invocation.cause.name,
    function: invocation.functionName,
    outcome: outcome.kind === 'failed' ? `${outcome.errorType}: ${outcome.message}` : outcome.kind,
    ...(status === undefined ? {} : { status }),
    ms: round(outcome.kind === 'throttled' ? 0 : outcome.ms),
    cpu_ms: round(outcome.kind === 'returned' ? outcome.cpuMs : 0),
    cold: outcome.kind !== 'throttled' && outcome.cold,
    waves: new Set(handling.map(({ wave }) => wave)).size,
    units: { read: sum(calls, 'read'), write: sum(calls, 'write') },
    calls: calls.map((call) => ({ ...call, start: round(call.start), ms: round(call.ms) })),
  };
}

function statusOf(value: unknown): number | undefined {
  if (value === null || typeof value !== 'object' || !('statusCode' in value)) return undefined;
  return Number(value.statusCode);
}

function sum(calls: readonly AwsCall[], kind: keyof Units): number {
  return calls.reduce((total, { units }) => total + units[kind], 0);
}

function round(ms: number): number {
  return Math.round(ms * 100) / 100;
}
