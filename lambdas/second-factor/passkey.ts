import { credentialHash, userOfHandle } from '../shared/domain/passkey.ts';
import { challengeIn, challengeUntil, secondFactorChallenge } from '../shared/domain/passkey-challenge.ts';
import { verificationBeside } from '../shared/domain/passkey-options.ts';
import { check } from '../shared/domain/refusal.ts';
import { type Assertion, verifyAssertion } from '../shared/domain/verify-passkey.ts';
import type { FactorKindRules } from './factor-kinds.ts';

/**
 * A passkey of the person who has shown another proof: one of those that were asked for (PK5). Its challenge was made for
 * this flow, and dies with it: the transaction that ends the sign-in consumes both (PK1).
 */
export const passkey: FactorKindRules = {
  read: async ({ brand, rp, sealing, store }, { user, flow, secrets }) => {
    const passkeys = await store.listPasskeys(user);
    return async (given, now) => {
      // The contract, or the page, has held it to its shape.
      const assertion = JSON.parse(given) as Assertion;
      const challenge = challengeIn(assertion.response.clientDataJSON);
      const until = challengeUntil(sealing.mac, challenge, secondFactorChallenge(flow.id), now);
      check(until !== undefined, 'passkey_invalid');
      const known = passkeys.find(({ hash }) => hash === credentialHash(assertion.id));
      check(known !== undefined, 'passkey_unknown');
      // WebAuthn Level 3, section 7.2, step 6: an authenticator that names somebody names the person of the flow.
      const { userHandle } = assertion.response;
      check(!userHandle || userOfHandle(userHandle) === user, 'passkey_invalid');
      const { signCount } = brand.authentication.passkeys;
      const terms = { challenge, signCount, userVerification: verificationBeside(secrets.methods) };
      const { userVerified, counter, backedUp, suspect } = await verifyAssertion(rp, assertion, known, terms);
      const change = { counter, backedUp, lastUsedAt: now, ...(suspect && { suspectedAt: now }) };
      return {
        method: userVerified ? 'passkey-uv' : 'passkey',
        spent: { factor: 'passkey', passkey: known, change },
      };
    };
  },
};
