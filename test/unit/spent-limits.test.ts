import { describe, expect, test } from 'vitest';
import { spentLimits } from '../../lambdas/shared/domain/spent-limits.ts';
import { oneMore, workDemand } from '../../lambdas/shared/domain/work-demand.ts';
import type { Counter, Limited } from '../../lambdas/shared/store/rate-store.ts';

const limit = { free: 6, max: 12, window: 3600 };
const counter: Counter = { scope: 'codes', hash: 'a', limit };
const proof = (level: number) => ({ level, id: 'x', until: 9 });
const limited = (by: Counter): Limited => ({
  ...by,
  counted: { count: 7, proven: 2, free: limit.free, max: limit.max, retryAfter: 60 },
});

describe('RL3: counters that a function has found at their end', () => {
  test('are known until their window ends, and no others', () => {
    const spent = spentLimits();
    expect(spent.among([counter], 0)).toEqual([]);
    spent.note(limited(counter), 0);
    expect(spent.among([{ ...counter, hash: 'b' }, { ...counter, scope: 'ip-starts' }, counter], 500)).toEqual([
      counter,
    ]);
    expect(spent.among([counter], 59_999)).toHaveLength(1);
    expect(spent.among([counter], 60_000)).toEqual([]);
  });

  test('a flood of them takes no more memory than a thousand', () => {
    const spent = spentLimits();
    const at = (hash: number): Counter => ({ ...counter, hash: String(hash) });
    for (let hash = 0; hash < 1500; hash++) spent.note(limited(at(hash)), 0);
    const known = Array.from({ length: 1500 }, (_, hash) => spent.among([at(hash)], 1).length);
    expect(known.filter((one) => one === 1)).toHaveLength(1000);
    expect(known[1499]).toBe(1);
  });

  test.each([
    ['no work where there is room', 5, 0, undefined, { next: 'judge' }],
    ['work where there is none', 6, 0, undefined, { next: 'prove', level: 1 }],
    ['work of now', 6, 3, undefined, { next: 'prove', level: 3 }],
    ['nothing more of who shows it', 6, 3, 2, { next: 'judge' }],
    ['more of who shows too little', 6, 3, 1, { next: 'prove', level: 3 }],
    ['nothing where all is used up', 6, 6, undefined, { next: 'wait', retryAfter: 60 }],
    ['nor of who shows work', 6, 6, 6, { next: 'wait', retryAfter: 60 }],
  ] as const)('what is looked up asks for what the write would: %s', (_, count, proven, level, demand) => {
    const held = level === undefined ? undefined : proof(level);
    const had = { count, proven, free: limit.free, max: limit.max, retryAfter: 60 };
    expect(workDemand([oneMore(had, held)], 0, held)).toEqual(demand);
  });
});
