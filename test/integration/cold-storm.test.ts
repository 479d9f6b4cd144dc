import { expect, it } from 'vitest';
import { type AwsCall, callsBehind, recycle } from './support/faults.ts';
import { signIn } from './support/journeys.ts';
import { newVisitor, randomEmail } from './support/visitor.ts';

/** Workers of one function that the local cloud starts at most. */
const workers = 4;
const doneBy = (calls: readonly AwsCall[], action: string) => calls.filter((call) => call.action === action).length;

it('F23: twelve at once meet cold functions: each opens its keys once, looks for alerts once, and fetches nothing else', async () => {
  await recycle('northwind', 'login');
  const answers = await Promise.all(
    Array.from({ length: 12 }, () => signIn(newVisitor(), randomEmail(), 'thirteen loud crows at noon')),
  );
  expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 401));
  const calls = (await Promise.all(answers.map((answer) => callsBehind('northwind', answer)))).flat();
  // Two rings: to judge who comes, and to sign tokens. The second is opened before anything is proven (F21).
  expect(doneBy(calls, 'Decrypt')).toBeLessThanOrEqual(2 * workers);
  const alerts = calls.filter(({ action, items }) => action === 'Query' && items.includes('ALERT'));
  expect(alerts.length).toBeLessThanOrEqual(workers);
  const rings = calls.filter(({ items }) => items.includes('KEYRING'));
  expect(rings.length).toBeLessThanOrEqual(2 * workers);
});
