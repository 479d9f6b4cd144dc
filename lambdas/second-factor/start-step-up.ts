import type { Acr } from '../shared/domain/assurance.ts';
import type { Brand, Client } from '../shared/domain/brand.ts';
import { enrolledFactors } from '../shared/domain/factors.ts';
import type { FlowId, Random } from '../shared/domain/id.ts';
import { pendingSignIn } from '../shared/domain/let-in.ts';
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
 * @param wanted the level that is asked for; factors that do not reach it are offered only if it is not `firm` and none does
 * @returns `enrol` where the account has no factor, `sign-in` where none would do beside what the sign-in proved
 * @throws Refusal `unavailable`
 */
export async function startStepUp(
  { brand, random, sealing, store }: StepUpDeps,
  { session, user, personal }: SignedInPerson,
  client: Client,
  device: SessionDevice,
  wanted: { readonly acr: Acr | undefined; readonly firm: boolean },
  now: number,
): Promise<FlowId | 'enrol' | 'sign-in'> {
  const { enrolled } = await store.findCredentials(user.identHash);
  const { methods } = standingOf(session, brand.authentication, now);
  const reaching = factorsThat(methods, enrolled, { wanted: wanted.acr, second: false });
  const factors = reaching.length > 0 || wanted.firm ? reaching : enrolledFactors(enrolled);
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
  await store.enter(entry);
  return entry.pending.id;
}
