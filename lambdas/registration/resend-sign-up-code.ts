import type { FlowStarted } from '../shared/domain/code-flow.ts';
import type { Front } from '../shared/domain/flow.ts';
import type { FlowId } from '../shared/domain/id.ts';
import { Refusal } from '../shared/domain/refusal.ts';
import { type ResendDeps, resendCode } from '../shared/domain/resend-code.ts';

/**
 * Mails a new code for a sign-up in progress; the old one dies with the same write (VC6).
 * @throws Refusal `flow_expired`, `too_many_requests`, `unavailable`
 */
export async function resendSignUpCode(
  deps: ResendDeps,
  id: FlowId,
  at: Front,
  ip: string,
  now: number,
): Promise<FlowStarted> {
  const resent = await resendCode(deps, id, { purpose: 'registration', at, caller: { ip } }, now);
  if (!resent) throw new Refusal('flow_expired');
  return resent;
}
