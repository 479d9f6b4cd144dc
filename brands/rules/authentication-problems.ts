import type { BrandDefinition } from '../brand-definition.ts';
import { duplicates, outside, type Problem, quoted, type Rule } from './problem.ts';

/** Seconds, both ends included: NIST SP 800-63B-4 ends an AAL2 session after a day, or an hour without use. */
const bounds = { absolute: [600, 86_400], idle: [300, 3600] } as const;

function* originProblems({ authentication }: BrandDefinition): Generator<Problem> {
  for (const [i, origin] of authentication.passkeys.relatedOrigins.entries()) {
    if (!URL.canParse(origin) || new URL(origin).origin !== origin || !origin.startsWith('https://')) {
      const key = `authentication.passkeys.relatedOrigins[${i}]`;
      yield { key, says: `${quoted(origin)} must be an https origin without a path: https://www.example.com` };
    }
  }
}

function* policyProblems({ authentication, clients }: BrandDefinition): Generator<Problem> {
  const { secondFactor, factors } = authentication;
  const asking = [
    { key: 'authentication.secondFactor', policy: secondFactor },
    ...clients.map((client, i) => ({ key: `clients[${i}].secondFactor`, policy: client.secondFactor ?? 'off' })),
  ];
  for (const { key, policy } of asking) {
    if (policy !== 'off' && factors.length === 0) {
      yield { key, says: `"${policy}" needs at least one of totp, passkey, sms in authentication.factors` };
    }
  }
}

/** Second factors, passkeys and levels of assurance: values that mean something together. */
export const authenticationProblems: Rule = function* (brand) {
  const { factors, passkeys, levels } = brand.authentication;
  yield* policyProblems(brand);
  yield* duplicates(factors, (i) => `authentication.factors[${i}]`);
  yield* outside('authentication.passkeys.max', passkeys.max, 1, 20);
  if (passkeys.passwordless && !factors.includes('passkey')) {
    yield { key: 'authentication.passkeys.passwordless', says: 'needs passkey in authentication.factors' };
  }
  yield* originProblems(brand);
  for (const name of ['absolute', 'idle'] as const) {
    const [min, max] = bounds[name];
    yield* outside(`authentication.levels.aal2.${name}`, levels.aal2[name], min, max, 'seconds');
  }
};
