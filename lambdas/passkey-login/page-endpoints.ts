import { offersPasskeys, relyingParty } from '../shared/domain/passkey.ts';
import { Refusal } from '../shared/domain/refusal.ts';
import { followEntry, onPages } from '../shared/http/browser-sign-in.ts';
import { type Draw, hostedPages, type Visit } from '../shared/http/page-visit.ts';
import { assertion, credentialEntry } from '../shared/http/passkey-fields.ts';
import { passkeyQuestion } from '../shared/http/passkey-question.ts';
import type { Runtime } from '../shared/http/runtime.ts';
import { signInCaller } from '../shared/http/sign-in-caller.ts';
import { open } from '../shared/vault/sealed-box.ts';
import { passkeyPage } from './passkey-page.tsx';
import { type PasskeySignInDeps, provePasskey } from './prove-passkey.ts';

/** The pages of a sign-in by passkey. */
export function pageEndpoints(runtime: Runtime, store: PasskeySignInDeps['store']) {
  const { brand, random, issuer } = runtime;
  const { ask, take } = hostedPages(runtime);
  const rp = relyingParty(brand, issuer);

  /** @param unknown a credential that the browser need not offer again */
  const page = (visit: Visit, unknown?: string): Draw => {
    const options = passkeyQuestion(runtime, visit);
    const tell = 'signalUnknownCredential' as const;
    const signal = unknown === undefined ? undefined : { tell, rpId: rp.id, credentialId: unknown };
    return (view) => passkeyPage(view, { options, signal });
  };

  return {
    'GET /sign-in/passkey': ask(async (visit) =>
      offersPasskeys(brand) ? visit.show(page(visit)) : visit.goTo('/sign-in'),
    ),

    'POST /sign-in/passkey': take(async (visit) => {
      const { said, sealing, request, client, locale, now, again, goTo } = visit;
      if (!offersPasskeys(brand)) return goTo('/sign-in');
      let shown: string | undefined;
      try {
        const given = credentialEntry(assertion, said.credential);
        shown = given.id;
        const caller = signInCaller(sealing, request, locale, now);
        const deps = { brand, rp, random, sealing, open, store };
        return followEntry(
          runtime,
          visit,
          await provePasskey(deps, given, onPages(visit).entranceOf(client), caller, now),
        );
      } catch (error) {
        const dead = error instanceof Refusal && error.code === 'passkey_unknown';
        return again(page(visit, dead ? shown : undefined), error, {});
      }
    }),
  };
}
