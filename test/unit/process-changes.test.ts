import { describe, expect, test } from 'vitest';
import { processChanges } from '../../lambdas/mailer/process-changes.ts';
import { Refusal } from '../../lambdas/shared/domain/refusal.ts';

interface Change {
  readonly sequence: string;
  readonly party: string;
}

const batch = (...parties: readonly string[]): readonly Change[] =>
  parties.map((party, i) => ({ sequence: String(i + 1), party }));

async function run(changes: readonly Change[], failures: Readonly<Record<string, Error>>, takesLetters = true) {
  const buried: string[] = [];
  const dealt: string[] = [];
  const reported: string[] = [];
  const failed = await processChanges(changes, {
    partyOf: ({ party }) => party,
    deal: async ({ sequence }) => {
      // The first takes longest, so that anything out of order would show.
      await new Promise((resolve) => setTimeout(resolve, 20 - 2 * Number(sequence)));
      const failure = failures[sequence];
      if (failure) throw failure;
      dealt.push(sequence);
    },
    report: ({ sequence }) => reported.push(sequence),
    bury: async (sequence) => {
      if (takesLetters) buried.push(sequence);
      return takesLetters;
    },
  });
  return { dealt, reported, failed, buried };
}

describe('F15: a batch of ten with a poisoned fourth', () => {
  const ten = batch('a', 'b', 'c', 'a', 'a', 'b', 'c', 'd', 'e', 'a');
  const poison = { 4: new TypeError('poison') };

  test('the fourth alone is put away where it may be, and nothing is tried again', async () => {
    const { dealt, failed, reported, buried } = await run(ten, poison);
    expect([failed, reported, buried]).toEqual([[], ['4'], ['4']]);
    expect(dealt.toSorted()).toEqual(['1', '10', '2', '3', '5', '6', '7', '8', '9']);
  });

  test('else the fourth alone fails', async () => {
    const { dealt, failed, buried } = await run(ten, poison, false);
    expect([failed, buried]).toEqual([['4'], []]);
    expect(dealt).toHaveLength(9);
  });
});

test('F11: who has to wait holds back the later ones of the same party, and nobody else', async () => {
  const { dealt, failed, reported } = await run(batch('a', 'b', 'a', 'b', 'a'), { 1: new Refusal('unavailable') });
  expect(failed).toEqual(['1', '3', '5']);
  expect(reported).toEqual(['1']);
  expect(dealt).toEqual(['2', '4']);
});

test('F14: changes of one party are dealt with in their order', async () => {
  const { dealt } = await run(batch('a', 'a', 'a', 'a'), {});
  expect(dealt).toEqual(['1', '2', '3', '4']);
});
