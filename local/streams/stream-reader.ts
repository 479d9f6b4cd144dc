import { setTimeout as sleep } from 'node:timers/promises';
import {
  DescribeStreamCommand,
  type DynamoDBStreamsClient,
  ExpiredIteratorException,
  GetRecordsCommand,
  type GetRecordsCommandOutput,
  GetShardIteratorCommand,
  ListStreamsCommand,
  type _Record as StreamRecord,
  TrimmedDataAccessException,
} from '@aws-sdk/client-dynamodb-streams';

export type { StreamRecord };

/** Reads one table's stream in order and hands every record on. */
export interface StreamReader {
  /** Looks at once: the table was just written to. */
  nudge(): void;
  stop(): void;
}

/** How often a stream is looked at without a nudge, in ms. */
const POLL = 150;
const PAGE = 1_000;
/** Pause after a failed read, in ms. */
const RETRY = 1_000;

/**
 * @param after Sequence number after which to begin; from the oldest record where it is undefined.
 * @param deliver Gets each page in stream order.
 */
export function readStream(
  client: DynamoDBStreamsClient,
  tableName: string,
  after: string | undefined,
  deliver: (records: readonly StreamRecord[]) => void,
): StreamReader {
  let stopped = false;
  let last = after;
  let wake: (() => void) | undefined;
  let nudged = false;

  const pause = () =>
    new Promise<void>((resolve) => {
      if (nudged) return resolve();
      const timer = setTimeout(resolve, POLL);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });

  async function readStreamToTheEnd(arn: string): Promise<void> {
    // The emulator closes a shard after some hours and opens the next, which begins where the old one ended.
    const shards = (await client.send(new DescribeStreamCommand({ StreamArn: arn }))).StreamDescription?.Shards ?? [];
    const ahead = shards.filter(({ SequenceNumberRange: range }) => isAhead(range?.EndingSequenceNumber, last));
    for (const { ShardId } of ahead) await readShard(arn, String(ShardId));
    if (ahead.length === 0) await pause();
  }

  /** Reads a shard until it is closed and read, or the iterator is lost. */
  async function readShard(arn: string, shard: string): Promise<void> {
    let iterator = await iteratorAt(arn, shard);
    while (!stopped && iterator !== undefined) {
      nudged = false;
      const page = await nextPage(iterator);
      iterator = page?.NextShardIterator;
      // An iterator that had to be made anew may begin too early.
      const records = (page?.Records ?? []).filter((record) => isNewer(record, last));
      last = records.at(-1)?.dynamodb?.SequenceNumber ?? last;
      if (records.length > 0) deliver(records);
      else if (iterator !== undefined) await pause();
    }
  }

  /** Undefined where the iterator is of no use any more: too old, or at records that are gone. */
  async function nextPage(iterator: string): Promise<GetRecordsCommandOutput | undefined> {
    try {
      return await client.send(new GetRecordsCommand({ ShardIterator: iterator, Limit: PAGE }));
    } catch (error) {
      if (error instanceof ExpiredIteratorException || error instanceof TrimmedDataAccessException) return undefined;
      throw error;
    }
  }

  async function iteratorAt(arn: string, shard: string): Promise<string | undefined> {
    const command = (type: 'AFTER_SEQUENCE_NUMBER' | 'TRIM_HORIZON') =>
      new GetShardIteratorCommand({
        StreamArn: arn,
        ShardId: shard,
        ShardIteratorType: type,
        SequenceNumber: type === 'TRIM_HORIZON' ? undefined : last,
      });
    try {
      return (await client.send(command(last === undefined ? 'TRIM_HORIZON' : 'AFTER_SEQUENCE_NUMBER'))).ShardIterator;
    } catch (error) {
      // Older than a day, or in another shard: everything that this shard still has is newer.
      if (!(error instanceof TrimmedDataAccessException) && !isForeign(error)) throw error;
      return (await client.send(command('TRIM_HORIZON'))).ShardIterator;
    }
  }

  async function work(): Promise<void> {
    while (!stopped) {
      try {
        await readStreamToTheEnd(await streamArn(client, tableName));
      } catch (error) {
        if (stopped) return;
        console.error(`The stream of ${tableName} could not be read; trying again.`, error);
        await sleep(RETRY);
      }
    }
  }

  void work();
  return {
    nudge() {
      nudged = true;
      wake?.();
    },
    stop() {
      stopped = true;
      wake?.();
    },
  };
}

async function streamArn(client: DynamoDBStreamsClient, tableName: string): Promise<string> {
  const { Streams } = await client.send(new ListStreamsCommand({ TableName: tableName }));
  const arn = Streams?.at(-1)?.StreamArn;
  if (arn === undefined) throw new Error(`${tableName} has no stream.`);
  return arn;
}

/** Whether a shard that ends at `end` (open where undefined) holds records after `last`. */
function isAhead(end: string | undefined, last: string | undefined): boolean {
  return end === undefined || last === undefined || BigInt(end) > BigInt(last);
}

function isNewer(record: StreamRecord, last: string | undefined): boolean {
  return last === undefined || BigInt(record.dynamodb?.SequenceNumber ?? 0) > BigInt(last);
}

function isForeign(error: unknown): boolean {
  return error instanceof Error && error.name === 'ValidationException';
}
