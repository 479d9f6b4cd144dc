import type { Client } from '../../lambdas/shared/domain/brand.ts';
import { registeredPrefix } from '../../lambdas/shared/domain/clients.ts';
import type { ClientAddresses } from '../brand-definition.ts';
import { keyProblems } from './client-key-problems.ts';
import { duplicates, type Problem, quoted, type Rule } from './problem.ts';

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);
const CLIENT_ID = /^[A-Za-z0-9][A-Za-z0-9._-]{2,63}$/;
/** RFC 6749 section 3.3: printable ASCII without space, quote and backslash. */
const SCOPE = /^[\x21\x23-\x5B\x5D-\x7E]{1,64}$/;
/** Scopes that speak about a person; a client that acts only for itself has nobody to ask about. */
const PERSON_SCOPES = ['openid', 'profile', 'email', 'offline_access'];

/** Where http for this machine is allowed: for developers, it may be in the dev stage alone. */
type LocalHttp = 'here' | 'in stages.dev.clients';

const orLocal = (localHttp: LocalHttp) =>
  `must be https (http only for localhost${localHttp === 'here' ? '' : ` and only ${localHttp}`})`;

/**
 * What makes a redirect URI unsafe, or nothing. Codes go there, so that it must be one exact https address; plain
 * http only to the machine that the browser runs on (RFC 9700 section 2.1, RFC 8252 section 7.3).
 */
function redirectUriFault(uri: string, localHttp: LocalHttp): string | undefined {
  if (uri.includes('*')) return 'must be exact, without a wildcard';
  if (!URL.canParse(uri)) return 'must be an absolute https URL';
  const url = new URL(uri);
  const isLocal = url.protocol === 'http:' && LOOPBACK.has(url.hostname);
  if (url.protocol !== 'https:' && !(isLocal && localHttp === 'here')) return orLocal(localHttp);
  if (uri.includes('#')) return 'must have no fragment';
  if (url.username !== '' || url.password !== '') return 'must have no user name or password';
  return undefined;
}

/** What makes an address that Latchkey itself calls unsafe, or nothing: it is of another machine, over TLS (LO2). */
function calledUriFault(uri: string): string | undefined {
  if (URL.canParse(uri) && new URL(uri).protocol === 'http:') return 'must be https';
  if (URL.canParse(uri) && LOOPBACK.has(new URL(uri).hostname)) return 'must be of another machine';
  return redirectUriFault(uri, 'here');
}

/** What makes an origin unsafe, or nothing. CORS and CSP compare it byte by byte, so that it is in its own exact form. */
function originFault(origin: string, localHttp: LocalHttp): string | undefined {
  if (origin.includes('*')) return 'must be exact, without a wildcard';
  if (!URL.canParse(origin)) return 'must be an https origin like https://app.example.com';
  const url = new URL(origin);
  const isLocal = url.protocol === 'http:' && LOOPBACK.has(url.hostname);
  if (url.protocol !== 'https:' && !(isLocal && localHttp === 'here')) return orLocal(localHttp);
  return url.origin === origin ? undefined : `must be the origin alone: ${url.origin}`;
}

/**
 * Redirect URIs and origins of a client, or those that a stage adds to one. Any program of a machine can wait at a
 * loopback address, so that whose person is not asked for consent has none but in the dev stage (RFC 8252 section 8.6).
 * @param localHttp for callers by CORS, and for the codes of a first-party client
 */
export function* addressProblems(
  prefix: string,
  { redirectUris = [], postLogoutRedirectUris = [], origins = [], onwardOrigins = [] }: ClientAddresses,
  { firstParty }: Pick<Client, 'firstParty'>,
  localHttp: LocalHttp,
): Generator<Problem> {
  const redirects = [
    ['redirectUris', redirectUris, firstParty ? localHttp : 'here'],
    ['postLogoutRedirectUris', postLogoutRedirectUris, 'here'],
  ] as const;
  for (const [list, uris, where] of redirects) {
    for (const [i, uri] of uris.entries()) {
      const fault = redirectUriFault(uri, where);
      if (fault !== undefined) yield { key: `${prefix}.${list}[${i}]`, says: `${quoted(uri)} ${fault}` };
    }
    yield* duplicates(uris, (i) => `${prefix}.${list}[${i}]`);
  }
  const lists = { origins: [origins, localHttp], onwardOrigins: [onwardOrigins, 'here'] } as const;
  for (const [list, [values, where]] of Object.entries(lists)) {
    for (const [i, origin] of values.entries()) {
      const fault = originFault(origin, where);
      if (fault !== undefined) yield { key: `${prefix}.${list}[${i}]`, says: `${quoted(origin)} ${fault}` };
    }
    yield* duplicates(values, (i) => `${prefix}.${list}[${i}]`);
  }
}

/** Whether the text is a scope token of RFC 6749 section 3.3. */
export function isScope(text: string): boolean {
  return SCOPE.test(text);
}

/** A URI with a scheme and without a fragment (RFC 8707 section 2). */
export function isAudience(value: string): boolean {
  return URL.canParse(value) && !value.includes('#') && !value.includes('*');
}

/** Keys where they verify something, and pushed requests where there are requests. */
function* authenticationProblems(key: string, client: Client): Generator<Problem> {
  const { authentication, jwks, requirePushedRequests, grants } = client;
  if (authentication === 'private_key_jwt' && (jwks?.keys ?? []).length === 0) {
    yield { key: `${key}.jwks`, says: 'must hold a public key, since authentication is private_key_jwt' };
  }
  if (authentication !== 'private_key_jwt' && jwks !== undefined) {
    yield { key: `${key}.jwks`, says: `must be left out where authentication is ${authentication}` };
  }
  yield* keyProblems(`${key}.jwks`, jwks?.keys ?? []);
  if (requirePushedRequests === true && !grants.includes('authorization_code')) {
    yield { key: `${key}.requirePushedRequests`, says: 'needs authorization_code among the grants' };
  }
}

/** Token exchange speaks for a person elsewhere: only a client that authenticates, and only where it is said to which APIs. */
function* exchangeProblems(key: string, { exchange, grants, authentication }: Client): Generator<Problem> {
  const has = grants.includes('urn:ietf:params:oauth:grant-type:token-exchange');
  if (has && authentication === 'none') {
    yield {
      key: `${key}.grants`,
      says: 'must not hold urn:ietf:params:oauth:grant-type:token-exchange where authentication is none (client_secret_basic, client_secret_post or private_key_jwt)',
    };
  }
  if (has && (exchange?.audiences ?? []).length === 0) {
    yield {
      key: `${key}.exchange`,
      says: 'must name one API or more in audiences, since token-exchange is among the grants',
    };
  }
  if (!has && exchange !== undefined) {
    yield {
      key: `${key}.exchange`,
      says: 'needs urn:ietf:params:oauth:grant-type:token-exchange among the grants',
    };
  }
  const audiences = exchange?.audiences ?? [];
  for (const [i, audience] of audiences.entries()) {
    if (!isAudience(audience)) {
      yield {
        key: `${key}.exchange.audiences[${i}]`,
        says: `${quoted(audience)} must be an absolute URI without a fragment`,
      };
    }
  }
  yield* duplicates(audiences, (i) => `${key}.exchange.audiences[${i}]`);
}

function* problemsOf(key: string, client: Client): Generator<Problem> {
  if (client.id.startsWith('usr_')) {
    // RFC 9700 section 4.15: a client must not be able to pass for a person whose `sub` looks like its id.
    yield { key: `${key}.id`, says: `${quoted(client.id)} must not start with usr_, which begins the ids of people` };
  } else if (client.id.startsWith(registeredPrefix)) {
    yield {
      key: `${key}.id`,
      says: `${quoted(client.id)} must not start with ${registeredPrefix}, which begins the ids of clients that register themselves`,
    };
  } else if (!CLIENT_ID.test(client.id)) {
    yield {
      key: `${key}.id`,
      says: `${quoted(client.id)} must be 3 to 64 letters, digits, dots, dashes and underscores`,
    };
  }
  yield* addressProblems(key, client, client, 'in stages.dev.clients');
  const told = client.backchannelLogoutUri;
  const fault = told === undefined ? undefined : calledUriFault(told);
  if (fault !== undefined) yield { key: `${key}.backchannelLogoutUri`, says: `${quoted(told ?? '')} ${fault}` };
  yield* authenticationProblems(key, client);
  yield* duplicates(client.grants, (i) => `${key}.grants[${i}]`);
  if (client.authentication === 'none' && client.grants.includes('client_credentials')) {
    yield {
      key: `${key}.grants`,
      says: 'must not hold client_credentials where authentication is none (client_secret_basic, client_secret_post or private_key_jwt)',
    };
  }
  if (client.authentication === 'none' && client.pkceExempt) {
    yield {
      key: `${key}.pkceExempt`,
      says: 'must be left out where authentication is none: PKCE is all that protects the code of a public client',
    };
  }
  yield* exchangeProblems(key, client);
  yield* duplicates(client.scopes, (i) => `${key}.scopes[${i}]`);
  const forItselfOnly = client.grants.length > 0 && client.grants.every((grant) => grant === 'client_credentials');
  for (const [i, scope] of client.scopes.entries()) {
    const scopeKey = `${key}.scopes[${i}]`;
    if (!isScope(scope))
      yield { key: scopeKey, says: `${quoted(scope)} must be a scope token of RFC 6749 section 3.3` };
    if (forItselfOnly && PERSON_SCOPES.includes(scope)) {
      yield {
        key: scopeKey,
        says: `${quoted(scope)} must be left out, since a client with client_credentials alone acts for no person`,
      };
    }
    if (scope === 'offline_access' && !client.grants.includes('refresh_token')) {
      yield { key: scopeKey, says: '"offline_access" needs refresh_token among the grants' };
    }
  }
  if (!isAudience(client.audience)) {
    yield { key: `${key}.audience`, says: `${quoted(client.audience)} must be an absolute URI without a fragment` };
  }
}

/** Every client on its own, and that no two share an id. */
export const clientProblems: Rule = function* ({ clients }) {
  for (const [i, client] of clients.entries()) yield* problemsOf(`clients[${i}]`, client);
  yield* duplicates(
    clients.map(({ id }) => id),
    (i) => `clients[${i}].id`,
  );
};
