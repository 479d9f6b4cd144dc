import type { PublishedEvent } from '../domain/events.ts';
import { openAwsService, services } from './aws-service.ts';

/** Entries of one PutEvents call. */
const chunkSize = 10;

interface PutEventsReply {
  readonly Entries?: readonly { readonly ErrorCode?: string }[];
}

/** What became of events: the ids of those that the bus did not take, and why. */
export type PutOnBus = (events: readonly PublishedEvent[]) => Promise<ReadonlyMap<string, string>>;

function chunks<T>(list: readonly T[]): readonly (readonly T[])[] {
  return Array.from({ length: Math.ceil(list.length / chunkSize) }, (_, i) =>
    list.slice(i * chunkSize, (i + 1) * chunkSize),
  );
}

/**
 * Opens the brand's bus. An event that is put twice is the same event twice: its `detail.id` tells. A failed call or
 * entry never throws; the events in it are named.
 */
export function openBus(busName: string, env: NodeJS.ProcessEnv = process.env): PutOnBus {
  const call = openAwsService(services.eventBridge, env);

  async function putChunk(chunk: readonly PublishedEvent[]): Promise<readonly (readonly [string, string])[]> {
    const entries = chunk.map((event) => ({
      EventBusName: busName,
      Source: 'latchkey',
      DetailType: event.type,
      Time: Date.parse(event.at) / 1000,
      Detail: JSON.stringify(event),
    }));
    try {
      const reply = (await call('PutEvents', { Entries: entries })) as PutEventsReply;
      return chunk.flatMap(({ id }, i) => {
        const code = reply.Entries?.[i]?.ErrorCode;
        return code === undefined ? [] : [[id, code] as const];
      });
    } catch (error) {
      const reason = error instanceof Error ? error.name : typeof error;
      return chunk.map(({ id }) => [id, reason] as const);
    }
  }

  return async (events) => new Map((await Promise.all(chunks(events).map(putChunk))).flat());
}
