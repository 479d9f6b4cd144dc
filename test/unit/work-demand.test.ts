import { describe, expect, test } from 'vitest';
import { northwind } from '../../brands/northwind.ts';
import {
  type Alert,
  alertLevel,
  levelReached,
  stepReached,
  windowsInForce,
} from '../../lambdas/shared/domain/alert.ts';
import { missNeighbourhoods, startNeighbourhoods } from '../../lambdas/shared/domain/neighbourhoods.ts';
import { prefixOf } from '../../lambdas/shared/domain/network.ts';
import type { Counted } from '../../lambdas/shared/domain/throttle.ts';
import { demandRefusal, startPart, workDemand } from '../../lambdas/shared/domain/work-demand.ts';

const of = (count: number, proven = 0): Counted => ({ count, proven, free: 10, max: 50, retryAfter: 60 });
const device = (count: number): Counted => ({ count, max: 20, retryAfter: 90 });
const proof = (level: number) => ({ level, id: 'x', until: 9 });
const judge = { next: 'judge' };

describe('RL1, RL7: what a counted try has to show', () => {
  test.each([
    ['the first', [of(1)], 0, undefined, judge],
    ['the last free one', [of(10)], 0, undefined, judge],
    ['one more', [of(11)], 0, undefined, { next: 'prove', level: 1 }],
    ['one more, proven', [of(11, 1)], 0, proof(1), judge],
    ['one beyond the limit, unproven', [of(51)], 0, undefined, { next: 'prove', level: 1, retryAfter: 60 }],
    ['one in a flood, proven: the flood does not lock the owner out', [of(5000, 1)], 0, proof(1), judge],
    ['work grows with what was proven', [of(11, 3)], 0, undefined, { next: 'prove', level: 3 }],
    ['a step too easy still counts', [of(11, 4)], 0, proof(2), judge],
    ['two steps do not', [of(11, 8)], 0, proof(2), { next: 'prove', level: 4 }],
    ['the last proven one', [of(11, 40)], 0, proof(6), judge],
    ['there is an end to proven ones', [of(11, 41)], 0, proof(6), { next: 'wait', retryAfter: 60 }],
    [
      'no work is asked for that would not be let through',
      [of(11, 40)],
      0,
      undefined,
      { next: 'wait', retryAfter: 60 },
    ],
    ['nor in an alerted neighbourhood', [of(1, 40)], 2, undefined, { next: 'wait', retryAfter: 60 }],
    ['what is free stays free, however many were proven', [of(10, 40)], 0, undefined, judge],
    ['a remembered device', [device(20)], 0, undefined, judge],
    ['a remembered device has its own end', [device(21)], 0, undefined, { next: 'wait', retryAfter: 90 }],
    ['an alert asks the first already', [of(1)], 2, undefined, { next: 'prove', level: 2 }],
    ['an alert, answered', [of(1, 1)], 2, proof(2), judge],
    ['an alert that has grown meanwhile', [of(1, 1)], 4, proof(2), { next: 'prove', level: 4 }],
    ['the stricter of two', [of(11), of(11, 7)], 0, undefined, { next: 'prove', level: 4 }],
  ] as const)('%s', (_, counted, alert, held, demand) => {
    expect(workDemand(counted, alert, held)).toEqual(demand);
  });

  test.each([
    ['a limit of all', { max: 5, window: 60 }, undefined, { part: 'n', most: 5 }],
    ['without work', { free: 6, max: 12, window: 60 }, undefined, { part: 'n', most: 6 }],
    ['the easiest work', { free: 6, max: 80, window: 60 }, proof(1), { part: 'proven', most: 3 }],
    ['twice as hard, twice as far and one', { free: 6, max: 80, window: 60 }, proof(2), { part: 'proven', most: 7 }],
    ['the hardest but one goes to the end', { free: 6, max: 80, window: 60 }, proof(5), { part: 'proven', most: 74 }],
    ['where all are free, none is beyond', { free: 6, max: 6, window: 60 }, proof(6), { part: 'proven', most: 0 }],
  ] as const)('how far a start may go: %s', (_, limit, held, part) => expect(startPart(limit, held)).toEqual(part));

  test('work that is just enough for a start is what the next would be asked for, or a step less', () => {
    for (let proven = 0; proven < 300; proven++) {
      const demand = workDemand([{ count: 7, free: 6, max: 1000, proven, retryAfter: 1 }], 0, undefined);
      const level = demand.next === 'prove' ? demand.level : 0;
      const lets = (held: number) => proven < startPart({ free: 6, max: 1000, window: 60 }, proof(held)).most;
      expect([proven, lets(level), lets(level - 1), level > 2 && lets(level - 2)]).toEqual([proven, true, true, false]);
    }
  });

  test('the words: a challenge, a challenge or waiting, waiting', () => {
    expect(demandRefusal({ next: 'judge' }, 'c')).toBeUndefined();
    expect(demandRefusal({ next: 'prove', level: 1 }, 'c')).toMatchObject({
      code: 'challenge_required',
      details: { members: { challenge: 'c' } },
    });
    expect(demandRefusal({ next: 'prove', level: 1, retryAfter: 7 }, 'c')).toMatchObject({
      code: 'too_many_requests',
      details: { retryAfter: 7, members: { challenge: 'c' } },
    });
    const wait = demandRefusal({ next: 'wait', retryAfter: 7 }, 'c');
    expect(wait?.details).toEqual({ retryAfter: 7 });
  });
});

describe('RL3: neighbourhoods', () => {
  test.each([
    ['203.0.113.7', '203.0.113.0/24'],
    ['::ffff:203.0.113.7', '203.0.113.0/24'],
    ['::ffff:cb00:7107', '203.0.113.0/24'],
    ['2001:db8:aaaa:1::1', '2001:db8:aaaa::/48'],
    ['2001:db8:aaaa:ffff:1:2:3:4', '2001:db8:aaaa::/48'],
    ['2001:db8:aaab::1', '2001:db8:aaab::/48'],
  ])('%s is in %s', (ip, prefix) => expect(prefixOf(ip)).toBe(prefix));

  const lookup = (kind: string, value: string) => `${kind}:${value}`;

  test('an ASN counts where an edge tells it', () => {
    const scopes = (asn?: number) =>
      missNeighbourhoods(northwind.abuse, lookup, { ip: '203.0.113.7', asn, clientId: 'web' }).map(
        ({ scope }) => scope,
      );
    expect(scopes()).toEqual(['misses-prefix', 'misses-client', 'misses-brand']);
    expect(scopes(64500)).toEqual(['misses-prefix', 'misses-asn', 'misses-client', 'misses-brand']);
  });

  test('a provider of mailboxes to everybody is no neighbourhood', async () => {
    const scopes = async (domain: string) =>
      (await startNeighbourhoods(northwind.abuse, lookup, { ip: '203.0.113.7', domain })).map(({ scope }) => scope);
    expect(await scopes('gmail.com')).toEqual(['starts-prefix', 'starts-brand']);
    expect(await scopes('example.com')).toEqual(['starts-prefix', 'starts-domain', 'starts-brand']);
  });

  test('each level is reached by one count of a part, and none below the limit', () => {
    const brand = { scope: 'misses-brand', hash: 'all', limit: { max: 1600, window: 900 } } as const;
    const reached = Array.from({ length: 4000 }, (_, at) => [at + 1, levelReached(brand, at + 1)] as const);
    expect(reached.filter(([, level]) => level !== undefined)).toEqual([
      [100, 1],
      [200, 2],
      [400, 3],
      [800, 4],
      [1600, 5],
      [3200, 6],
    ]);
    const prefix = { scope: 'misses-prefix', hash: 'p', limit: { max: 200, window: 900 } } as const;
    expect([199, 200, 201].map((count) => levelReached(prefix, count))).toEqual([undefined, 1, undefined]);
  });

  test('names below a registered domain are one neighbourhood, and those below a public suffix are not', async () => {
    const domainOf = async (domain: string) => {
      const nearby = await startNeighbourhoods(northwind.abuse, lookup, { ip: '203.0.113.7', domain });
      return nearby.find(({ scope }) => scope === 'starts-domain')?.hash;
    };
    const evil = ['evil.example', 'a.evil.example', 'b.c.evil.example'];
    expect(new Set(await Promise.all(evil.map(domainOf)))).toEqual(new Set(['email:evil.example']));
    expect(await domainOf('mail.evil.co.uk')).toBe('email:evil.co.uk');
    expect(await domainOf('shop.com.br')).toBe('email:shop.com.br');
    expect(await domainOf('com.br')).toBe('email:com.br');
    expect(await domainOf('mx.xn--bcher-kva.example')).toBe('email:xn--bcher-kva.example');
    expect(await domainOf('privaterelay.appleid.com')).toBeUndefined();
    expect(await domainOf('x.gmail.com')).toBeUndefined();
  });

  test('a further tenth of misses with work is a step, and a whole limit of starts', () => {
    const stepsOf = (scope: 'misses-prefix' | 'misses-brand' | 'starts-prefix', max: number) =>
      Array.from({ length: 40 }, (_, at) => stepReached({ scope, hash: 'p', limit: { max, window: 900 } }, at)).flatMap(
        (step, at) => (step === undefined ? [] : [[at, step]]),
      );
    expect(stepsOf('misses-prefix', 100)).toEqual([
      [10, 1],
      [20, 2],
      [30, 3],
    ]);
    expect(stepsOf('misses-brand', 1600).slice(0, 2)).toEqual([
      [10, 1],
      [20, 2],
    ]);
    // Parts fill unevenly: a tenth of a small one would be one miss.
    expect(stepsOf('misses-brand', 160)[0]).toEqual([5, 1]);
    expect(stepsOf('starts-prefix', 30)).toEqual([[30, 1]]);
    expect([1, 2, 8, 50].map(windowsInForce)).toEqual([1, 2, 8, 8]);
  });

  test('an alert holds for its own party, until it ends', () => {
    const alert: Alert = { scope: 'misses-prefix', hash: 'a', level: 2, until: 1000 };
    const brand: Alert = { scope: 'misses-brand', hash: 'all', level: 1, until: 1000 };
    const here = (hash: string) => [{ scope: 'misses-prefix', hash } as const];
    expect(alertLevel([alert, brand], here('a'), 999)).toBe(2);
    expect(alertLevel([alert, brand], here('b'), 999)).toBe(0);
    expect(alertLevel([alert], here('a'), 1000)).toBe(0);
    expect(alertLevel([alert, brand], [{ scope: 'misses-brand', hash: 'all' }], 999)).toBe(1);
  });
});
