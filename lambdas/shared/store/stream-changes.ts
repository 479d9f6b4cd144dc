import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { DynamoDBRecord } from 'aws-lambda';
import type { ItemEvent } from '../domain/event.ts';
import { isEventType } from '../domain/events.ts';
import type { Item } from './conditional-write.ts';
import type { Key } from './tables.ts';

/** A write that carries a new event: what a stream consumer acts on (DESIGN section 1, rule 4). */
export interface ItemChange {
  /** Place in the stream; names the record in `batchItemFailures`. */
  readonly sequence: string;
  readonly item: Item;
  /** The item before the write. */
  readonly before: Item | undefined;
  readonly event: ItemEvent;
}

type Image = NonNullable<DynamoDBRecord['dynamodb']>['NewImage'];

function readImage(image: Image): Item | undefined {
  // Both name one wire format; the SDK's type knows the variants apart, the event's does not.
  return image && unmarshall(image as Record<string, AttributeValue>);
}

function isItemEvent(event: unknown): event is ItemEvent {
  if (typeof event !== 'object' || event === null) return false;
  const { id, type, at, data } = event as Record<string, unknown>;
  const named = typeof id === 'string' && typeof type === 'string' && isEventType(type);
  return named && !Number.isNaN(Date.parse(String(at))) && typeof data === 'object' && data !== null;
}

function readChange(sequence: string, record: DynamoDBRecord): ItemChange | undefined {
  const item = readImage(record.dynamodb?.NewImage);
  const before = readImage(record.dynamodb?.OldImage);
  if (item?.event === undefined) return undefined;
  if (!isItemEvent(item.event)) throw new TypeError('no event of the catalogue');
  return item.event.id === before?.event?.id ? undefined : { sequence, item, before, event: item.event };
}

/** Where a record stands, since when, and the key of its item: all that may be told of one that cannot be dealt with. */
export interface Place {
  readonly sequence: string;
  readonly streamArn: string;
  readonly key: Key | undefined;
  /** Milliseconds, to the second; absent where the stream does not say. */
  readonly at: number | undefined;
}

/** The places of a batch, by sequence number. */
export function placesOf(records: readonly DynamoDBRecord[]): ReadonlyMap<string, Place> {
  return new Map(
    records.map(({ eventSourceARN = '', dynamodb }) => {
      const { SequenceNumber: sequence = '', Keys, ApproximateCreationDateTime: created } = dynamodb ?? {};
      const key = readImage(Keys) as Key | undefined;
      return [sequence, { sequence, streamArn: eventSourceARN, key, at: created && created * 1000 }];
    }),
  );
}

/**
 * Reads a batch of stream records. A write without an event of its own (a counted try, a removal) is left out; a record
 * that cannot be read is named, so that it fails alone (F15).
 */
export function readChanges(records: readonly DynamoDBRecord[]): {
  readonly changes: readonly ItemChange[];
  readonly unreadable: readonly string[];
} {
  const changes: ItemChange[] = [];
  const unreadable: string[] = [];
  for (const record of records) {
    const sequence = record.dynamodb?.SequenceNumber ?? '';
    try {
      const change = readChange(sequence, record);
      if (change) changes.push(change);
    } catch {
      unreadable.push(sequence);
    }
  }
  return { changes, unreadable };
}
