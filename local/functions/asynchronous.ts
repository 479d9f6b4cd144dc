import { setTimeout as sleep } from 'node:timers/promises';
import type { Clock } from '../clock.ts';
import type { Queues } from '../services/sqs/queues.ts';
import type { Cause, Outcome } from './invocation.ts';
import type { Invoker } from './invoker.ts';

/** Hands an event to a function on behalf of a service that does not wait for the result. Resolves when it is done with. */
export type InvokeLater = (functionName: string, event: unknown, cause: Cause) => Promise<void>;

/** Lambda waits one minute, then two; locally a moment is enough. Milliseconds. */
const RETRY_PAUSE = 200;

/**
 * Lambda's asynchronous invocation: tries again as often as the function's event invoke configuration says, then sends
 * the event to the failure destination.
 */
export function createInvokeLater(invoker: Invoker, queues: Queues, clock: Clock): InvokeLater {
  return async (functionName, event, cause) => {
    const definition = invoker.functions.get(functionName)?.definition;
    if (definition === undefined) throw new Error(`There is no function ${functionName}.`);
    const { retries, onFailure } = definition.asynchronous;
    for (let attempt = 1; ; attempt++) {
      let outcome = await invoker.invoke(functionName, event, cause);
      while (outcome.kind === 'throttled') {
        // No try of the event: the function is busy.
        await sleep(RETRY_PAUSE);
        outcome = await invoker.invoke(functionName, event, cause);
      }
      if (outcome.kind === 'returned') return;
      if (attempt <= retries) {
        await sleep(RETRY_PAUSE * attempt);
        continue;
      }
      if (onFailure !== undefined) {
        queues.send(onFailure, {
          version: '1.0',
          timestamp: new Date(clock.now()).toISOString(),
          requestContext: {
            functionArn: definition.arn,
            condition: 'RetriesExhausted',
            approximateInvokeCount: attempt,
          },
          requestPayload: event,
          responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
          responsePayload: errorOf(outcome),
        });
      }
      return;
    }
  };
}

/** What Lambda says of an invocation that did not return. */
export function errorOf(outcome: Outcome): { readonly errorType: string; readonly errorMessage: string } {
  if (outcome.kind === 'failed') return { errorType: outcome.errorType, errorMessage: outcome.message };
  if (outcome.kind === 'timed-out') return { errorType: 'Sandbox.Timedout', errorMessage: 'Task timed out' };
  return { errorType: 'TooManyRequestsException', errorMessage: 'Rate Exceeded.' };
}
