import { setTimeout as sleep } from 'node:timers/promises';
import type { ExecutionEnvironment } from '../functions/execution-environment.ts';
import type { AwsReply, AwsRequest, AwsService, Subject } from '../services/aws-service.ts';
import { ServiceError } from '../services/aws-service.ts';
import type { Fault } from './fault-rules.ts';
import { type EmptyPages, performInPart } from './partial-replies.ts';

/** `cut`: the connection is to be closed without an answer. */
export type Performed = AwsReply | 'cut';

export interface Performer {
  perform(
    service: AwsService,
    request: AwsRequest,
    subject: Subject,
    caller: ExecutionEnvironment,
    faults: readonly Fault[],
  ): Promise<Performed>;
}

/** Performs calls as the faults that struck them want it. */
export function createPerformer(emptyPages: EmptyPages): Performer {
  return {
    async perform(service, request, subject, caller, faults) {
      const invocation = caller.current();
      for (const { rule } of faults) {
        if (rule.kind === 'delay') await sleep(rule.ms);
        if (rule.kind === 'error') return service.fail(rule.error);
        if (rule.kind === 'drop-request') return 'cut';
        if (rule.kind === 'empty-page' && request.action === 'Query')
          return emptyPages.make(emptyPages.restore(request));
      }
      if (invocation?.dead) return 'cut';
      const partly = faults.some(({ rule }) => rule.kind === 'unprocessed') && request.action.startsWith('Batch');
      const reply = await carryOut(service, emptyPages.restore(request), partly);
      if (invocation !== undefined && subject.writes && reply.status === 200) {
        invocation.writes++;
        const last = faults.some(({ rule }) => rule.kind === 'kill-after-write' && invocation.writes >= rule.writes);
        if (last) {
          invocation.dead = true;
          caller.kill('killed by a local fault');
        }
      }
      if (invocation?.dead) return 'cut';
      return faults.some(({ rule }) => rule.kind === 'drop-reply') ? 'cut' : reply;
    },
  };
}

async function carryOut(service: AwsService, request: AwsRequest, partly: boolean): Promise<AwsReply> {
  try {
    return partly ? await performInPart(service, request) : await service.perform(request);
  } catch (error) {
    if (error instanceof ServiceError) return service.fail(error.error);
    throw error;
  }
}
