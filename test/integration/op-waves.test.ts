import { describe, expect, it } from 'vitest';
import { askDesk } from './support/faults.ts';
import { signUp } from './support/journeys.ts';
import { authorizationPath, redeem, signInOnPages } from './support/pages.ts';
import { type Answer, type BrandId, newVisitor } from './support/visitor.ts';

/** Waves of round trips that the local cloud counted for the request behind an answer. */
async function wavesOf(brand: BrandId, { headers }: Answer): Promise<number> {
  const [report] = await askDesk(brand, 'GET', `calls?request=${headers.get('x-local-request-id')}`);
  return report.waves;
}

describe.each(['northwind', 'solmar'] as const)('the budgets of the redirect at %s', (brand) => {
  it('DESIGN 3: a code by a live session takes two waves, its exchange one, keys and discovery none', async () => {
    const member = await signUp(newVisitor(brand), { consents: [{ purpose: 'terms', granted: true }] });
    const browser = newVisitor(brand);
    await signInOnPages(browser, member.email, member.password);
    // The first of each kind opens the key rings, once in an hour of a function.
    await redeem(browser, await browser.get(authorizationPath(browser)));
    const answer = await browser.get(authorizationPath(browser));
    expect([answer.status, answer.headers.get('location')]).toEqual([303, expect.stringMatching(/[?&]code=/)]);
    expect(await wavesOf(brand, answer)).toBe(2);
    const exchanged = await redeem(browser, answer);
    expect([exchanged.status, await wavesOf(brand, exchanged)]).toEqual([200, 1]);
    for (const path of ['/.well-known/jwks.json', '/.well-known/openid-configuration']) {
      await browser.get(path);
      expect(await wavesOf(brand, await browser.get(path))).toBe(0);
    }
  });
});
