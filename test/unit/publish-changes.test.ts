import { expect, test } from 'vitest';
import { eventContracts } from '../../bin/contract-events.ts';
import { publishChanges } from '../../lambdas/publisher/publish-changes.ts';
import { toPublishedEvent } from '../../lambdas/publisher/to-published-event.ts';
import { type EventType, events, type PublishedEvent } from '../../lambdas/shared/domain/events.ts';
import type { ItemChange } from '../../lambdas/shared/store/stream-changes.ts';

const sub = 'usr_aaaaaaaaaaaaaaaaaaaaaa';

const change = (n: number, type: EventType = 'password.changed', data: object = { sub }): ItemChange => ({
  sequence: String(n),
  item: {},
  before: undefined,
  event: { id: `evt_${n}`, type, at: '2026-11-21T14:05:00.000Z', data: { ...data } },
});

async function publish(changes: readonly ItemChange[], refused: Readonly<Record<string, string>> = {}) {
  const put: PublishedEvent[] = [];
  const reports: string[] = [];
  const told: string[] = [];
  const failed = await publishChanges(
    {
      brand: 'northwind',
      put: async (list) => {
        put.push(...list);
        return new Map(Object.entries(refused));
      },
      tell: ({ id }) => told.push(id),
      report: ({ sequence }, reason) => reports.push(`${sequence} ${reason}`),
    },
    changes,
  );
  return { put, failed, reports, told };
}

test('LG1: what the schema does not know is stripped before the bus', async () => {
  const { put } = await publish([change(1, 'password.changed', { sub, email: 'anna@example.com', code: '482913' })]);
  expect(put).toEqual([
    { id: 'evt_1', type: 'password.changed', at: '2026-11-21T14:05:00.000Z', brand: 'northwind', data: { sub } },
  ]);
});

test('LG1: no field of any event takes an address, a name, an IP or a code in place of an id', () => {
  const personal = ['anna@example.com', 'Anna Muster', '2001:db8::1', "<script>alert('x')</script>", '+49 30 12345'];
  const fields = (schema: unknown): readonly unknown[] =>
    typeof schema === 'object' && schema !== null
      ? Object.values(schema).flatMap((each) => [each, ...fields(each)])
      : [];
  for (const [file, text] of eventContracts()) {
    const { data } = JSON.parse(text).properties;
    const strings = fields(data).filter((each) => (each as { type?: unknown } | null)?.type === 'string');
    for (const each of strings as readonly { readonly pattern?: string; readonly enum?: readonly string[] }[]) {
      expect(each.pattern ?? each.enum, `${file} has a free text`).toBeDefined();
      for (const value of personal) {
        expect(each.enum?.includes(value) || (each.pattern && new RegExp(each.pattern).test(value)), file).toBeFalsy();
      }
    }
  }
});

test('LG1: data that does not fit its schema does not pass', () => {
  const spoilt = {
    id: 'evt_aaaaaaaaaaaaaaaaaaaaaa',
    type: 'password.changed',
    at: '',
    data: { sub: 'anna@example.com' },
  } as const;
  expect(() => toPublishedEvent(spoilt, 'northwind')).toThrow();
});

test('F15: one poisoned event and one refused entry fail alone', async () => {
  const changes = [change(1), change(2, 'password.changed', {}), change(3), change(4)];
  const { failed, put, reports } = await publish(changes, { evt_4: 'ThrottlingException' });
  expect(failed).toEqual(['2', '4']);
  expect(reports).toEqual(['2 not in the catalogue', '4 ThrottlingException']);
  expect(put.map(({ id }) => id)).toEqual(['evt_1', 'evt_3', 'evt_4']);
});

test('INF7: an attack that is noticed leaves a line for the alarm, and nothing else does', async () => {
  const attack = { scope: 'misses-prefix', level: 2 };
  const { told, put } = await publish([change(1), change(2, 'attack.noticed', attack)]);
  expect([told, put.length]).toEqual([['evt_2'], 2]);
});

test('contract: each type has a schema that names it', () => {
  expect([...eventContracts().keys()]).toEqual(
    Object.keys(events)
      .toSorted()
      .map((type) => `${type}.json`),
  );
  for (const [file, text] of eventContracts()) {
    const schema = JSON.parse(text);
    expect(schema.$schema).toBe('https://json-schema.org/draft/2020-12/schema');
    expect(`${schema.properties.type.const}.json`).toBe(file);
    expect(schema.required.toSorted()).toEqual(['at', 'brand', 'data', 'id', 'type']);
  }
});
