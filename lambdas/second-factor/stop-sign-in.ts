import { activityItemKey, type StoppedSignIn, stoppedActivityId } from '../shared/domain/activity.ts';
import { newEvent } from '../shared/domain/event.ts';
import type { Random } from '../shared/domain/id.ts';
import { deviceOf, type SignInCaller } from '../shared/domain/sign-in-caller.ts';
import type { SealingRing } from '../shared/vault/sealing-ring.ts';
import type { PendingSignIn } from './factor-kinds.ts';

/**
 * What is told of a sign-in whose first proof was right, and at whose second somebody guesses: once an hour for one person,
 * however many sign-ins are begun (LOG5, MFA4).
 */
export function stoppedSignIn(
  { random, sealing }: { readonly random: Random; readonly sealing: Pick<SealingRing, 'sealEphemeral'> },
  { flow, user, secrets }: PendingSignIn,
  caller: SignInCaller,
  now: number,
): StoppedSignIn {
  const { reasons } = secrets.risk;
  const event = newEvent('sign_in.stopped', { sub: user, client: flow.clientId, reasons: [...reasons] }, now, random);
  const id = stoppedActivityId(now);
  const sealed = sealing.sealEphemeral(activityItemKey(user, id), deviceOf(caller));
  return {
    event,
    activity: { userId: user, id, at: now, outcome: 'stopped', reasons, clientId: flow.clientId, sealed },
  };
}
