import { firstPartyClient } from '../shared/domain/clients.ts';
import { offersPasskeys, relyingParty } from '../shared/domain/passkey.ts';
import { newChallenge, signInChallenge } from '../shared/domain/passkey-challenge.ts';
import { discoverableOptions } from '../shared/domain/passkey-options.ts';
import { check } from '../shared/domain/refusal.ts';
import { signClientIn } from '../shared/http/client-sign-in.ts';
import type { BodyOf } from '../shared/http/contract.ts';
import type { Reply } from '../shared/http/reply.ts';
import type { Request } from '../shared/http/request.ts';
import type { Runtime } from '../shared/http/runtime.ts';
import { signInCaller } from '../shared/http/sign-in-caller.ts';
import { negotiateLocale } from '../shared/messages/negotiate-locale.ts';
import { clientEntrance } from '../shared/oidc/client-entrance.ts';
import { open } from '../shared/vault/sealed-box.ts';
import type { contract } from './contract.ts';
import { type PasskeySignInDeps, provePasskey } from './prove-passkey.ts';

type Asked<Route extends keyof typeof contract> = Request<BodyOf<(typeof contract)[Route]>>;

/** What changes with a deployment only. */
const cached = { 'cache-control': 'public, max-age=3600' } as const;

/** Sign-in by passkey at a client's own screens, and what browsers ask a relying party. */
export function passkeyEndpoints(runtime: Runtime, store: PasskeySignInDeps['store']) {
  const { brand, issuer, random, clock } = runtime;
  const rp = relyingParty(brand, issuer);

  return {
    'POST /v1/login/passkey/options': async ({ body }: Asked<'POST /v1/login/passkey/options'>): Promise<Reply> => {
      check(offersPasskeys(brand), 'not_found');
      const { id } = firstPartyClient(brand, body.client_id);
      const { mac } = await runtime.sealing();
      const challenge = newChallenge(mac, random, signInChallenge(id), clock());
      return { status: 200, body: discoverableOptions(rp, challenge) };
    },

    'POST /v1/login/passkey': async (request: Asked<'POST /v1/login/passkey'>): Promise<Reply> => {
      check(offersPasskeys(brand), 'not_found');
      const { body, headers } = request;
      const now = clock();
      const entrance = clientEntrance(brand, body.client_id, body.scope);
      const locale = negotiateLocale(brand.locales, { acceptLanguage: headers['accept-language'] });
      return signClientIn(runtime, request, now, (sealing) => {
        const deps = { brand, rp, random, sealing, open, store };
        return provePasskey(deps, body.credential, entrance, signInCaller(sealing, request, locale, now), now);
      });
    },

    'GET /.well-known/webauthn': async (): Promise<Reply> => {
      return { status: 200, headers: cached, body: { origins: rp.origins } };
    },

    'GET /.well-known/passkey-endpoints': async (): Promise<Reply> => {
      check(offersPasskeys(brand), 'not_found');
      const passkeys = `${issuer}/account/security/passkeys`;
      return { status: 200, headers: cached, body: { enroll: passkeys, manage: passkeys } };
    },
  };
}
