import type { Route } from '../../lambdas/shared/domain/capability.ts';

/**
 * What a route has to do with sessions. `session`: it may begin one, so it goes through the gate (LOG2). `step`: a part of a
 * journey that begins none. `person`: only for somebody who is signed in (MFA5). `client`: for a client that proves who
 * it is. `open`: for anybody, about nobody.
 */
export type RouteClass = 'session' | 'step' | 'person' | 'client' | 'open';

/** Every route whose class does not follow from its `auth` or its place. One that is missing here fails a test. */
const classes: Readonly<Record<string, RouteClass>> = {
  'POST /v1/registrations': 'step',
  'POST /v1/registrations/{flow}/resend': 'step',
  'POST /v1/registrations/{flow}/verification': 'session',
  'GET /sign-up': 'open',
  'POST /sign-up': 'step',
  'GET /sign-up/verify': 'step',
  'POST /sign-up/verify': 'session',
  'POST /sign-up/resend': 'step',
  'POST /v1/login/password': 'session',
  'POST /v1/login/code': 'step',
  'POST /v1/login/code/{flow}': 'session',
  'POST /v1/login/text': 'step',
  'GET /sign-in': 'open',
  'POST /sign-in': 'step',
  'GET /sign-in/password': 'step',
  'POST /sign-in/password': 'session',
  'POST /sign-in/code/start': 'step',
  'GET /sign-in/code': 'step',
  'POST /sign-in/code': 'session',
  'GET /sign-in/link': 'step',
  'POST /sign-in/link': 'session',
  'POST /v1/login/second-factor/{flow}': 'session',
  'POST /v1/login/second-factor/{flow}/passkey': 'step',
  'POST /v1/login/second-factor/{flow}/code': 'step',
  'GET /sign-in/second-factor': 'step',
  'POST /sign-in/second-factor': 'session',
  'POST /sign-in/second-factor/code': 'step',
  'POST /v1/login/passkey/options': 'step',
  'POST /v1/login/passkey': 'session',
  'GET /sign-in/passkey': 'open',
  'POST /sign-in/passkey': 'session',
  'GET /.well-known/webauthn': 'open',
  'GET /.well-known/passkey-endpoints': 'open',
  'POST /v1/recoveries': 'step',
  'POST /v1/recoveries/{flow}/password': 'step',
  'GET /recover': 'open',
  'POST /recover': 'step',
  'POST /recover/resend': 'step',
  'GET /recover/not-me': 'open',
  'POST /recover/not-me': 'step',
  'GET /recover/password': 'step',
  'POST /recover/password': 'step',
  'POST /v1/factor-recoveries': 'step',
  'POST /v1/factor-recoveries/{flow}': 'step',
  'GET /recover/factors': 'open',
  'POST /recover/factors': 'step',
  'GET /recover/factors/code': 'step',
  'POST /recover/factors/code': 'step',
  'GET /recover/factors/cancel': 'step',
  'POST /recover/factors/cancel': 'step',
  'GET /oauth2/authorize': 'step',
  'POST /oauth2/authorize': 'step',
  'GET /oauth2/authorize/continue': 'step',
  'GET /consent': 'person',
  'POST /consent': 'person',
  'GET /purposes': 'person',
  'POST /purposes': 'person',
  'GET /choose-account': 'person',
  'POST /choose-account': 'person',
  'GET /device': 'open',
  'POST /device': 'step',
  'GET /device/confirm': 'person',
  'POST /device/confirm': 'person',
  'GET /oauth2/logout': 'open',
  'POST /oauth2/logout': 'open',
  'POST /oauth2/logout/confirm': 'open',
  'GET /.well-known/openid-configuration': 'open',
  'GET /.well-known/oauth-authorization-server': 'open',
  'GET /.well-known/jwks.json': 'open',
  'GET /email-change/cancel': 'step',
  'POST /email-change/cancel': 'step',
};

/** The class of a route; nothing for one that nobody has classified. */
export function classOf({ method, path, auth }: Route): RouteClass | undefined {
  if (auth === 'bearer' || path === '/account' || path.startsWith('/account/')) return 'person';
  if (auth === 'client' || auth === 'registration') return 'client';
  return classes[`${method} ${path}`];
}

/** Route keys that the table names. */
export const classified: readonly string[] = Object.keys(classes);
