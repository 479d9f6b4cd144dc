import { beforeAll, describe, expect, it } from 'vitest';
import { callback, nextCode, type Parameters, signedInBrowser } from './support/authorization.ts';
import type { Browser } from './support/browser-session.ts';
import { advance } from './support/cloud-desk.ts';
import { refresh, signUp } from './support/journeys.ts';
import { newVisitor, type Visitor } from './support/visitor.ts';

const brand = 'northwind';
let browser: Browser;
let visitor: Visitor;
beforeAll(async () => {
  visitor = newVisitor(brand);
  const member = await signUp(visitor);
  ({ browser } = await signedInBrowser(brand, member));
});

const code = (changed: Parameters = {}) => nextCode(browser, brand, changed);

function exchange(given: Readonly<Record<string, string | undefined>>) {
  const all = { grant_type: 'authorization_code', client_id: `${brand}-web`, redirect_uri: callback, ...given };
  const form = Object.fromEntries(
    Object.entries(all).filter((pair): pair is [string, string] => pair[1] !== undefined),
  );
  return visitor.ask('POST', '/oauth2/token', { form });
}

function claimsOf(idToken: string) {
  return JSON.parse(Buffer.from(idToken.split('.')[1] ?? '', 'base64url').toString());
}

describe('OP3 and OP4: the verifier', () => {
  it.each([
    ['wrong', 'w'.repeat(43)],
    ['short', 'short'],
    ['long', 'l'.repeat(129)],
    ['not of its alphabet', `${'a'.repeat(42)}!`],
    ['missing', undefined],
    ['empty', ''],
  ])('%s: invalid_grant', async (_, wrong) => {
    const { code: given, verifier } = await code();
    const refused = await exchange({ code: given, code_verifier: wrong });
    expect([refused.status, refused.json.error]).toEqual([400, 'invalid_grant']);
    // The failed exchange has spent the code.
    expect((await exchange({ code: given, code_verifier: verifier })).json.error).toBe('invalid_grant');
  });
});

describe('parameters without a value', () => {
  const names = ['client_secret', 'client_assertion', 'client_assertion_type', 'scope', 'resource', 'refresh_token'];
  it.each([...names, 'redirect_uri'])('OP2: %s= is treated as left out (RFC 6749 section 3.2)', async (name) => {
    const { code: given, verifier } = await code();
    expect((await exchange({ code: given, code_verifier: verifier, [name]: '' })).status).toBe(200);
  });
});

describe('OP5: the code', () => {
  it('works once of 20 at the same time, and never again', async () => {
    const { code: given, verifier } = await code();
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => exchange({ code: given, code_verifier: verifier })),
    );
    const won = answers.filter(({ status }) => status === 200);
    expect(won.length).toBe(1);
    for (const lost of answers.filter(({ status }) => status !== 200)) expect(lost.json.error).toBe('invalid_grant');
  });

  it('used again: invalid_grant, and what it gave is revoked', async () => {
    const { code: given, verifier } = await code();
    const { json: tokens } = await exchange({ code: given, code_verifier: verifier });
    expect((await visitor.get('/oauth2/userinfo', { token: tokens.access_token })).status).toBe(200);
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect((await exchange({ code: given, code_verifier: verifier })).json.error).toBe('invalid_grant');
    expect((await visitor.get('/oauth2/userinfo', { token: tokens.access_token })).status).toBe(401);
    expect((await refresh(visitor, tokens.refresh_token)).json.error).toBe('invalid_grant');
  });

  it.each([
    ['of another client', { client_id: `${brand}-mobile` }],
    ['with another redirect_uri', { redirect_uri: 'https://www.northwind.example/signed-in' }],
    ['with a redirect_uri of another port', { redirect_uri: 'http://localhost:3001/callback' }],
  ])('%s: invalid_grant', async (_, changed) => {
    const { code: given, verifier } = await code();
    expect((await exchange({ code: given, code_verifier: verifier, ...changed })).json.error).toBe('invalid_grant');
  });

  it.each(['', 'nonsense', 'A'.repeat(110), '../..', '%00'])('forged as %j', async (forged) => {
    const answer = await exchange({ code: forged, code_verifier: 'v'.repeat(43) });
    expect(answer.status).toBe(400);
    expect(['invalid_grant', 'invalid_request']).toContain(answer.json.error);
  });

  it('one bit changed: invalid_grant', async () => {
    const { code: given, verifier } = await code();
    const bytes = Buffer.from(given, 'base64url');
    for (const at of [0, 16, 34, bytes.length - 1]) {
      const changed = Buffer.from(bytes);
      changed[at] = (changed[at] ?? 0) ^ 1;
      const answer = await exchange({ code: changed.toString('base64url'), code_verifier: verifier });
      expect(answer.json.error, String(at)).toBe('invalid_grant');
    }
    expect((await exchange({ code: given, code_verifier: verifier })).status).toBe(200);
  });

  it('after 61 seconds: invalid_grant', async () => {
    const { code: given, verifier } = await code();
    await advance(brand, 61);
    expect((await exchange({ code: given, code_verifier: verifier })).json.error).toBe('invalid_grant');
  });
});

describe('OP8 and OP11: the answer', () => {
  it('is never stored, and echoes the nonce that was sent', async () => {
    const { code: given, verifier } = await code({ nonce: 'n-0S6_WzA2Mj' });
    const answer = await exchange({ code: given, code_verifier: verifier });
    expect(answer.headers.get('cache-control')).toContain('no-store');
    expect(claimsOf(answer.json.id_token)).toMatchObject({ nonce: 'n-0S6_WzA2Mj', aud: `${brand}-web` });
    const renewed = await refresh(visitor, answer.json.refresh_token);
    expect(claimsOf(renewed.json.id_token)).not.toHaveProperty('nonce');
  });

  it('works without a nonce, and then has none', async () => {
    const { code: given, verifier } = await code();
    expect(claimsOf((await exchange({ code: given, code_verifier: verifier })).json.id_token)).not.toHaveProperty(
      'nonce',
    );
  });

  it('has no ID token where openid was not asked for', async () => {
    const { code: given, verifier } = await code({ scope: 'orders:read' });
    const { json } = await exchange({ code: given, code_verifier: verifier });
    expect(json).not.toHaveProperty('id_token');
    expect(json.scope).toBe('orders:read');
  });
});
