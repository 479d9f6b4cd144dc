import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Neighbourhood } from '../../lambdas/shared/domain/alert.ts';
import { systemRandom } from '../../lambdas/shared/domain/id.ts';
import { countNearby } from '../../lambdas/shared/store/alert-store.ts';
import { type DeliveryWorld, startDeliveryWorld } from './support/delivery.ts';

const window = 900;
let world: DeliveryWorld;
let now = Date.parse('2026-11-21T14:00:00Z');

beforeAll(async () => {
  world = await startDeliveryWorld();
});

afterAll(() => world.stop());

/** A neighbourhood whose alert a test looks at. */
function openPlace(hash: string, max = 20) {
  const at: Neighbourhood = { scope: 'misses-prefix', hash, limit: { max, window } };
  return {
    miss: async (times: number, proven = false) => {
      for (let turn = 0; turn < times; turn++) await countNearby(world.tables, [at], now, systemRandom, proven);
    },
    /** How hard, and for how many seconds more. */
    alert: async () => {
      const Key = { pk: 'ALERT#now', sk: `misses-prefix#${hash}` };
      const { Item } = await world.past.send(new GetCommand({ TableName: world.tables.sessions, Key }));
      return Item && { level: Item.level, left: Item.until - now / 1000 };
    },
  };
}

describe('RL3: alerts', () => {
  test('each further tenth of misses with work makes one that stands a level harder, to an end; none raises one', async () => {
    const place = openPlace('harder');
    await place.miss(12, true);
    expect(await place.alert()).toBeUndefined();
    await place.miss(20);
    expect(await place.alert()).toMatchObject({ level: 1 });
    const levels: number[] = [];
    for (let turn = 0; turn < 6; turn++) {
      await place.miss(2, true);
      levels.push((await place.alert())?.level);
    }
    expect(levels).toEqual([2, 3, 4, 5, 6, 6]);
  });

  test('at once: parallel misses make it harder, by no more levels than there were steps', async () => {
    const place = openPlace('at once');
    await place.miss(20);
    await Promise.all(Array.from({ length: 6 }, () => place.miss(1, true)));
    // A step whose write comes before that of the one below it stands for both.
    const { level } = (await place.alert()) ?? {};
    expect(level).toBeGreaterThanOrEqual(2);
    expect(level).toBeLessThanOrEqual(4);
  });

  test('the more strikes there were, the longer it stands, up to an end', async () => {
    const place = openPlace('longer', 10);
    await place.miss(10);
    expect(await place.alert()).toEqual({ level: 1, left: window });
    await place.miss(10);
    expect(await place.alert()).toEqual({ level: 2, left: 2 * window });
    for (let strike = 3; strike < 11; strike++) {
      // A window after its end: not forgotten yet.
      now += (((await place.alert())?.left ?? 0) + window) * 1000;
      await place.miss(10);
      expect(await place.alert()).toEqual({ level: 1, left: Math.min(strike, 8) * window });
    }
  });

  test('strikes are forgotten an hour after its end, also where its item is still there', async () => {
    const place = openPlace('forgotten', 10);
    await place.miss(20);
    expect(await place.alert()).toEqual({ level: 2, left: 2 * window });
    now += (2 * window + 3600) * 1000;
    await place.miss(10);
    expect(await place.alert()).toEqual({ level: 1, left: window });
    await place.miss(10);
    expect(await place.alert()).toEqual({ level: 2, left: 2 * window });
  });

  test('one that stands is never shortened, not between two writes either', async () => {
    const place = openPlace('standing', 10);
    await place.miss(20);
    const ends: number[] = [];
    const { client } = world.tables;
    const call: typeof client.call = async (...given) => {
      const reply = await client.call(...given);
      ends.push((await place.alert())?.left ?? 0);
      return reply;
    };
    const watched = { ...world.tables, client: { ...client, call } };
    const at: Neighbourhood = { scope: 'misses-prefix', hash: 'standing', limit: { max: 10, window } };
    await countNearby(watched, [at], now, systemRandom, true);
    for (let turn = 0; turn < 60; turn++) await countNearby(watched, [at], now, systemRandom);
    expect(await place.alert()).toEqual({ level: 4, left: 4 * window });
    expect(ends).toEqual(ends.toSorted((a, b) => a - b));
  });
});
