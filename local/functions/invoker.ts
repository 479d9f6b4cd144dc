import { setTimeout as sleep } from 'node:timers/promises';
import type { Clock } from '../clock.ts';
import type { FaultRules } from '../proxy/fault-rules.ts';
import { type Cause, type Invocation, newInvocation, type Outcome } from './invocation.ts';
import type { LambdaFunction } from './lambda-function.ts';

/** A finished invocation, for `/_local/calls`. */
export interface InvocationReport {
  readonly invocation: Invocation;
  readonly outcome: Outcome;
  /** Virtual time of its start, ISO 8601. */
  readonly at: string;
}

/** Lambda's Invoke: every event of every room goes through here. */
export interface Invoker {
  invoke(functionName: string, event: unknown, cause: Cause, id?: string): Promise<Outcome>;
  /** Physical names. */
  readonly functions: ReadonlyMap<string, LambdaFunction>;
}

export function createInvoker(
  functions: ReadonlyMap<string, LambdaFunction>,
  faults: FaultRules,
  clock: Clock,
  report: (report: InvocationReport) => void,
): Invoker {
  return {
    functions,
    async invoke(functionName, event, cause, id) {
      const target = functions.get(functionName);
      if (target === undefined) throw new Error(`There is no function ${functionName}.`);
      const invocation = newInvocation(functionName, cause, id);
      const at = new Date(clock.now()).toISOString();
      const outcome = await run(target, invocation, event);
      report({ invocation, outcome, at });
      return outcome;
    },
  };

  /** Runs it as the faults of the invocation itself (`service: 'lambda'`) want it. */
  async function run(target: LambdaFunction, invocation: Invocation, event: unknown): Promise<Outcome> {
    const struck = faults.strike({ service: 'lambda', action: 'Invoke', targets: [], items: [], invocation });
    for (const { rule } of struck) {
      if (rule.kind === 'delay') await sleep(rule.ms);
      if (rule.kind === 'drop-request') return lost('the event was lost');
      if (rule.kind !== 'error') continue;
      return rule.error.status === 429 ? { kind: 'throttled' } : lost(rule.error.message, rule.error.code);
    }
    const outcome = await target.run(invocation, event);
    return struck.some(({ rule }) => rule.kind === 'drop-reply') ? lost('the result was lost') : outcome;
  }
}

function lost(message: string, errorType = 'LocalFault'): Outcome {
  return { kind: 'failed', errorType, message, ms: 0, cold: false };
}
