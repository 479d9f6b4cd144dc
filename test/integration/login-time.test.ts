import { expect, it } from 'vitest';
import { face } from './support/answer-face.ts';
import { facts } from './support/brand-facts.ts';
import { disableAccount } from './support/disable-account.ts';
import { signIn, signUp, startSignUp } from './support/journeys.ts';
import { median, ratio } from './support/median.ts';
import { nextWindow, roomyWindow } from './support/rate-windows.ts';
import { newVisitor, randomEmail } from './support/visitor.ts';

const brand = 'northwind';
const { passwordPerAccount } = facts[brand].limits;
const { free = passwordPerAccount.max } = passwordPerAccount;
const wrong = 'thirteen loud crows at noon';

it('LOG1: unknown, wrong, disabled and unverified look alike to the byte, and take the same time', {
  // Eight hundred password hashes, on a machine that others use too.
  timeout: 400_000,
}, async () => {
  const [known, disabled] = await Promise.all([signUp(newVisitor(brand)), signUp(newVisitor(brand))]);
  await disableAccount(brand, disabled.sub);
  const pending = await startSignUp(newVisitor(brand));
  const cases = {
    unknown: [randomEmail(), wrong],
    wrong: [known.email, wrong],
    disabled: [disabled.email, disabled.password],
    unverified: [pending.email, pending.password],
  } as const;
  const names = Object.keys(cases) as (keyof typeof cases)[];
  const times: Record<string, number[]> = Object.fromEntries(names.map((name) => [name, []]));
  const faces = new Set<string>();

  // Warm workers, then rounds in turn, so that whatever slows the machine slows all alike.
  await Promise.all(Array.from({ length: 4 }, () => signIn(newVisitor(brand), randomEmail(), wrong)));
  for (let round = 0; round < 200; round++) {
    // Beyond it every answer brings a challenge of its own.
    if (round % free === 0) {
      await (round === 0 ? roomyWindow : nextWindow)(brand, passwordPerAccount);
    }
    for (const name of round % 2 === 0 ? names : names.toReversed()) {
      const visitor = newVisitor(brand);
      const [email, password] = cases[name];
      const begun = performance.now();
      const answer = await signIn(visitor, email, password);
      times[name]?.push(performance.now() - begun);
      faces.add(face(answer));
    }
  }
  expect([...faces]).toHaveLength(1);
  expect([...faces][0]).toContain('credentials_invalid');
  const medians = names.map((name) => median(times[name] ?? []));
  // A missing dummy hash would be a factor of five and more.
  expect(ratio(Math.max(...medians), Math.min(...medians)), JSON.stringify({ names, medians })).toBeLessThan(1.3);
});
