import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { totpCode } from './support/factors.ts';
import { type HarnessCloud, startHarnessCloud } from './support/harness-cloud.ts';
import { signIn } from './support/journeys.ts';
import { authorizationPath, callback, follow, formTo, redeem, send, signInOnPages } from './support/pages.ts';
import { type Answer, goodPassword, newVisitor, randomEmail, randomIp } from './support/visitor.ts';

const client = 'harness-bank';
const claimsOf = (token: string) => JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());
const toward = ({ headers }: Answer) => new URL(headers.get('location') ?? '', 'https://here.example');

describe('a client whose people must have a second factor', () => {
  let harness: HarnessCloud;
  const visitor = () => newVisitor('northwind', randomIp(), { origin: harness.url, client });
  beforeAll(async () => {
    const bank = { firstParty: true, authentication: 'none', secondFactor: 'required', idTokenAlg: 'ES256' } as const;
    harness = await startHarnessCloud({ clients: [{ id: client, ...bank, redirectUris: [callback] }] });
  });
  afterAll(() => harness.stop());

  it('MFA5, LOG2: the JSON journeys end in no session without a factor, and say what to do', async () => {
    const browser = visitor();
    const signUp = { client_id: client, email: randomEmail(), password: goodPassword };
    expect(await browser.post('/v1/registrations', signUp)).toMatchObject({
      status: 403,
      json: { code: 'hosted_pages_required' },
    });
    const { email, password } = await harness.newPerson();
    const refused = await signIn(browser, email, password);
    expect(refused).toMatchObject({ status: 403, json: { code: 'enrolment_required' } });
    expect(refused.text).not.toContain('token');
    expect([...browser.cookies.keys()].filter((name) => name.includes('session'))).toEqual([]);
  });

  it('MFA5, MFA9: the pages lead to the enrolment, and only then to the application', async () => {
    const { email, password } = await harness.newPerson();
    const browser = visitor();
    const asked = authorizationPath(browser);
    const decided = await follow(browser, await signInOnPages(browser, email, password, asked));
    expect(toward(decided).pathname).toBe('/account/security');
    const silent = toward(await browser.get(authorizationPath(browser, { prompt: 'none' })));
    expect(silent.searchParams.get('error')).toBe('interaction_required');

    const security = await follow(browser, decided);
    const setUp = await follow(browser, await send(browser, formTo(security, '/account/security/totp/start')));
    const secret = /id="secret"[^>]*>([A-Z2-7 ]+)</.exec(setUp.text)?.[1]?.replaceAll(' ', '') ?? '';
    const code = totpCode(secret, Date.now(), -1);
    const enrolled = await send(browser, formTo(setUp, '/account/security/totp'), { code });
    const tokens = await redeem(browser, await follow(browser, enrolled));
    expect(claimsOf(tokens.json.id_token)).toMatchObject({ acr: 'aal2', amr: ['pwd', 'otp', 'mfa'] });

    const later = visitor();
    const next = await follow(later, await signInOnPages(later, email, password, authorizationPath(later)));
    const right = await send(later, formTo(next, '/sign-in/second-factor'), { code: totpCode(secret, Date.now(), 0) });
    const again = await redeem(later, await follow(later, right));
    expect(claimsOf(again.json.id_token)).toMatchObject({ acr: 'aal2', amr: ['pwd', 'otp', 'mfa'] });
  });
});
