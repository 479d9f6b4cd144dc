import { createRemoteJWKSet, decodeJwt, decodeProtectedHeader, jwtVerify } from 'jose';
import { beforeAll, describe, expect, it } from 'vitest';
import { codeOf, nextCode, prepare, signedInBrowser } from './support/authorization.ts';
import { authorizeThroughPages, newBrowser, type Page, passSignIn } from './support/browser-session.ts';
import { checkedVisitor } from './support/checked-visitor.ts';
import { askToken, basic } from './support/client-requests.ts';
import { secretOf } from './support/cloud-desk.ts';
import { type AwsCall, askDesk } from './support/faults.ts';
import { type Member, signIn, signUp } from './support/journeys.ts';

const brand = 'northwind';
const forum = 'northwind-community';
const forumUri = 'https://forum.northwind.example/auth/callback';
const profile = { name: 'Ana Ní Bhriain', given_name: 'Ana', nickname: 'ana' };
const address = {
  street_address: 'Rua do Sol 4\n2.º Esq.',
  locality: 'Lisboa',
  postal_code: '1200-100',
  country: 'Portugal',
};
const visitor = checkedVisitor(brand);

let member: Member;
let own: Readonly<Record<string, string>>;
beforeAll(async () => {
  member = await signUp(checkedVisitor(brand), { profile });
  own = basic(forum, await secretOf(brand, forum));
});

type Json = Readonly<Record<string, unknown>>;
const asks = (claims: Json, changed: Json = {}) => ({
  client_id: forum,
  redirect_uri: forumUri,
  scope: 'openid',
  claims: JSON.stringify(claims),
  ...changed,
});

/** Passes every page, and exchanges the code. */
async function tokensFor(claims: Json, changed: Json = {}) {
  const { url, verifier } = prepare(brand, asks(claims, changed));
  const browser = newBrowser();
  const page = await authorizeThroughPages(browser, url, member);
  const form = {
    grant_type: 'authorization_code',
    code: codeOf(page),
    redirect_uri: forumUri,
    code_verifier: verifier,
  };
  const { status, json } = await askToken(visitor, form, own);
  expect(status).toBe(200);
  return { browser, tokens: json };
}

const userinfo = (token: string) => visitor.get('/oauth2/userinfo', { token });

describe('OP: the claims parameter (OIDC Core 5.5)', () => {
  it('a person is asked for single claims in the words of their scopes', async () => {
    const asked = asks({ userinfo: { nickname: null }, id_token: { email: { essential: true } } });
    const browser = newBrowser();
    let page: Page = await browser.open(prepare(brand, asked).url);
    page = await passSignIn(browser, page, member);
    if (page.url.pathname === '/purposes') page = await browser.submit(page, { 'purpose.terms': 'on' });
    expect(page.url.pathname).toBe('/consent');
    expect(page.html).toContain('See your name and profile');
    expect(page.html).toContain('See your email address');
    expect((await browser.submit(page)).left).toBe(true);
    expect((await browser.open(prepare(brand, asked).url)).left).toBe(true);
    const more = asks({ userinfo: { nickname: null, email: null } });
    expect((await browser.open(prepare(brand, more).url)).left).toBe(true);
  });

  it('each stands where it was asked for, and nowhere else; a refresh keeps to it', async () => {
    const { tokens } = await tokensFor({
      userinfo: { nickname: null },
      id_token: { email: null, email_verified: null },
    });
    const idToken = decodeJwt(tokens.id_token);
    expect(idToken).toMatchObject({ email: member.email, email_verified: true });
    expect(idToken).not.toHaveProperty('nickname');
    const seen = decodeJwt((await userinfo(tokens.access_token)).text);
    expect(seen).toMatchObject({ sub: member.sub, nickname: 'ana' });
    for (const absent of ['email', 'name', 'locale']) expect(seen).not.toHaveProperty(absent);
    const form = { grant_type: 'refresh_token', refresh_token: tokens.refresh_token };
    const renewed = (await askToken(visitor, form, own)).json;
    expect(decodeJwt(renewed.id_token)).toMatchObject({ email: member.email });
    expect(decodeJwt(renewed.access_token)).not.toHaveProperty('email');
  });

  it('what the client is not registered for, or nobody knows, is passed over in silence', async () => {
    const beyond = { phone_number: { essential: true }, address: null, shoe_size: { essential: true } };
    const { tokens } = await tokensFor({ userinfo: beyond, id_token: beyond });
    const seen = decodeJwt((await userinfo(tokens.access_token)).text);
    expect(Object.keys(seen).toSorted()).toEqual(['aud', 'iss', 'sub']);
    for (const name of Object.keys(beyond)) expect(decodeJwt(tokens.id_token)).not.toHaveProperty(name);
  });

  it('an ordinary exchange is one wave; one with claims in the ID token reads the key to them in a second', async () => {
    const browser = newBrowser();
    await authorizeThroughPages(browser, prepare(brand, asks({ id_token: { email: null } })).url, member);
    const one = ['GetItem', 'GetItem', 'UpdateItem'];
    for (const [claims, expected, waves] of [
      [{ userinfo: { email: null } }, one, 1],
      [{ id_token: { email: null } }, ['GetItem', ...one], 2],
    ] as const) {
      const { code, verifier } = await nextCode(browser, brand, asks(claims));
      const form = { grant_type: 'authorization_code', code, redirect_uri: forumUri, code_verifier: verifier };
      const answer = await askToken(visitor, form, own);
      expect(answer.status).toBe(200);
      const [report] = await askDesk(brand, 'GET', `calls?request=${answer.headers.get('x-local-request-id')}`);
      const actions = (report.calls as readonly AwsCall[]).map(({ action }) => action.replace('dynamodb:', ''));
      expect([actions.toSorted(), report.waves]).toEqual([expected, waves]);
    }
  });

  it.each(['{', '[]', '{"userinfo":[]}', '{"id_token":{"acr":1}}'])(
    '%s is invalid_request, said to the client',
    async (claims) => {
      const page = await newBrowser().open(prepare(brand, { ...asks({}), claims }).url);
      expect([page.left, page.url.searchParams.get('error')]).toEqual([true, 'invalid_request']);
    },
  );

  it('OP9: a person who is asked for by sub is that person or nobody', async () => {
    const { browser } = await signedInBrowser(brand, member);
    const by = (value: string) =>
      prepare(brand, { prompt: 'none', claims: JSON.stringify({ id_token: { sub: { value } } }) });
    expect((await browser.open(by(member.sub).url)).url.searchParams.has('code')).toBe(true);
    const other = await browser.open(by('usr_AAAAAAAAAAAAAAAAAAAAAA').url);
    expect(other.url.searchParams.get('error')).toBe('login_required');
  });
});

describe('OP13: UserInfo as a signed JWT', () => {
  it('is signed as the client’s metadata says, for that client alone, and is no ID token', async () => {
    const { tokens, browser } = await tokensFor({ userinfo: { email: null } });
    const { status, headers, text } = await userinfo(tokens.access_token);
    expect([status, headers.get('content-type')]).toEqual([200, 'application/jwt']);
    expect(decodeProtectedHeader(text).alg).toBe('RS256');
    const keys = createRemoteJWKSet(new URL('/.well-known/jwks.json', visitor.origin));
    const { payload } = await jwtVerify(text, keys, { issuer: visitor.origin, audience: forum });
    expect(payload).toMatchObject({ sub: member.sub, email: member.email });
    expect(payload).not.toHaveProperty('exp');
    const hinted = await browser.open(prepare(brand, asks({}, { prompt: 'none', id_token_hint: text })).url);
    expect(hinted.url.searchParams.get('error')).toBe('invalid_request');
  });
});

describe('the scopes address and phone (OIDC Core 5.1, 5.4)', () => {
  const change = (json: Json) => visitor.ask('PATCH', '/v1/account', { token: member.tokens.access_token, json });

  it('an address is given as it was set, replaced as a whole, and taken away', async () => {
    const scoped = await signIn(member.visitor, member.email, member.password, { scope: 'openid address phone' });
    const token = scoped.json.access_token;
    expect((await userinfo(token)).json).toEqual({ sub: member.sub });
    expect((await change({ profile: { address } })).json.profile.address).toEqual(address);
    expect((await userinfo(token)).json).toEqual({ sub: member.sub, address });
    await change({ profile: { address: { formatted: 'Poste restante' } } });
    expect((await userinfo(token)).json.address).toEqual({ formatted: 'Poste restante' });
    expect((await change({ profile: { address: null } })).json.profile).not.toHaveProperty('address');
    const narrow = await signIn(member.visitor, member.email, member.password, { scope: 'openid profile' });
    await change({ profile: { address } });
    expect((await userinfo(narrow.json.access_token)).json).not.toHaveProperty('address');
  });

  it.each<[string, Json]>([
    ['nothing', {}],
    ['a part that nobody knows', { planet: 'Earth' }],
    ['a number', { locality: 1 }],
    ['a control character', { locality: 'Lis\u0000boa' }],
    ['lines where there is one', { locality: 'Lis\nboa' }],
    ['a carriage return', { formatted: 'a\r\nb' }],
    ['empty lines', { formatted: '\n\n' }],
    ['more than fits', { formatted: 'x'.repeat(501) }],
    ['a code that is none', { postal_code: '<1200>' }],
  ])('an address of %s is refused', async (_, given) => {
    const { status, json } = await change({ profile: { address: given } });
    expect([status, json.code]).toEqual([400, 'field_invalid']);
  });
});
