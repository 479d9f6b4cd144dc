import { newEvent } from '../shared/domain/event.ts';
import type { Random, SessionId, UserId } from '../shared/domain/id.ts';
import { OAuthRefusal } from '../shared/oidc/oauth-refusal.ts';
import type { Bound } from '../shared/store/bind.ts';
import type { endSession } from '../shared/store/session-store.ts';

interface Deps {
  readonly random: Random;
  readonly store: Bound<{ readonly endSession: typeof endSession }>;
}

/**
 * Refuses a proof that was used before (RFC 9449 section 11.1). It is found out beside the work, in the same wave: where
 * the session has moved on already, its new tokens go to nobody and it ends here (fail closed).
 * @throws OAuthRefusal `invalid_dpop_proof`, always; Refusal `unavailable`
 */
export async function refuseUsedProof(
  { random, store }: Deps,
  { user, session, moved }: { readonly user: UserId; readonly session: SessionId; readonly moved: boolean },
  now: number,
): Promise<never> {
  if (moved) {
    const data = { sub: user, session, reason: 'revoked' } as const;
    await store.endSession(user, session, newEvent('session.ended', data, now, random), now);
  }
  throw new OAuthRefusal('invalid_dpop_proof', 'the proof was used before');
}
