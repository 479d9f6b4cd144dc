import { setTimeout as sleep } from 'node:timers/promises';
import type { Clock } from '../clock.ts';
import type { Outcome } from '../functions/invocation.ts';
import type { Invoker } from '../functions/invoker.ts';
import type { Queues } from '../services/sqs/queues.ts';
import type { EventSource } from './event-source.ts';
import { firstFailure } from './first-failure.ts';
import type { LambdaRecord } from './record-to-event.ts';

/** A record on its way, and when (virtual ms) the mapping first saw it. */
export interface Arrival {
  readonly record: LambdaRecord;
  readonly seenAt: number;
}

/** Brings a batch to its end: every record is done or in the dead-letter queue when it resolves. */
export type ProcessBatch = (batch: readonly Arrival[]) => Promise<void>;

/** Lambda backs off up to a minute; locally tests should not have to wait. Milliseconds. */
const FIRST_PAUSE = 100;
const LONGEST_PAUSE = 2_000;

/**
 * Lambda's handling of a stream batch that fails: what succeeded is not repeated where the function reports failures; the
 * rest is halved where the mapping says bisect (splits cost no retry), else tried again up to its retries and age.
 */
export function createBatchProcessor(
  source: EventSource,
  {
    invoker,
    queues,
    clock,
    stopped,
  }: { invoker: Invoker; queues: Pick<Queues, 'send'>; clock: Clock; stopped: () => boolean },
): ProcessBatch {
  const cause = { kind: 'stream', name: source.tableName, faults: [] } as const;
  return process;

  async function process(arrivals: readonly Arrival[]): Promise<void> {
    let batch = arrivals;
    for (let failures = 0; batch.length > 0 && !stopped(); ) {
      batch = giveUpOld(batch, failures);
      if (batch.length === 0) return;
      const outcome = await invoker.invoke(source.functionName, { Records: batch.map(({ record }) => record) }, cause);
      const first = firstFailure(outcome, batch.map(sequenceNumber), source.reportsFailures);
      if (first === undefined) return;
      if (outcome.kind === 'throttled') {
        // The function is busy: no fault of the batch.
        await sleep(FIRST_PAUSE);
        continue;
      }
      if (first > 0) {
        batch = batch.slice(first);
        continue;
      }
      if (source.bisect && batch.length > 1) {
        const middle = Math.ceil(batch.length / 2);
        await process(batch.slice(0, middle));
        return process(batch.slice(middle));
      }
      failures++;
      if (source.retries >= 0 && failures > source.retries)
        return giveUp(batch, 'RetryAttemptsExhausted', failures, outcome);
      await sleep(Math.min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** (failures - 1)));
    }
  }

  function giveUpOld(batch: readonly Arrival[], failures: number): readonly Arrival[] {
    const oldest = clock.now() - source.maxAge;
    const tooOld = batch.filter(({ seenAt }) => seenAt < oldest);
    if (tooOld.length > 0) giveUp(tooOld, 'RecordAgeExceeded', failures, undefined);
    return batch.filter(({ seenAt }) => seenAt >= oldest);
  }

  /** Without a destination the records are lost, as in Lambda. */
  function giveUp(batch: readonly Arrival[], condition: string, attempts: number, outcome: Outcome | undefined): void {
    const [first, last] = [batch[0], batch.at(-1)];
    if (source.onFailure === undefined || first === undefined || last === undefined) return;
    queues.send(source.onFailure, {
      version: '1.0',
      timestamp: new Date(clock.now()).toISOString(),
      requestContext: { functionArn: source.functionName, condition, approximateInvokeCount: attempts },
      ...(outcome === undefined
        ? {}
        : { responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: outcome.kind } }),
      DDBStreamBatchInfo: {
        shardId: 'shardId-local',
        startSequenceNumber: sequenceNumber(first),
        endSequenceNumber: sequenceNumber(last),
        approximateArrivalOfFirstRecord: new Date(first.seenAt).toISOString(),
        approximateArrivalOfLastRecord: new Date(last.seenAt).toISOString(),
        batchSize: batch.length,
        streamArn: source.streamArn,
      },
    });
  }
}

function sequenceNumber({ record }: Arrival): string {
  return record.dynamodb.SequenceNumber;
}
