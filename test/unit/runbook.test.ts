import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { capabilities } from '../../bin/capabilities.ts';
import type { Capability } from '../../lambdas/shared/domain/capability.ts';

/** What an operator does by the letter, held to what is deployed. */
const runbook = readFileSync(new URL('../../docs/runbook.md', import.meta.url), 'utf8');
const all: readonly Capability[] = capabilities;

test('INF6: the runbook names the concurrency that a deployment reserves', () => {
  const reserved = all.reduce((sum, { reserved = 0 }) => sum + reserved, 0);
  const inWords = (count: number) => count.toLocaleString('en');
  expect(runbook).toContain(
    `| ${inWords(reserved + 100)} or more per prod deployment | ${inWords(reserved)} are reserved`,
  );
});

test('TK6: where a signing key has leaked, every function that signs is restarted', () => {
  const [, restarted = ''] = /new keys, active at once\nfor f in ([a-z -]+);/.exec(runbook) ?? [];
  const signing = all.filter(({ name, opens = [] }) => opens.includes('signing') && name !== 'key-rotation');
  expect(restarted.split(' ')).toEqual(expect.arrayContaining(signing.map(({ name }) => name)));
});
