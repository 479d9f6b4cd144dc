import { type Acr, assuranceOf, type Method, reaches } from './assurance.ts';
import type { SecondFactorPolicy } from './authentication-policy.ts';
import { secondIsProven } from './decide-sign-in.ts';
import { enrolledFactors, type FactorSummary, type SecondFactor } from './factors.ts';
import type { Standing } from './session-standing.ts';

/** What one more proof has to bring. */
export interface StepUpDemand {
  /** A level, if one is asked for. */
  readonly wanted?: Acr | undefined;
  /** A second factor at all, whatever level comes of it. */
  readonly second: boolean;
}

/** The best that each factor can show. Mail brings no level (MFA8). */
const best: { readonly [F in SecondFactor]?: Method } = {
  passkey: 'passkey-uv',
  totp: 'totp',
  sms: 'sms',
  'recovery-code': 'recovery-code',
};

/** Factors of an account that would bring what is asked for beside what was proven, strongest first. */
export function factorsThat(
  proven: readonly Method[],
  enrolled: FactorSummary | undefined,
  { wanted, second }: StepUpDemand,
): readonly SecondFactor[] {
  return enrolledFactors(enrolled).filter((factor) => {
    const method = best[factor];
    if (method === undefined) return false;
    const together = [...new Set([...proven, method])];
    const reached = wanted === undefined || reaches(assuranceOf(together).acr, wanted);
    return reached && (!second || secondIsProven(together));
  });
}

/** Whether a session shows the second factor that a policy requires, and still does (LOG2). */
export function meetsPolicy(policy: SecondFactorPolicy, { lapsed, methods }: Standing): boolean {
  return policy !== 'required' || (lapsed === 'no' && secondIsProven(methods));
}
