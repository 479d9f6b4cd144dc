import { randomBytes } from 'node:crypto';
import { marshall } from '@aws-sdk/util-dynamodb';
import { askDesk, invoke } from './faults.ts';
import type { Item } from './tables.ts';
import type { BrandId } from './visitor.ts';

/** One record of a table stream, as an event source mapping hands it over. */
export interface StreamRecord {
  readonly eventID: string;
  readonly eventName: 'INSERT' | 'MODIFY';
  readonly eventSource: 'aws:dynamodb';
  readonly dynamodb: { readonly SequenceNumber: string; readonly NewImage: unknown; readonly OldImage?: unknown };
}

let sequence = 100_000_000;

/** The record of a write that left `item`, and met `before`. */
export function recordOf(item: Item, before?: Item): StreamRecord {
  return {
    eventID: randomBytes(16).toString('hex'),
    eventName: before === undefined ? 'INSERT' : 'MODIFY',
    eventSource: 'aws:dynamodb',
    dynamodb: {
      SequenceNumber: String(sequence++),
      NewImage: marshall(item),
      ...(before && { OldImage: marshall(before) }),
    },
  };
}

/** The item with another event: as if it had happened once more. */
export function happenedAgain(item: Item): Item {
  return { ...item, event: { ...item.event, id: `evt_${randomBytes(16).toString('base64url')}` } };
}

/** Hands a batch to a stream consumer and answers the sequence numbers that it reports as failed. */
export async function deliver(
  brand: BrandId,
  consumer: string,
  records: readonly StreamRecord[],
): Promise<readonly string[]> {
  const outcome = await invoke(brand, consumer, { Records: records });
  if (outcome.kind !== 'returned') throw new Error(`${consumer} ${outcome.kind}: ${outcome.message}`);
  return outcome.value.batchItemFailures.map((each: { itemIdentifier: string }) => each.itemIdentifier);
}

export interface DeadLetter {
  readonly queue: string;
  readonly body: { readonly requestContext: { readonly functionArn: string; readonly condition: string } };
}

/** Dead letters of a function. */
export async function deadLettersOf(brand: BrandId, consumer: string): Promise<readonly DeadLetter[]> {
  const letters: readonly DeadLetter[] = await askDesk(brand, 'GET', 'dead-letters');
  return letters.filter(({ body }) => body.requestContext.functionArn.endsWith(consumer));
}

export interface BusEvent {
  readonly id: string;
  readonly type: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** What the brand's bus has about a person, oldest first. */
export async function published(brand: BrandId, sub: string): Promise<readonly BusEvent[]> {
  const events: readonly { event: { source: string; detail: BusEvent } }[] = await askDesk(brand, 'GET', 'events');
  return events
    .filter(({ event }) => event.source === 'latchkey' && event.detail.data.sub === sub)
    .map(({ event }) => event.detail)
    .toReversed();
}
