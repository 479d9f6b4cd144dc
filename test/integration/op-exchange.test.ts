import { decodeJwt } from 'jose';
import * as oauth from 'oauth4webapi';
import * as openid from 'openid-client';
import { beforeAll, describe, expect, it } from 'vitest';
import { checkedVisitor } from './support/checked-visitor.ts';
import { askToken, basic, isTaken, revoke } from './support/client-requests.ts';
import { awaitEvent, secretOf } from './support/cloud-desk.ts';
import { askBound, newDpopKey } from './support/dpop.ts';
import { type Member, signUp } from './support/journeys.ts';
import { application } from './support/openid-client.ts';
import { relyingParty } from './support/relying-party.ts';

const brand = 'northwind';
const checkout = 'northwind-checkout';
const grant = 'urn:ietf:params:oauth:grant-type:token-exchange';
const type = 'urn:ietf:params:oauth:token-type:access_token';
const [payments, warehouse] = ['https://payments.northwind.example/', 'https://warehouse.northwind.example/'];

type Form = Readonly<Record<string, string | undefined>>;

const visitor = checkedVisitor(brand);
let member: Member;
let own: Readonly<Record<string, string>>;
beforeAll(async () => {
  own = basic(checkout, await secretOf(brand, checkout));
  member = await signUp(visitor);
});

function formOf(changed: Form): Readonly<Record<string, string>> {
  const all = { grant_type: grant, subject_token: member.tokens.access_token, subject_token_type: type, ...changed };
  return Object.fromEntries(Object.entries(all).filter((pair): pair is [string, string] => pair[1] !== undefined));
}

const exchange = (changed: Form = {}, headers = own) => askToken(visitor, formOf(changed), headers);

async function introspect(token: string) {
  const form = { token };
  return (await visitor.ask('POST', '/oauth2/introspect', { form, headers: own })).json;
}

describe('TX1: a token for an API behind the client', () => {
  it('says whom it is for, who acts, for whom, and no more than the first one said', async () => {
    const { status, headers, json } = await exchange({ audience: warehouse, scope: 'orders:read' });
    expect(status).toBe(200);
    expect(headers.get('cache-control')).toBe('no-store');
    expect(json).toEqual({
      access_token: expect.any(String),
      issued_token_type: type,
      token_type: 'Bearer',
      expires_in: expect.any(Number),
      scope: 'orders:read',
    });
    const [before, after] = [decodeJwt(member.tokens.access_token), decodeJwt(json.access_token)];
    const { sub, sid, acr, auth_time } = before;
    const act = { sub: checkout };
    expect(after).toMatchObject({ sub, sid, acr, auth_time, client_id: checkout, scope: 'orders:read', act });
    expect(after.aud).toEqual([warehouse]);
    expect(Number(after.exp)).toBeLessThanOrEqual(Number(before.exp));
    const { session } = await awaitEvent(brand, 'token.exchanged', member.sub).then(({ data }) => data);
    expect(session).toBe(sid);
    expect(await introspect(json.access_token)).toMatchObject({ active: true, sub, act, aud: [warehouse] });
  });

  it('without a wish: the first API, every scope that both have', async () => {
    const { json } = await exchange();
    expect(json.scope).toBe('openid orders:read');
    expect(decodeJwt(json.access_token).aud).toEqual([payments, visitor.origin]);
  });

  it('opens UserInfo, as the first one did, and nothing of the own API', async () => {
    const { access_token: token } = (await exchange()).json;
    expect((await visitor.get('/oauth2/userinfo', { token })).json).toEqual({ sub: member.sub });
    for (const path of ['/v1/account', '/v1/consents', '/v1/account/sessions']) {
      const refused = await visitor.get(path, { token });
      expect([refused.status, refused.json.code]).toEqual([403, 'client_not_allowed']);
    }
    const { access_token: narrow } = (await exchange({ scope: 'orders:read' })).json;
    expect(await isTaken(visitor, narrow)).toBe(false);
  });

  it('openid-client and oauth4webapi get one', async () => {
    const secret = await secretOf(brand, checkout);
    const config = await application(brand, checkout, openid.ClientSecretBasic(secret));
    const tokens = await openid.genericGrantRequest(
      config,
      grant,
      formOf({ grant_type: undefined, resource: payments }),
    );
    expect(tokens).toMatchObject({ issued_token_type: type, token_type: 'bearer' });
    const { as, client, insecure } = await relyingParty(brand, checkout);
    expect(as.grant_types_supported).toContain(grant);
    const parameters = new URLSearchParams(formOf({ grant_type: undefined }));
    const authentication = oauth.ClientSecretBasic(secret);
    const response = await oauth.genericTokenEndpointRequest(as, client, authentication, grant, parameters, insecure);
    expect(await oauth.processGenericTokenEndpointResponse(as, client, response)).toMatchObject({
      issued_token_type: type,
    });
  });

  it('REV1: is not revoked by itself, and its client is told', async () => {
    const { access_token: token } = (await exchange()).json;
    const refused = await visitor.ask('POST', '/oauth2/revoke', { form: { token }, headers: own });
    expect([refused.status, refused.json.error]).toEqual([400, 'unsupported_token_type']);
    expect(await introspect(token)).toMatchObject({ active: true });
    expect((await revoke(member.visitor, token)).status).toBe(200);
    expect(await introspect(token)).toMatchObject({ active: true });
  });

  it('dies with the session that it came of', async () => {
    const { visitor: browser, tokens } = await signUp(checkedVisitor(brand));
    const { access_token: token } = (await exchange({ subject_token: tokens.access_token })).json;
    expect(await introspect(token)).toMatchObject({ active: true });
    await revoke(browser, tokens.refresh_token);
    expect(await introspect(token)).toEqual({ active: false });
    expect((await visitor.get('/oauth2/userinfo', { token })).status).toBe(401);
    expect((await exchange({ subject_token: tokens.access_token })).json.error).toBe('invalid_request');
  });
});

describe('TX1: who acts', () => {
  const clientToken = async () =>
    (await askToken(visitor, { grant_type: 'client_credentials' }, own)).json.access_token;

  it('an actor token of its own names the client', async () => {
    const { json } = await exchange({ actor_token: await clientToken(), actor_token_type: type });
    expect(decodeJwt(json.access_token).act).toEqual({ sub: checkout });
  });

  it.each<[string, () => Promise<Form>]>([
    ['an actor token without its type', async () => ({ actor_token: await clientToken() })],
    ['a type without an actor token', async () => ({ actor_token_type: type })],
    ['an actor token of an unknown type', async () => ({ actor_token: await clientToken(), actor_token_type: 'x' })],
    ['an actor token that is none', async () => ({ actor_token: 'x', actor_token_type: type })],
    [
      'an actor token of another client',
      async () => ({ actor_token: member.tokens.access_token, actor_token_type: type }),
    ],
  ])('%s: invalid_request', async (_, form) => {
    const { status, json } = await exchange(await form());
    expect([status, json.error]).toEqual([400, 'invalid_request']);
  });
});

describe('TX1: what is refused', () => {
  it.each<[string, Form, string]>([
    ['no subject token', { subject_token: undefined }, 'invalid_request'],
    ['no type', { subject_token_type: undefined }, 'invalid_request'],
    ['an ID token', { subject_token_type: 'urn:ietf:params:oauth:token-type:id_token' }, 'invalid_request'],
    ['a refresh token', { subject_token_type: 'urn:ietf:params:oauth:token-type:refresh_token' }, 'invalid_request'],
    ['SAML', { subject_token_type: 'urn:ietf:params:oauth:token-type:saml2' }, 'invalid_request'],
    ['an unknown type', { subject_token_type: 'token' }, 'invalid_request'],
    [
      'a refresh token that is wanted',
      { requested_token_type: 'urn:ietf:params:oauth:token-type:refresh_token' },
      'invalid_request',
    ],
    ['a token that is none', { subject_token: 'x' }, 'invalid_request'],
    ['an API that is not named for the client', { audience: 'https://api.northwind.example/' }, 'invalid_target'],
    ['an API of a stranger', { resource: 'https://evil.example/' }, 'invalid_target'],
    ['two APIs', { audience: payments, resource: warehouse }, 'invalid_target'],
    ['a scope that only the client has', { scope: 'orders:write' }, 'invalid_scope'],
    ['a scope that only the token has', { scope: 'email' }, 'invalid_scope'],
    ['a scope that begets tokens', { scope: 'offline_access' }, 'invalid_scope'],
    ['one right scope and a wider one', { scope: 'orders:read orders:write' }, 'invalid_scope'],
  ])('%s: %o', async (_, changed, error) => {
    const { status, json } = await exchange(changed);
    expect([status, json.error]).toEqual([400, error]);
  });

  it('the ID token and the refresh token of the person, whatever they are called', async () => {
    for (const token of [member.tokens.id_token, member.tokens.refresh_token]) {
      expect((await exchange({ subject_token: token })).json.error).toBe('invalid_request');
    }
  });

  it('a token of a client, and one that is meant for another API', async () => {
    const { json } = await askToken(visitor, { grant_type: 'client_credentials' }, own);
    expect((await exchange({ subject_token: json.access_token })).json.error).toBe('invalid_request');
    const foreign = checkedVisitor('solmar');
    const { tokens } = await signUp(foreign);
    expect((await exchange({ subject_token: tokens.access_token })).json.error).toBe('invalid_request');
  });

  it('a client without the grant, a public one, one that does not authenticate', async () => {
    const backend = basic('northwind-backend', await secretOf(brand, 'northwind-backend'));
    expect((await exchange({}, backend)).json.error).toBe('unauthorized_client');
    expect((await exchange({ client_id: 'northwind-web' }, {})).json.error).toBe('unauthorized_client');
    expect((await exchange({ client_id: checkout }, {})).json.error).toBe('invalid_client');
    expect((await exchange({}, basic(checkout, 'wrong'))).json.error).toBe('invalid_client');
  });
});

describe('TX1: the chain, and bound tokens', () => {
  it('each exchange adds who acts; the fifth is refused', async () => {
    let token = (await exchange()).json.access_token;
    const chain = { sub: checkout };
    expect(decodeJwt(token).act).toEqual(chain);
    token = (await exchange({ subject_token: token, audience: warehouse })).json.access_token;
    expect(decodeJwt(token).act).toEqual({ sub: checkout, act: chain });
    for (let times = 2; times < 4; times++) token = (await exchange({ subject_token: token })).json.access_token;
    expect((await exchange({ subject_token: token })).json.error).toBe('invalid_request');
  });

  it('DPOP1: the new token is bound to the key that the client proves', async () => {
    const key = await newDpopKey(brand, visitor.origin);
    const { json } = await askBound(visitor, key, formOf({}), own);
    expect(json.token_type).toBe('DPoP');
    expect(decodeJwt(json.access_token).cnf).toEqual({ jkt: key.jkt });
    // Its own bound token gets loose of the key by no exchange, and to no other key.
    expect((await exchange({ subject_token: json.access_token })).json.error).toBe('invalid_dpop_proof');
    const other = await newDpopKey(brand, visitor.origin);
    const moved = await askBound(visitor, other, formOf({ subject_token: json.access_token }), own);
    expect(moved.json.error).toBe('invalid_dpop_proof');
    const again = await askBound(visitor, key, formOf({ subject_token: json.access_token }), own);
    expect(decodeJwt(again.json.access_token).cnf).toEqual({ jkt: key.jkt });
  });
});
