import { randomUUID } from 'node:crypto';
import type { AwsCall } from '../proxy/aws-call.ts';

/** Why a function runs. */
export interface Cause {
  readonly kind: 'http' | 'stream' | 'event' | 'schedule' | 'deployment' | 'direct';
  /** Route key, source, rule or table: never a path, address or query. */
  readonly name: string;
  /** Fault ids that the HTTP request asked for (`x-local-fault`). */
  readonly faults: readonly string[];
}

/** One run of a function, and what it did so far. */
export interface Invocation {
  /** `awsRequestId`; for HTTP also the gateway's request id. */
  readonly id: string;
  readonly functionName: string;
  readonly cause: Cause;
  /** `performance.now()` when a worker took it. */
  startedAt: number;
  /** True until the handler runs: module loading, as in Lambda's init phase. */
  loading: boolean;
  readonly calls: AwsCall[];
  /** Writes applied so far. */
  writes: number;
  /** A fault killed it: nothing that it sends is forwarded any more. */
  dead: boolean;
}

export function newInvocation(functionName: string, cause: Cause, id: string = randomUUID()): Invocation {
  return { id, functionName, cause, startedAt: performance.now(), loading: false, calls: [], writes: 0, dead: false };
}

/** How an invocation ended. */
export type Outcome =
  | {
      readonly kind: 'returned';
      readonly value: unknown;
      readonly ms: number;
      readonly cpuMs: number;
      readonly cold: boolean;
    }
  | {
      readonly kind: 'failed';
      readonly errorType: string;
      readonly message: string;
      readonly ms: number;
      readonly cold: boolean;
    }
  | { readonly kind: 'timed-out'; readonly ms: number; readonly cold: boolean }
  /** More events at once than its reserved concurrency; it did not run. */
  | { readonly kind: 'throttled' };
