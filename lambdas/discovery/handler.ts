import { api } from '../shared/http/api.ts';
import { startRuntime } from '../shared/http/runtime.ts';
import { authorizationServerMetadata } from './authorization-server-metadata.ts';
import { contract } from './contract.ts';
import { providerMetadata } from './provider-metadata.ts';

const runtime = startRuntime();
const { brand, issuer } = runtime;

/** Seconds; far below the day that a next key is published before it signs (TK5, TK6). */
const cacheable = { 'cache-control': 'public, max-age=300' };

export const handler = api(runtime, contract, {
  'GET /.well-known/openid-configuration': async () => {
    return { status: 200, headers: cacheable, body: providerMetadata(issuer, brand) };
  },

  'GET /.well-known/oauth-authorization-server': async () => {
    return { status: 200, headers: cacheable, body: authorizationServerMetadata(issuer, brand) };
  },

  'GET /.well-known/jwks.json': async () => {
    const { jwks } = await runtime.publicKeys();
    return { status: 200, headers: { ...cacheable, 'content-type': 'application/jwk-set+json' }, body: jwks };
  },
});
