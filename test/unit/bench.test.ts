import { describe, expect, test } from 'vitest';
import { checkBudgets } from '../../bench/check-budgets.ts';
import { reachOf } from '../../bench/measure-cold-start.ts';
import type { FunctionWeight, Measurement, OperationCost } from '../../bench/measurement.ts';
import { cpuRatio, report } from '../../bench/report.ts';
import { median, rounded } from '../../bench/statistics.ts';
import { table } from '../../bench/table.ts';

const refresh: OperationCost = {
  name: 'refresh',
  capability: 'token',
  waves: 1,
  calls: 2,
  read: 1,
  write: 1,
  transactions: 0,
  kms: 0,
  cpu: 1.5,
  floor: 0.5,
};
const token: FunctionWeight = {
  capability: 'token',
  startKb: 103.4,
  startFiles: 18,
  allKb: 190.6,
  allFiles: 28,
  cold: { ms: 30, cpu: 36 },
  firstRequest: 21.04,
};
const measured: Measurement = {
  operations: [refresh],
  functions: [token],
  empty: { ms: 0.5, cpu: 0.5 },
  sdk: { ms: 120, cpu: 144, kb: 338 },
  hashMs: 25.3,
  machine: 'some machine',
};
const budgets = {
  operations: { refresh: { waves: 1, read: 1, write: 1, ratio: 5 } },
  functions: { token: { startKb: 108, allKb: 200, ratio: 0.75 } },
};

describe('budgets', () => {
  test('nothing is said while all are kept, the bounds included', () => {
    expect(checkBudgets(measured, budgets)).toEqual([]);
  });

  test.each<readonly [string, Partial<OperationCost>, string]>([
    ['a further wave', { waves: 2 }, 'refresh: 2 waves, budget 1.'],
    ['half a read unit', { read: 1.5 }, 'refresh: 1.5 read units, budget 1.'],
    ['a write', { write: 2 }, 'refresh: 2 write units, budget 1.'],
    ['a transaction where none is allowed', { transactions: 1 }, 'refresh: 1 transactions, budget 0.'],
    ['a call to KMS', { kms: 1 }, 'refresh: 1 KMS calls, budget 0.'],
    ['too much CPU', { cpu: 2.6 }, 'refresh: 5.2 times the CPU of the floor, budget 5.'],
  ])('%s breaks one', (_, change, sentence) => {
    expect(checkBudgets({ ...measured, operations: [{ ...refresh, ...change }] }, budgets)).toEqual([sentence]);
  });

  test.each<readonly [string, Partial<FunctionWeight>, string]>([
    ['a heavier start', { startKb: 108.04 }, 'token: 108.04 KB at a cold start, budget 108.'],
    ['a heavier asset', { allKb: 201 }, 'token: 201 KB in the asset, budget 200.'],
    ['a slower start', { cold: { ms: 1, cpu: 130 } }, 'token: 0.9 of the CPU of importing the SDK, budget 0.75.'],
  ])('%s breaks one', (_, change, sentence) => {
    expect(checkBudgets({ ...measured, functions: [{ ...token, ...change }] }, budgets)).toEqual([sentence]);
  });

  test('what could not be measured is not within its budget', () => {
    const lost = { ...measured, functions: [{ ...token, startKb: Number.NaN }] };
    expect(checkBudgets(lost, budgets)).toHaveLength(1);
  });

  test('an operation and a function without a budget are named', () => {
    expect(checkBudgets(measured, { operations: {}, functions: {} })).toEqual([
      'refresh: has no budget in bench/budgets.ts.',
      'token: has no budget in bench/budgets.ts.',
    ]);
  });
});

describe('the report', () => {
  test('a ratio over next to nothing is not given', () => {
    expect(cpuRatio(refresh)).toBe(3);
    expect(cpuRatio({ ...refresh, floor: 0.02 })).toBeUndefined();
    const text = report({ ...measured, operations: [{ ...refresh, floor: 0.02 }] });
    expect(text).toMatch(/\| refresh .*– \|\n/);
  });

  test('has both tables and the peers', () => {
    const text = report(measured);
    expect(text).toMatch(/\| refresh +\| +1 \| +2 \| +1 \| +1 \| +0 \| +1.5 \| +0.5 \| +3 \|/);
    expect(text).toMatch(/\| token +\| +103 \| +18 \| +191 \| +28 \| +30 \| +36 \| +0.25 \| +21 \|/);
    expect(text).toContain('One password hash: 25.3 CPU-ms.');
    expect(text).toContain('one file of 338 KB: 120 ms, 144 CPU-ms.');
  });
});

test('a table lines up, words left and numbers right', () => {
  const columns = [
    { heading: 'name', cell: ({ name }: { name: string; n: number }) => name },
    { heading: 'n', cell: ({ n }: { name: string; n: number }) => n },
  ];
  const rows = [
    { name: 'a', n: 5 },
    { name: 'longer', n: 1200 },
  ];
  expect(table(columns, rows).split('\n')).toEqual([
    '| name   |    n |',
    '| ------ | ---: |',
    '| a      |    5 |',
    '| longer | 1200 |',
  ]);
});

test('the median of an even number is the lower middle, and of nothing no number', () => {
  expect(median([3, 1, 2])).toBe(2);
  expect(median([4, 1, 3, 2])).toBe(2);
  expect(median([])).toBeNaN();
  expect(rounded(2.005, 1)).toBe(2);
});

test('a start loads what is imported statically, through whatever files; the rest of the asset comes later', () => {
  const output = (...imports: readonly (readonly [string, 'import-statement' | 'dynamic-import'])[]) => ({
    bytes: 1,
    inputs: {},
    exports: [],
    imports: imports.map(([path, kind]) => ({ path, kind, external: path.startsWith('node:') })),
  });
  const outputs = {
    'out/login.mjs': output(['out/a.mjs', 'import-statement'], ['node:crypto', 'import-statement']),
    'out/a.mjs': output(['out/b.mjs', 'import-statement'], ['out/de.mjs', 'dynamic-import']),
    'out/b.mjs': output(['out/a.mjs', 'import-statement']),
    'out/de.mjs': output(['out/c.mjs', 'import-statement']),
    'out/c.mjs': output(),
    'out/other.mjs': output(),
  };
  const { start, all } = reachOf(outputs, 'out/login.mjs');
  expect(start).toEqual(['out/login.mjs', 'out/a.mjs', 'out/b.mjs']);
  expect(all).toEqual(expect.arrayContaining(['out/de.mjs', 'out/c.mjs']));
  expect(all).toHaveLength(5);
});
