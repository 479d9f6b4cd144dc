import { setTimeout as sleep } from 'node:timers/promises';
import type { Clock } from '../clock.ts';
import { matchesPattern } from '../event-pattern.ts';
import type { Arrival, ProcessBatch } from './batch-processor.ts';
import type { EventSource } from './event-source.ts';
import { createProgress } from './progress.ts';
import { recordToEvent } from './record-to-event.ts';
import type { StreamRecord } from './stream-reader.ts';

/** One event source at work. */
export interface StreamConsumer {
  take(records: readonly StreamRecord[]): void;
  /** Sequence number up to which everything is done. */
  checkpoint(): string | undefined;
}

/**
 * Lanes stand for shards: a table in AWS has several, and a record that fails holds up its own only. Records of one
 * partition key always share a lane, and so keep their order.
 */
const LANES = 4;

export function createStreamConsumer(
  source: EventSource,
  { region, clock, start, process }: { region: string; clock: Clock; start: string | undefined; process: ProcessBatch },
): StreamConsumer {
  const progress = createProgress(start);
  const lanes = Array.from({ length: LANES }, () => createLane(source, process));
  return {
    checkpoint: progress.checkpoint,
    take(records) {
      for (const raw of records) {
        const record = recordToEvent(raw, region, source.streamArn, clock.offset());
        const { SequenceNumber } = record.dynamodb;
        // The reader begins where the slowest source of its table stopped.
        if (start !== undefined && BigInt(SequenceNumber) <= BigInt(start)) continue;
        const finish = progress.begin(SequenceNumber);
        const wanted = source.filters.length === 0 || source.filters.some((filter) => matchesPattern(filter, record));
        if (wanted) lanes[laneOf(raw)]?.add({ record, seenAt: clock.now() }, finish);
        else finish();
      }
    },
  };
}

interface Lane {
  add(arrival: Arrival, finish: () => void): void;
}

/** Batches, one after the other. */
function createLane(source: EventSource, process: ProcessBatch): Lane {
  const queue: { readonly arrival: Arrival; readonly finish: () => void }[] = [];
  let busy = false;

  async function work(): Promise<void> {
    busy = true;
    while (queue.length > 0) {
      if (source.window > 0 && queue.length < source.batchSize) await sleep(source.window);
      const batch = queue.splice(0, source.batchSize);
      await process(batch.map(({ arrival }) => arrival));
      for (const { finish } of batch) finish();
    }
    busy = false;
  }
  return {
    add(arrival, finish) {
      queue.push({ arrival, finish });
      // Records of one page come in one tick: the batch is cut after it.
      if (!busy) {
        busy = true;
        setImmediate(() => void work());
      }
    },
  };
}

function laneOf(record: StreamRecord): number {
  const key = JSON.stringify(Object.values(record.dynamodb?.Keys ?? {})[0] ?? '');
  let hash = 0;
  for (const character of key) hash = (hash * 31 + (character.codePointAt(0) ?? 0)) >>> 0;
  return hash % LANES;
}
