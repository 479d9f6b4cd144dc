import { describe, expect, it } from 'vitest';
import { checkMetadata } from '../../lambdas/client-registration/check-metadata.ts';
import { registeredClient } from '../../lambdas/shared/domain/registration.ts';
import { OAuthRefusal } from '../../lambdas/shared/oidc/oauth-refusal.ts';
import { devKeyPair } from '../integration/support/client-keys.ts';
import { sampleBrands } from './mail-samples.ts';

const [brand, without] = sampleBrands;
const { dynamicRegistration: allowed } = brand;
if (!allowed) throw new Error('the brand lets nobody register');
const callback = 'http://localhost:3000/callback';
const metadata = { redirect_uris: [callback], grant_types: ['authorization_code', 'refresh_token'] };

type Json = Readonly<Record<string, unknown>>;
const check = (changed: Json = {}) =>
  checkMetadata(brand, allowed, { ...metadata, client_name: 'Trail diary', ...changed });

function refused(changed: Json): OAuthRefusal {
  try {
    check(changed);
  } catch (error) {
    if (error instanceof OAuthRefusal) return error;
    throw error;
  }
  throw new Error('it was not refused');
}

describe('DCR1: what is made of a registration', () => {
  it('what is left out has the defaults of RFC 7591', () => {
    expect(checkMetadata(brand, allowed, { redirect_uris: ['https://trail.example/cb'] }).client).toEqual({
      name: 'trail.example',
      authentication: 'client_secret_basic',
      dpop: 'optional',
      redirectUris: ['https://trail.example/cb'],
      grants: ['authorization_code'],
      scopes: ['openid', 'profile', 'email'],
      idTokenAlg: 'RS256',
      postLogoutRedirectUris: [],
    });
  });

  it.each(['http://127.0.0.1/cb', 'http://[::1]:8080/cb', 'http://localhost/', 'https://trail.example/cb?x=1'])(
    '%s is taken',
    (uri) => {
      expect(check({ redirect_uris: [uri] }).client.redirectUris).toEqual([uri]);
    },
  );

  it.each([
    'Дневник троп',
    'Web会議ノート',
    '트레일 diary 2',
    'Ημερολόγιο',
    'يوميات',
    'Müller’s trail-diary',
    'Señor 42',
  ])('the name %s is taken', (client_name) => {
    expect(check({ client_name }).client.name).toBe(client_name);
  });

  it('what would not be given, and is not asked for', () => {
    expect(check({ require_signed_request_object: false })).toEqual(check());
  });

  it('REG9: what is not known is ignored, and nothing of it is kept', () => {
    const given = {
      firstParty: true,
      audience: 'https://x.example/',
      pkceExempt: true,
      contacts: ['a@example.com'],
      exchange: {},
    };
    const spiked = JSON.parse(`{"__proto__":{"firstParty":true},"constructor":1,${JSON.stringify(given).slice(1)}`);
    expect(check(spiked)).toEqual(check());
  });

  it('CON2: it is nobody’s own, and never more than the brand file allows today', () => {
    const { client, uris } = check();
    const registration = {
      client: { id: 'dyn_x', ...client },
      uris,
      secretHashes: [],
      accessHash: '',
      registeredAt: 0,
      version: 1,
    };
    const narrowed = { ...brand, dynamicRegistration: { ...allowed, scopes: ['openid', 'orders:read'] } };
    expect(registeredClient(narrowed, registration)?.client).toMatchObject({
      firstParty: false,
      selfRegistered: true,
      scopes: ['openid'],
      audience: allowed.audience,
      origins: [],
    });
    expect(registeredClient(without, registration)).toBeUndefined();
    expect(registeredClient(brand, undefined)).toBeUndefined();
  });
});

describe('DCR1: what a registration may not say', () => {
  it.each<[string, Json, string]>([
    ['an http address', { redirect_uris: ['http://trail.example/cb'] }, 'invalid_redirect_uri'],
    ['a fragment', { redirect_uris: ['https://trail.example/cb#x'] }, 'invalid_redirect_uri'],
    ['an empty fragment', { redirect_uris: ['https://trail.example/cb#'] }, 'invalid_redirect_uri'],
    ['a wildcard', { redirect_uris: ['https://*.trail.example/cb'] }, 'invalid_redirect_uri'],
    ['a user name', { redirect_uris: ['https://a@trail.example/cb'] }, 'invalid_redirect_uri'],
    ['a script', { redirect_uris: ['javascript:alert(1)'] }, 'invalid_redirect_uri'],
    ['data', { redirect_uris: ['data:text/html,x'] }, 'invalid_redirect_uri'],
    ['a scheme of its own', { redirect_uris: ['trail://cb'] }, 'invalid_redirect_uri'],
    [
      'a host that only begins like loopback',
      { redirect_uris: ['http://localhost.trail.example/cb'] },
      'invalid_redirect_uri',
    ],
    ['no address', { redirect_uris: [] }, 'invalid_redirect_uri'],
    ['an address that is no text', { redirect_uris: [1] }, 'invalid_redirect_uri'],
    ['one text for a list', { redirect_uris: callback }, 'invalid_redirect_uri'],
    [
      'eleven addresses',
      { redirect_uris: Array.from({ length: 11 }, (_, i) => `https://t.example/${i}`) },
      'invalid_redirect_uri',
    ],
    ['a script as logo', { logo_uri: 'javascript:alert(1)' }, 'invalid_client_metadata'],
    ['data as terms', { tos_uri: 'data:text/html,x' }, 'invalid_client_metadata'],
    ['http as policy', { policy_uri: 'http://trail.example/' }, 'invalid_client_metadata'],
    ['http as home', { client_uri: 'http://trail.example/' }, 'invalid_client_metadata'],
    [
      'keys to fetch',
      { token_endpoint_auth_method: 'private_key_jwt', jwks_uri: 'https://169.254.169.254/' },
      'invalid_client_metadata',
    ],
    ['a sector to fetch', { sector_identifier_uri: 'https://169.254.169.254/' }, 'invalid_client_metadata'],
    ['a place to call', { backchannel_logout_uri: 'https://169.254.169.254/' }, 'invalid_client_metadata'],
    ['encryption', { id_token_encrypted_response_alg: 'RSA-OAEP-256' }, 'invalid_client_metadata'],
    ['no key', { token_endpoint_auth_method: 'private_key_jwt' }, 'invalid_client_metadata'],
    ['a key without use', { jwks: { keys: [] } }, 'invalid_client_metadata'],
    ['an unknown method', { token_endpoint_auth_method: 'tls_client_auth' }, 'invalid_client_metadata'],
    ['the implicit grant', { grant_types: ['implicit'] }, 'invalid_client_metadata'],
    ['tokens for itself', { grant_types: ['client_credentials'] }, 'invalid_client_metadata'],
    ['refresh alone', { grant_types: ['refresh_token'] }, 'invalid_client_metadata'],
    ['a token response', { response_types: ['token'] }, 'invalid_client_metadata'],
    ['no signature', { id_token_signed_response_alg: 'none' }, 'invalid_client_metadata'],
    ['a shared key', { id_token_signed_response_alg: 'HS256' }, 'invalid_client_metadata'],
    ['pairwise subjects', { subject_type: 'pairwise' }, 'invalid_client_metadata'],
    ['a scope of others', { scope: 'openid orders:read' }, 'invalid_client_metadata'],
    [
      'offline access without refresh',
      { scope: 'offline_access', grant_types: ['authorization_code'] },
      'invalid_client_metadata',
    ],
    ['the name of the brand', { client_name: 'N o r t h w i n d support' }, 'invalid_client_metadata'],
    ['the name of an application', { client_name: 'Warehouse system of a partner' }, 'invalid_client_metadata'],
    ['markup for a name', { client_name: '<b>Trail</b>' }, 'invalid_client_metadata'],
    ['a name that runs backwards', { client_name: 'Good\u202Eapp' }, 'invalid_client_metadata'],
    ['a name with what nobody sees', { client_name: 'Trail\u200Bdiary' }, 'invalid_client_metadata'],
    ['a name with a filler that is a letter', { client_name: 'Trail\u3164diary' }, 'invalid_client_metadata'],
    ['half a character', { client_name: 'Trail \ud800' }, 'invalid_client_metadata'],
    ['a private character', { client_name: 'Trail \ue000' }, 'invalid_client_metadata'],
    ['the brand with a Cyrillic letter', { client_name: 'N\u043Erthwind' }, 'invalid_client_metadata'],
    ['the brand with a Greek letter', { client_name: 'Northw\u03B9nd' }, 'invalid_client_metadata'],
    ['a word of two scripts', { client_name: 'Tr\u0430il diary' }, 'invalid_client_metadata'],
    ['a script that nobody writes today', { client_name: '\u13B3\u13AA' }, 'invalid_client_metadata'],
    ['the brand in wide letters', { client_name: '\uFF2Eorthwind' }, 'invalid_client_metadata'],
    ['the brand with an accent', { client_name: 'N\u00F6rthwind' }, 'invalid_client_metadata'],
    ['the brand with a mark of its own', { client_name: 'No\u0308rthwind' }, 'invalid_client_metadata'],
    ['an address without slashes', { redirect_uris: ['https:trail.example/cb'] }, 'invalid_redirect_uri'],
    ['an address with one slash', { redirect_uris: ['https:/trail.example/cb'] }, 'invalid_redirect_uri'],
    ['an address with three slashes', { redirect_uris: ['https:///trail.example/cb'] }, 'invalid_redirect_uri'],
    ['an address that a parser reads otherwise', { redirect_uris: ['https://0x7f.1/cb'] }, 'invalid_redirect_uri'],
    ['letters that no address has', { redirect_uris: ['https://tr\u0430il.example/cb'] }, 'invalid_redirect_uri'],
    ['an address that runs backwards', { redirect_uris: ['https://trail.example/\u202Ecb'] }, 'invalid_redirect_uri'],
    ['loopback that runs backwards', { redirect_uris: ['http://localhost/\u202Ecb'] }, 'invalid_redirect_uri'],
    ['a home without slashes', { client_uri: 'https:trail.example' }, 'invalid_client_metadata'],
    ['a way out without slashes', { post_logout_redirect_uris: ['https:trail.example'] }, 'invalid_client_metadata'],
    ['signed requests', { require_signed_request_object: true }, 'invalid_client_metadata'],
    ['an algorithm of requests', { request_object_signing_alg: 'RS256' }, 'invalid_client_metadata'],
    ['an age of sign-ins', { default_max_age: 60 }, 'invalid_client_metadata'],
    ['a level of sign-ins', { default_acr_values: ['aal2'] }, 'invalid_client_metadata'],
    ['tokens by certificate', { tls_client_certificate_bound_access_tokens: true }, 'invalid_client_metadata'],
    ['signed answers', { authorization_signed_response_alg: 'RS256' }, 'invalid_client_metadata'],
    ['a statement', { software_statement: 'e30.e30.' }, 'invalid_software_statement'],
  ])('%s', (_, changed, error) => {
    expect(refused(changed).error).toBe(error);
  });

  it('a private key', () => {
    const key = { kid: 'k', alg: 'ES256', kty: 'EC', crv: 'P-256', x: 'x', y: 'y', d: 'd' };
    const { error, description } = refused({ token_endpoint_auth_method: 'private_key_jwt', jwks: { keys: [key] } });
    expect([error, description]).toEqual(['invalid_client_metadata', expect.stringContaining('private member')]);
  });

  it('a key that is not there twice, or does not fit', () => {
    const { publicKey } = devKeyPair('any');
    const by = (keys: readonly Json[]) => ({ token_endpoint_auth_method: 'private_key_jwt', jwks: { keys } });
    expect(check(by([publicKey])).client.jwks?.keys).toEqual([publicKey]);
    for (const keys of [
      [publicKey, publicKey],
      [{ ...publicKey, x: 'x' }],
      [{ ...publicKey, kid: 'a b' }],
      [{ ...publicKey, use: 'enc' }],
    ]) {
      expect(refused(by(keys)).error).toBe('invalid_client_metadata');
    }
  });
});
