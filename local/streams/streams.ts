import { DynamoDBStreamsClient } from '@aws-sdk/client-dynamodb-streams';
import { z } from 'zod';
import type { Deployment } from '../assembly/deployment.ts';
import type { Clock } from '../clock.ts';
import type { DataFolder } from '../data-folder.ts';
import type { Invoker } from '../functions/invoker.ts';
import type { Authorizer } from '../proxy/authorizer.ts';
import { refuse } from '../refusal.ts';
import type { Queues } from '../services/sqs/queues.ts';
import { createBatchProcessor } from './batch-processor.ts';
import { type EventSource, readEventSources } from './event-source.ts';
import { createStreamConsumer, type StreamConsumer } from './stream-consumer.ts';
import { readStream } from './stream-reader.ts';

/** All event source mappings at work. */
export interface Streams {
  /** These tables were just written to: read their streams now. */
  nudge(tables: readonly string[]): void;
  stop(): void;
}

interface Parts {
  readonly deployment: Deployment;
  readonly endpoint: string;
  readonly clock: Clock;
  readonly folder: DataFolder;
  readonly invoker: Invoker;
  readonly queues: Queues;
  readonly authorizer: Authorizer;
}

const Checkpoints = z.record(z.string(), z.string());
/** How often checkpoints are written, in ms. */
const SAVE = 250;

export async function startStreams(parts: Parts): Promise<Streams> {
  const { deployment, clock, folder, invoker, queues } = parts;
  const sources = readEventSources(deployment);
  for (const source of sources) await refuseForbidden(source, parts);
  const credentials = { accessKeyId: 'localcloud', secretAccessKey: 'localcloud' };
  const client = new DynamoDBStreamsClient({ endpoint: parts.endpoint, region: deployment.place.region, credentials });
  const saved = Checkpoints.safeParse(folder.read('checkpoints') ?? {}).data ?? {};
  let stopped = false;

  const consumers = sources.map((source) => {
    const process = createBatchProcessor(source, { invoker, queues, clock, stopped: () => stopped });
    const start = saved[source.name];
    return {
      source,
      start,
      consumer: createStreamConsumer(source, { region: deployment.place.region, clock, start, process }),
    };
  });
  const readers = new Map(
    [...Map.groupBy(consumers, ({ source }) => source.tableName)].map(([tableName, ofTable]) => [
      tableName,
      readStream(client, tableName, earliest(ofTable.map(({ start }) => start)), (records) => {
        for (const { consumer } of ofTable) consumer.take(records);
      }),
    ]),
  );
  const save = checkpointSaver(consumers, folder);
  const timer = setInterval(save, SAVE);
  return {
    nudge(tables) {
      for (const table of tables) readers.get(table)?.nudge();
    },
    stop() {
      stopped = true;
      clearInterval(timer);
      for (const reader of readers.values()) reader.stop();
      save();
      client.destroy();
    },
  };
}

/** The function's own role reads the stream and fills the failure queue. */
async function refuseForbidden(source: EventSource, { invoker, authorizer }: Parts): Promise<void> {
  const role = invoker.functions.get(source.functionName)?.definition.roleName ?? '';
  const reading = ['DescribeStream', 'GetRecords', 'GetShardIterator'].map((action) => ({
    action: `dynamodb:${action}`,
    resource: source.streamArn,
  }));
  const failing = source.onFailure === undefined ? [] : [{ action: 'sqs:SendMessage', resource: source.onFailure }];
  for (const { action, resource } of [...reading, ...failing]) {
    if (await authorizer.allows(role, { action, resource, context: {} })) continue;
    refuse(
      `${source.functionName} has an event source on ${source.tableName}, but its role may not ${action} on ${resource}.`,
    );
  }
}

function earliest(starts: readonly (string | undefined)[]): string | undefined {
  return starts.reduce((a, b) => (a === undefined || b === undefined ? undefined : BigInt(a) < BigInt(b) ? a : b));
}

function checkpointSaver(
  consumers: readonly { readonly source: EventSource; readonly consumer: StreamConsumer }[],
  folder: DataFolder,
): () => void {
  let written = '';
  return () => {
    const checkpoints = consumers.flatMap(({ source, consumer }) => {
      const checkpoint = consumer.checkpoint();
      return checkpoint === undefined ? [] : [[source.name, checkpoint] as const];
    });
    const next = JSON.stringify(checkpoints);
    if (next === written) return;
    written = next;
    folder.write('checkpoints', Object.fromEntries(checkpoints));
  };
}
