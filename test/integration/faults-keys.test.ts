import { createRemoteJWKSet, decodeProtectedHeader, jwtVerify } from 'jose';
import { describe, expect, it } from 'vitest';
import { copyCode } from './support/assets.ts';
import { enrolTotp, firstFactor, secondFactor, totpCode } from './support/factors.ts';
import { askDesk, failing, invoke, recycle, withFault, withOverrides } from './support/faults.ts';
import { refresh, signIn, signUp } from './support/journeys.ts';
import { operations } from './support/operations.ts';
import { enrolPasskey, requestOptionsOf, signInByPasskey } from './support/passkeys.ts';
import { holdings, type Item, readItem } from './support/tables.ts';
import { type Answer, type BrandId, newVisitor } from './support/visitor.ts';

const now = async (brand: BrandId) => Date.parse((await askDesk(brand, 'GET', 'clock')).now) / 1000;
const advance = (brand: BrandId, seconds: number) =>
  askDesk(brand, 'POST', 'clock', { advance: Math.max(0, Math.ceil(seconds)) });

interface PublishedKey {
  readonly kid: string;
  readonly alg: string;
  readonly activeFrom: number;
}

async function publishedKeys(brand: BrandId): Promise<readonly PublishedKey[]> {
  const ring = await readItem(brand, 'Vault', 'KEYRING#public');
  return (ring?.keys ?? []).toSorted((a: PublishedKey, b: PublishedKey) => a.activeFrom - b.activeFrom);
}

/** Lets the next key be made now, and moves time to one minute before it begins to sign. */
async function nextKeyIsNear(brand: BrandId): Promise<PublishedKey> {
  const copy = copyCode(brand, 'key-rotation');
  copy.rewriteBrand((text) => text.replace(/"signingKey":\d+/, '"signingKey":1'));
  try {
    await withOverrides(brand, 'key-rotation', { code: copy.code }, () => invoke(brand, 'key-rotation', {}));
  } finally {
    copy.remove();
  }
  const time = await now(brand);
  const next = (await publishedKeys(brand)).find(({ alg, activeFrom }) => alg === 'ES256' && activeFrom > time + 60);
  if (!next) throw new Error('there is no next key');
  await advance(brand, next.activeFrom - 60 - time);
  return next;
}

describe('F20: keys rotate between issue and use', () => {
  it.each(['northwind', 'solmar'] as const)('F20: at %s', async (brand) => {
    const next = await nextKeyIsNear(brand);
    const { visitor, email, password, tokens } = await signUp(newVisitor(brand));
    const jwks = createRemoteJWKSet(new URL(`${visitor.origin}/.well-known/jwks.json`));
    const verify = async (token: string) =>
      jwtVerify(token, jwks, { issuer: visitor.origin, currentDate: new Date((await now(brand)) * 1000) });
    const userinfo = async (token: string) => (await visitor.get('/oauth2/userinfo', { token })).status;
    const kid = (token: string) => decodeProtectedHeader(token).kid;
    expect(kid(tokens.access_token)).not.toBe(next.kid);
    expect(await userinfo(tokens.access_token)).toBe(200);
    await verify(tokens.access_token);

    await advance(brand, 62);
    // Issued by the old key: still good here and at a relying party that cached the keys before.
    expect(await userinfo(tokens.access_token)).toBe(200);
    await verify(tokens.access_token);
    const renewed = await refresh(visitor, tokens.refresh_token);
    const fresh = await signIn(visitor, email, password);
    for (const token of [renewed.json.access_token, fresh.json.access_token, fresh.json.id_token]) {
      expect(kid(token)).toBe(next.kid);
      await verify(token);
    }
    expect(await userinfo(renewed.json.access_token)).toBe(200);
    // A cold function sees the same.
    await recycle(brand, 'userinfo');
    expect(await userinfo(tokens.access_token)).toBe(200);
    const out = await visitor.ask('POST', '/oauth2/revoke', {
      form: { client_id: visitor.client, token: tokens.access_token },
    });
    expect(out.status).toBe(200);
    expect(await userinfo(renewed.json.access_token)).toBe(401);
  });
});

const refusals = [
  ['throttled', 'ThrottlingException', 400],
  ['denied', 'AccessDeniedException', 400],
  ['disabled', 'DisabledException', 400],
  ['pending deletion', 'KMSInvalidStateException', 400],
  ['broken', 'KMSInternalException', 500],
] as const;

/** Proofs that count once, each ready to be shown, at the function that judges it. */
const spending = [
  ['the code of a sign-up', 'registration', async (brand: BrandId) => operationOf('verify', brand)],
  ['a mailed code', 'login', async (brand: BrandId) => operationOf('codeSignIn', brand)],
  [
    'the code of an app',
    'second-factor',
    async (brand: BrandId) => {
      const member = await signUp(newVisitor(brand));
      const secret = await enrolTotp(member);
      const { flow } = await firstFactor(member.visitor, member.email, member.password);
      const code = totpCode(secret, (await now(brand)) * 1000);
      return { ok: 200, ask: () => secondFactor(member.visitor, flow, 'totp', code) };
    },
  ],
  [
    'the answer of a passkey',
    'passkey-login',
    async (brand: BrandId) => {
      const member = await signUp(newVisitor(brand));
      const passkey = await enrolPasskey(member);
      const credential = passkey.get(await requestOptionsOf(member.visitor));
      return { ok: 200, ask: () => signInByPasskey(member.visitor, credential) };
    },
  ],
] as const;

async function operationOf(name: 'verify' | 'codeSignIn', brand: BrandId) {
  return { ok: operations[name].ok as number, ask: (await operations[name].prepare(brand)).ask };
}

describe('F21: the key service refuses', () => {
  it.each(refusals)(
    'F21: %s at a cold start: 503 and nothing signed, then it recovers by itself',
    async (_, code, status) => {
      const brand = 'northwind';
      const signingIn = await operations.passwordSignIn.prepare(brand);
      const refreshing = await operations.refresh.prepare(brand);
      await withFault(brand, failing(code, { service: 'kms', status }), async () => {
        await recycle(brand, 'login');
        await recycle(brand, 'token');
        const login = await signingIn.ask();
        expect(login.json).toMatchObject({ status: 503, code: 'unavailable' });
        expect(Number(login.headers.get('retry-after'))).toBeGreaterThan(0);
        const token = await refreshing.ask();
        expect([token.status, token.json.error]).toEqual([503, 'temporarily_unavailable']);
        expect(Number(token.headers.get('retry-after'))).toBeGreaterThan(0);
        expect(`${login.text}${token.text}`).not.toContain('eyJ');
      });
      expect((await holdings(brand, signingIn.member?.sub ?? '')).sessions).toHaveLength(1);
      expect((await signingIn.ask()).status).toBe(200);
      expect((await refreshing.ask()).status).toBe(200);
    },
  );

  it.each(spending)(
    'F21: %s is spent only where tokens can be signed: with one ring shut it is refused, and then it still works',
    async (_, name, prepare) => {
      const brand = 'northwind';
      const { ok, ask } = await prepare(brand);
      // The second of the two rings that a cold function opens; disabled keys are not asked again.
      const shut = failing('DisabledException', { service: 'kms', action: 'Decrypt', function: name, nth: 2 });
      await withFault(brand, shut, async ({ hits }) => {
        await recycle(brand, name);
        expect((await ask()).json).toMatchObject({ status: 503, code: 'unavailable' });
        expect(await hits()).toBe(1);
      });
      expect((await ask()).status).toBe(ok);
    },
  );

  it('F21: warm functions go on without it', async () => {
    const brand = 'solmar';
    const everything = [
      operations.passwordSignIn,
      operations.refresh,
      operations.userinfo,
      operations.giveConsent,
      operations.account,
    ];
    const ready: { readonly ok: number; readonly ask: () => Promise<Answer> }[] = [];
    for (const { prepare, ok } of everything) {
      const warming = await prepare(brand);
      expect((await warming.ask()).status).toBe(ok);
      ready.push({ ok, ask: (await prepare(brand)).ask });
    }
    await withFault(brand, failing('DisabledException', { service: 'kms' }), async () => {
      for (const { ask, ok } of ready) expect((await ask()).status).toBe(ok);
    });
  });

  it('F21: tokens are verified from kept keys while Vault and keys are out of reach, for an hour', async () => {
    const brand = 'solmar';
    const { visitor, tokens, email, password } = await signUp(newVisitor(brand));
    const consents = async (token: string) => (await visitor.get('/v1/consents', { token })).status;
    await recycle(brand, 'consent');
    expect(await consents(tokens.access_token)).toBe(200);
    expect((await visitor.get('/.well-known/jwks.json')).status).toBe(200);
    const vault = failing('ProvisionedThroughputExceededException', { table: 'Vault' });
    await withFault(brand, vault, async () => {
      await advance(brand, 400);
      expect(await consents(tokens.access_token)).toBe(200);
      expect((await visitor.get('/.well-known/jwks.json')).status).toBe(200);
      await advance(brand, 3_600);
      // Grace is over: closed rather than guessed.
      expect((await visitor.get('/.well-known/jwks.json')).status).toBe(503);
    });
    expect((await visitor.get('/.well-known/jwks.json')).status).toBe(200);
    expect(await consents((await signIn(visitor, email, password)).json.access_token)).toBe(200);
  });

  it('F21: rings serve on for an hour after they should have been read anew, then nothing is signed', async () => {
    const brand = 'northwind';
    const { visitor, email, password } = await signUp(newVisitor(brand));
    await recycle(brand, 'login');
    const enter = async () => (await signIn(visitor, email, password)).status;
    expect(await enter()).toBe(200);
    await withFault(brand, failing('AccessDeniedException', { service: 'kms' }), async () => {
      await advance(brand, 3_700);
      expect(await enter()).toBe(200);
      await advance(brand, 3_600);
      expect(await enter()).toBe(503);
    });
    expect(await enter()).toBe(200);
  });

  it('F21: a rotation without the key service fails aloud and leaves the keys as they were', async () => {
    const brand = 'solmar';
    const rings = (): Promise<readonly (Item | undefined)[]> =>
      Promise.all(['public', 'signing', 'sealing'].map((ring) => readItem(brand, 'Vault', `KEYRING#${ring}`)));
    const before = await rings();
    await withFault(brand, failing('DisabledException', { service: 'kms', function: 'key-rotation' }), async () => {
      expect((await invoke(brand, 'key-rotation', {})).kind).toBe('failed');
    });
    expect(await rings()).toEqual(before);
    expect((await invoke(brand, 'key-rotation', {})).kind).toBe('returned');
  });
});
