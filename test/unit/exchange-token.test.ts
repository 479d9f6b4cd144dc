import { decodeJwt, importJWK, SignJWT } from 'jose';
import { describe, expect, it } from 'vitest';
import type { Client } from '../../lambdas/shared/domain/brand.ts';
import { newSessionId, newUserId, systemRandom } from '../../lambdas/shared/domain/id.ts';
import type { Session } from '../../lambdas/shared/domain/session.ts';
import type { User } from '../../lambdas/shared/domain/user.ts';
import { readAccessToken } from '../../lambdas/shared/oidc/access-token.ts';
import { OAuthRefusal } from '../../lambdas/shared/oidc/oauth-refusal.ts';
import { exchangeToken } from '../../lambdas/token/exchange-token.ts';
import { sampleBrands } from './mail-samples.ts';
import { rejection, sampleIssuer, sampleSealing, sampleSigning } from './sample-keys.ts';

const now = Date.parse('2026-11-21T14:05:00Z');
const epoch = now / 1000;
const [brand] = sampleBrands;
const client = brand.clients.find(({ id }) => id === 'northwind-checkout') as Client;
const signing = await sampleSigning();
const secret = signing.secrets.find(({ alg }) => alg === 'ES256');
if (!secret) throw new Error('no ES256 key');
const type = 'urn:ietf:params:oauth:token-type:access_token';

function person() {
  const [id, userId] = [newSessionId(now, systemRandom), newUserId(systemRandom)];
  const times = { authTime: epoch, lastSeenAt: epoch, idleUntil: epoch + 1000, endsAt: epoch + 2000 };
  const by = { clientId: 'northwind-web', scope: 'openid orders:read', generation: 0, sealed: '' };
  const session: Session = { id, userId, methods: ['password'], acr: 'aal1', amr: ['pwd'], ...times, ...by };
  return { session, user: { id: userId, status: 'active', sessionsValidFrom: 0 } as User };
}
const [customer, agent] = [person(), person()];

/** An access token that our own key signed, whatever it says. */
async function token(of: typeof customer | undefined, changed: Readonly<Record<string, unknown>> = {}) {
  const { id: sid, userId } = of?.session ?? {};
  const said = { client_id: 'northwind-web', scope: 'openid orders:read', aud: [client.audience, sampleIssuer] };
  const speaksFor = of ? { sub: userId, sid, auth_time: epoch } : { sub: client.id };
  const claims = { iss: sampleIssuer, iat: epoch, exp: epoch + 300, ...said, ...speaksFor, ...changed };
  const header = { alg: 'ES256', typ: 'at+jwt', kid: secret?.kid };
  return new SignJWT(claims)
    .setProtectedHeader(header)
    .sign((await importJWK(secret?.jwk ?? {}, 'ES256')) as CryptoKey);
}

const events: unknown[] = [];
const people = [customer, agent];
function depsOf(dead: readonly (typeof customer)[] = []) {
  const alive = people.filter((each) => !dead.includes(each));
  return {
    issuer: sampleIssuer,
    levels: { aal2: { absolute: 43_200, idle: 3600 } },
    lifetimes: brand.lifetimes,
    random: systemRandom,
    sealing: sampleSealing(),
    signing: signing.ring,
    clientLives: async () => true,
    readAccessToken: (text: string) => readAccessToken(text, sampleIssuer, async () => signing.publicKeys, now),
    store: {
      findSession: async (_: string, id: string) => alive.find(({ session }) => session.id === id)?.session,
      findUser: async (id: string) => people.find(({ user }) => user.id === id)?.user,
      noteExchange: async (...noted: readonly unknown[]) => events.push(noted) > 0,
    },
  };
}

const exchange = (input: Readonly<Record<string, string>>, deps = depsOf()) =>
  exchangeToken(deps, client, { subject_token_type: type, ...input }, now);

const actor = async (changed: Readonly<Record<string, unknown>> = {}, of: typeof customer | undefined = agent) => ({
  actor_token: await token(of, { client_id: client.id, ...changed }),
  actor_token_type: type,
});

async function refused(input: Readonly<Record<string, string>>, deps = depsOf()) {
  const before = events.length;
  const error = await rejection(exchange(input, deps));
  expect(error).toBeInstanceOf(OAuthRefusal);
  expect(events.length).toBe(before);
  return (error as OAuthRefusal).error;
}

describe('TX1: may_act (RFC 8693 4.4)', () => {
  const agentMay = { may_act: { sub: agent.user.id } };

  it('a person whom the token names acts; both stand in the chain', async () => {
    const earlier = { act: { sub: 'northwind-web' } };
    const subject_token = await token(customer, { ...agentMay, ...earlier });
    const { access_token } = await exchange({ subject_token, ...(await actor()) });
    const { sub, act } = decodeJwt(access_token);
    expect(sub).toBe(customer.user.id);
    expect(act).toEqual({ sub: agent.user.id, client_id: client.id, ...earlier });
  });

  it.each<[string, unknown]>([
    ['its client too', { sub: agent.user.id, client_id: client.id }],
    ['its issuer too', { sub: agent.user.id, iss: sampleIssuer }],
  ])('%s', async (_, may_act) => {
    const subject_token = await token(customer, { may_act });
    expect(await exchange({ subject_token, ...(await actor()) })).toHaveProperty('access_token');
  });

  it.each<[string, unknown]>([
    ['somebody else', { sub: customer.user.id }],
    ['the client alone', { sub: client.id }],
    ['another client of the person', { sub: agent.user.id, client_id: 'northwind-web' }],
    ['another issuer', { sub: agent.user.id, iss: 'https://evil.example' }],
    ['something that is not understood', { sub: agent.user.id, team: 'support' }],
    ['nobody', {}],
    ['a text', agent.user.id],
    ['a list', [agent.user.id]],
    ['null', null],
  ])('a token that names %s', async (_, may_act) => {
    const subject_token = await token(customer, { may_act });
    expect(await refused({ subject_token, ...(await actor()) })).toBe('invalid_request');
  });

  it('the client may act only where it is named itself', async () => {
    const named = await token(customer, { may_act: { sub: client.id } });
    expect(await exchange({ subject_token: named })).toHaveProperty('access_token');
    expect(await refused({ subject_token: await token(customer, agentMay) })).toBe('invalid_request');
  });

  it('a person acts for nobody whose token does not say so', async () => {
    expect(await refused({ subject_token: await token(customer), ...(await actor()) })).toBe('invalid_request');
  });

  it.each<[string, Readonly<Record<string, unknown>>]>([
    ['another client’s', { client_id: 'northwind-web' }],
    ['one by which somebody else acts', { act: { sub: 'x' } }],
    ['an expired one', { iat: epoch - 900, exp: epoch - 600 }],
    ['one that is bound to a key that is not proven', { cnf: { jkt: 'k' } }],
  ])('an actor token that is no good: %s', async (_, changed) => {
    const subject_token = await token(customer, agentMay);
    expect(await refused({ subject_token, ...(await actor(changed)) })).toBe('invalid_request');
  });

  it('neither for a subject nor by an actor who is signed out', async () => {
    const subject_token = await token(customer, agentMay);
    for (const dead of [customer, agent]) {
      expect(await refused({ subject_token, ...(await actor()) }, depsOf([dead]))).toBe('invalid_request');
    }
  });
});

describe('TX1: bounds', () => {
  it('the new token lives no longer than the one shown', async () => {
    const subject_token = await token(customer, { exp: epoch + 7 });
    const { access_token, expires_in } = await exchange({ subject_token });
    expect([expires_in, decodeJwt(access_token).exp]).toEqual([7, epoch + 7]);
  });

  it('UserInfo is not among its audiences where it was not among those of the one shown', async () => {
    const subject_token = await token(customer, { aud: [client.audience] });
    expect(decodeJwt((await exchange({ subject_token })).access_token).aud).toEqual(
      client.exchange?.audiences.slice(0, 1),
    );
  });

  it.each<[string, Readonly<Record<string, unknown>>, string]>([
    ['meant for another API', { aud: ['https://other.example/', sampleIssuer] }, 'invalid_request'],
    ['without a scope that the client has', { scope: 'email profile' }, 'invalid_scope'],
    ['without any scope', { scope: '' }, 'invalid_scope'],
    ['bound to a key, by a request that proves none', { cnf: { jkt: 'k' } }, 'invalid_dpop_proof'],
    ['with an actor that is not understood', { act: 'northwind-web' }, 'invalid_request'],
    ['of a session of nobody', { sid: 'x' }, 'invalid_request'],
  ])('a token %s', async (_, changed, error) => {
    expect(await refused({ subject_token: await token(customer, changed) })).toBe(error);
  });
});
