import { marshall } from '@aws-sdk/util-dynamodb';
import type { DynamoDBRecord } from 'aws-lambda';
import { expect, test } from 'vitest';
import { readChanges } from '../../lambdas/shared/store/stream-changes.ts';

const event = { id: 'evt_1', type: 'user.registered', at: '2026-11-21T14:05:00.000Z', data: { sub: 'usr_1' } };

function record(sequence: number, item: object | undefined, before?: object): DynamoDBRecord {
  return {
    dynamodb: {
      SequenceNumber: String(sequence),
      ...(item && { NewImage: marshall(item) as never }),
      ...(before && { OldImage: marshall(before) as never }),
    },
  };
}

test('F14: a write is a change only where its event is new', () => {
  const { changes, unreadable } = readChanges([
    record(1, { pk: 'USER#1', event }),
    record(2, { pk: 'USER#1', event, n: 2 }, { pk: 'USER#1', event, n: 1 }),
    record(3, { pk: 'USER#1', event: { ...event, id: 'evt_2' } }, { pk: 'USER#1', event }),
    record(4, undefined, { pk: 'USER#1', event }),
    record(5, { pk: 'USER#1' }),
  ]);
  expect(changes.map(({ sequence }) => sequence)).toEqual(['1', '3']);
  expect(changes[1]).toMatchObject({ item: { pk: 'USER#1' }, before: { event: { id: 'evt_1' } } });
  expect(unreadable).toEqual([]);
});

test.each([
  ['a type that is not in the catalogue', { ...event, type: 'user.exploded' }],
  ['a type of every object', { ...event, type: 'constructor' }],
  ['no time', { ...event, at: 'yesterday' }],
  ['no data', { ...event, data: 'x' }],
  ['text', 'event'],
])('F15: an event with %s is named and the rest of the batch read', (_, poison) => {
  const { changes, unreadable } = readChanges([
    record(1, { pk: 'USER#1', event }),
    record(2, { pk: 'USER#2', event: poison }),
    record(3, { pk: 'USER#3', event }),
  ]);
  expect(changes.map(({ sequence }) => sequence)).toEqual(['1', '3']);
  expect(unreadable).toEqual(['2']);
});
