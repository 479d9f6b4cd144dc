import type { Acr } from '../shared/domain/assurance.ts';
import type { Brand, Client } from '../shared/domain/brand.ts';
import { enrolledFactors } from '../shared/domain/factors.ts';
import type { FlowId, Random } from '../shared/domain/id.ts';
import { pendingSignIn } from '../shared/domain/let-in.ts';
import { levelOfAccount } from '../shared/domain/recent-sign-in.ts';
import { noRisk } from '../shared/domain/risk.ts';
import type { SessionDevice } from '../shared/domain/session.ts';
import { standingOf } from '../shared/domain/session-standing.ts';
import type { SignedInPerson } from '../shared/domain/signed-in-person.ts';
import { factorsThat } from '../shared/domain/step-up.ts';
import type { Bound } from '../shared/store/bind.ts';
import type { findCredentials } from '../shared/store/credential-store.ts';
import type { enter } from '../shared/store/enter.ts';
import type { SealingRing } from '../shared/vault/sealing-ring.ts';

export interface StepUpDeps {
  readonly brand: Brand;
  readonly random: Random;
  readonly sealing: SealingRing;
  readonly store: Bound<{ readonly findCredentials: typeof findCredentials; readonly enter: typeof enter }>;
}

/**
 * Begins to make the session of a browser a stronger one: it lives on as it is until the second factor is proven. Two waves.
 * @param wish the level that a client asks for, which may be beyond the account: then the best that it can show. Without
 * one it is that of the account, for a page of it: no less will do
 * @returns `enrol` where the account has no factor, `sign-in` where none would do beside what the sign-in proved
 * @throws Refusal `unavailable`
 */
export async function startStepUp(
  { brand, random, sealing, store }: StepUpDeps,
  { session, user, personal }: SignedInPerson,
  client: Client,
  device: SessionDevice,
  wish: { readonly acr: Acr | undefined } | undefined,
  now: number,
): Promise<FlowId | 'enrol' | 'sign-in'> {
  const owned = await store.findCredentials(user.identHash);
  const { enrolled } = owned;
  const { methods } = standingOf(session, brand.authentication, now);
  const wanted = wish ? wish.acr : levelOfAccount(owned);
  const reaching = factorsThat(methods, enrolled, { wanted, second: true });
  const factors = reaching.length > 0 || !wish ? reaching : factorsThat(methods, enrolled, { second: true });
  if (factors.length === 0) return enrolledFactors(enrolled).length > 0 ? 'sign-in' : 'enrol';
  const proof = {
    userId: user.id,
    email: personal.email,
    methods,
    device,
    locale: user.locale,
    enrolled,
    risk: noRisk,
    since: session,
  };
  const entry = pendingSignIn({ brand, random, now, ...sealing }, { at: 'browser', client }, proof, factors);
  await store.enter(entry, now);
  return entry.pending.id;
}
