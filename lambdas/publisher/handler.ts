import type { DynamoDBBatchResponse, DynamoDBStreamEvent } from 'aws-lambda';
import { packedBrand, required } from '../shared/http/configuration.ts';
import { log } from '../shared/http/log.ts';
import { openBus } from '../shared/store/event-bus.ts';
import { readChanges } from '../shared/store/stream-changes.ts';
import { publishChanges } from './publish-changes.ts';

const brand = packedBrand().id;
const put = openBus(required(process.env, 'EVENT_BUS_NAME'));

export async function handler({ Records }: DynamoDBStreamEvent): Promise<DynamoDBBatchResponse> {
  const { changes, unreadable } = readChanges(Records);
  for (const sequence of unreadable) log('error', 'record.unreadable', { sequence });
  const failed = await publishChanges(
    {
      brand,
      put,
      // The level of the alert is not the level of the line.
      tell: ({ id, type, data: { scope, level: work } }) => log('warn', type, { event: id, scope, work }),
      report: ({ event: { id, type } }, reason) => log('error', 'event.unpublished', { event: id, type, reason }),
    },
    changes,
  );
  return { batchItemFailures: [...unreadable, ...failed].map((itemIdentifier) => ({ itemIdentifier })) };
}
