import { assuranceOf, type Method, reaches } from './assurance.ts';
import type { SecondFactorPolicy } from './authentication-policy.ts';
import { enrolledFactors, type FactorSummary, type SecondFactor } from './factors.ts';
import type { Risk } from './risk.ts';

/** What is known when the first proof, or the next one, has been given. */
export interface SignInFacts {
  readonly policy: SecondFactorPolicy;
  /** What the account has enrolled. */
  readonly enrolled: FactorSummary | undefined;
  /** Proofs given so far, in their order. */
  readonly methods: readonly Method[];
  readonly risk: Risk;
}

/** What comes next. `enrol`: the policy wants a second factor and there is none. */
export type SignInDecision =
  | { readonly next: 'allow' }
  | { readonly next: 'second-factor'; readonly factors: readonly SecondFactor[] }
  | { readonly next: 'enrol' }
  | { readonly next: 'deny' };

const mail: readonly Method[] = ['mailed-code', 'mailed-link'];

/** The factor that each method has used up: a text message is not its own second factor. */
const factorOf: { readonly [M in Method]?: SecondFactor } = {
  sms: 'sms',
  totp: 'totp',
  passkey: 'passkey',
  'recovery-code': 'recovery-code',
};

/** Whether two things were proven that are worth two: mail is worth none beside a password (MFA8). */
export function secondIsProven(methods: readonly Method[]): boolean {
  const factors = methods.filter((method) => !mail.includes(method));
  return (
    reaches(assuranceOf(methods).acr, 'aal2') || (methods.length > 1 && factors.length > 0 && factors[0] !== 'password')
  );
}

/** The factors that the proofs have not used up. Recovery codes stand in for one of them, and are none by themselves. */
function leftOf(enrolled: FactorSummary | undefined, methods: readonly Method[]): readonly SecondFactor[] {
  const used = methods.map((method) => factorOf[method]);
  const left = enrolledFactors(enrolled).filter((factor) => !used.includes(factor));
  return left.every((factor) => factor === 'recovery-code') ? [] : left;
}

/** Decides what a sign-in needs next: pure, hence a table in the tests (LOG2, MFA5). */
export function decideSignIn({ policy, enrolled, methods, risk }: SignInFacts): SignInDecision {
  if (risk.outcome === 'deny') return { next: 'deny' };
  if (secondIsProven(methods)) return { next: 'allow' };

  const factors = policy === 'off' ? [] : leftOf(enrolled, methods);
  // A challenge (proof of work) was passed before, or nobody asked for one: what is riskier is asked no less.
  const risky = risk.outcome !== 'allow';
  if (factors.length > 0 && (policy !== 'risk-based' || risky)) return { next: 'second-factor', factors };
  if (policy === 'required' && factors.length === 0) return { next: 'enrol' };
  const mailSeen = methods.some((method) => mail.includes(method));
  return risky && !mailSeen ? { next: 'second-factor', factors: ['mailed-code'] } : { next: 'allow' };
}
