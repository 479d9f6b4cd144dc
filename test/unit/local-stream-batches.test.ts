import { describe, expect, test } from 'vitest';
import { createClock } from '../../local/clock.ts';
import type { Outcome } from '../../local/functions/invocation.ts';
import { type Arrival, createBatchProcessor } from '../../local/streams/batch-processor.ts';
import type { EventSource } from '../../local/streams/event-source.ts';
import { firstFailure } from '../../local/streams/first-failure.ts';
import { createProgress } from '../../local/streams/progress.ts';
import type { LambdaRecord } from '../../local/streams/record-to-event.ts';

const source: EventSource = {
  name: 'source',
  functionName: 'mailer',
  tableName: 'sessions',
  streamArn: 'arn:aws:dynamodb:eu-west-1:000000000000:table/sessions/stream/x',
  filters: [],
  batchSize: 10,
  window: 0,
  retries: 1,
  maxAge: 60_000,
  bisect: true,
  reportsFailures: true,
  onFailure: 'arn:aws:sqs:eu-west-1:000000000000:letters',
};

function arrival(SequenceNumber: string, seenAt = Date.now()): Arrival {
  const record: LambdaRecord = {
    eventID: SequenceNumber,
    eventName: 'INSERT',
    eventVersion: '1.1',
    eventSource: 'aws:dynamodb',
    awsRegion: 'eu-west-1',
    eventSourceARN: source.streamArn,
    dynamodb: { SequenceNumber, ApproximateCreationDateTime: 0 },
  };
  return { record, seenAt };
}

const returned = (value: unknown): Outcome => ({ kind: 'returned', value, ms: 1, cpuMs: 1, cold: false });
const failed: Outcome = { kind: 'failed', errorType: 'Error', message: 'poison', ms: 1, cold: false };
const failures = (...ids: readonly string[]) =>
  returned({ batchItemFailures: ids.map((itemIdentifier) => ({ itemIdentifier })) });

/** Processes a batch and tells what the function got, batch by batch, and what was given up. */
async function process(
  batch: readonly Arrival[],
  answer: (ids: readonly string[]) => Outcome,
  changes: Partial<EventSource> = {},
) {
  const batches: string[] = [];
  const letters: { condition: string; range: string }[] = [];
  const processBatch = createBatchProcessor(
    { ...source, ...changes },
    {
      clock: createClock(0),
      stopped: () => false,
      invoker: {
        functions: new Map(),
        async invoke(_, event) {
          const { Records } = event as { Records: readonly LambdaRecord[] };
          const ids = Records.map(({ dynamodb }) => dynamodb.SequenceNumber);
          batches.push(ids.join());
          return answer(ids);
        },
      },
      queues: {
        send(_, body) {
          const { requestContext, DDBStreamBatchInfo: info } = body as {
            requestContext: { condition: string };
            DDBStreamBatchInfo: { startSequenceNumber: string; endSequenceNumber: string };
          };
          letters.push({
            condition: requestContext.condition,
            range: `${info.startSequenceNumber}-${info.endSequenceNumber}`,
          });
        },
      },
    },
  );
  await processBatch(batch);
  return { batches, letters };
}

const five = ['1', '2', '3', '4', '5'].map((id) => arrival(id));

describe('a stream batch', () => {
  test('is done when the function returns nothing', async () => {
    expect(await process(five, () => returned(null))).toEqual({ batches: ['1,2,3,4,5'], letters: [] });
  });

  test('goes on from the lowest failure that is reported; a poisoned record is isolated and given up alone', async () => {
    const { batches, letters } = await process(five, (ids) =>
      failures(...ids.filter((id) => id === '3' || id === '5').slice(0, 1)),
    );
    expect(batches[0]).toBe('1,2,3,4,5');
    expect(batches[1]).toBe('3,4,5');
    expect(batches.filter((batch) => batch.includes('1'))).toHaveLength(1);
    expect(letters.map(({ range }) => range)).toEqual(['3-3', '5-5']);
  });

  test('is halved when the function throws; splits cost no retry', async () => {
    const { batches, letters } = await process(five, (ids) => (ids.includes('2') ? failed : returned(null)));
    expect(batches).toEqual(['1,2,3,4,5', '1,2,3', '1,2', '1', '2', '2', '3', '4,5']);
    expect(letters).toEqual([{ condition: 'RetryAttemptsExhausted', range: '2-2' }]);
  });

  test('is tried as a whole and given up as a whole without bisect', async () => {
    const { batches, letters } = await process(five, () => failed, { bisect: false });
    expect(batches).toEqual(['1,2,3,4,5', '1,2,3,4,5']);
    expect(letters).toEqual([{ condition: 'RetryAttemptsExhausted', range: '1-5' }]);
  });

  test('gives up records that are too old without trying them', async () => {
    const batch = [arrival('1', Date.now() - 61_000), arrival('2')];
    expect(await process(batch, () => returned(null))).toEqual({
      batches: ['2'],
      letters: [{ condition: 'RecordAgeExceeded', range: '1-1' }],
    });
  });

  test('waits without counting while the function is throttled', async () => {
    let calls = 0;
    const { batches, letters } = await process(five, () => (calls++ < 3 ? { kind: 'throttled' } : returned(null)), {
      retries: 0,
    });
    expect([batches.length, letters.length]).toEqual([4, 0]);
  });
});

describe('the first failure of a batch', () => {
  const ids = ['1', '2', '3'];

  test('is where the function says, in stream order', () => {
    expect(firstFailure(failures('3', '2'), ids, true)).toBe(1);
    expect(firstFailure(failures(), ids, true)).toBeUndefined();
    expect(firstFailure(returned(undefined), ids, true)).toBeUndefined();
  });

  test('is the whole batch for an unknown identifier, a malformed answer or an error', () => {
    expect(firstFailure(failures('9', '3'), ids, true)).toBe(0);
    expect(firstFailure(returned({ batchItemFailures: [{ itemIdentifier: null }] }), ids, true)).toBe(0);
    expect(firstFailure(failed, ids, true)).toBe(0);
  });

  test('is nowhere if the mapping does not ask for reports', () => {
    expect(firstFailure(failures('1'), ids, false)).toBeUndefined();
  });
});

test('a checkpoint never passes a record that is not done', () => {
  const progress = createProgress(undefined);
  const [first, second, third] = ['1', '2', '3'].map((id) => progress.begin(id));
  second?.();
  expect(progress.checkpoint()).toBeUndefined();
  first?.();
  expect(progress.checkpoint()).toBe('2');
  third?.();
  expect(progress.checkpoint()).toBe('3');
});
