import { expect, test } from 'vitest';
import type { BrandDefinition } from '../../brands/brand-definition.ts';
import { defineBrand } from '../../brands/define-brand.ts';
import { northwind } from '../../brands/northwind.ts';
import type { AbusePolicy } from '../../lambdas/shared/domain/abuse-policy.ts';

const { abuse, limits, passwords } = northwind;

function sentence(change: Partial<BrandDefinition>): string {
  try {
    defineBrand({ ...northwind, ...change });
    return 'accepted';
  } catch (error) {
    return error instanceof Error ? error.message.replace('brands/northwind.ts: ', '') : 'no error';
  }
}

const unknown = (value: unknown) => value as never;

const rows: readonly (readonly [change: Partial<AbusePolicy>, says: string])[] = [
  [
    { misses: { ...abuse.misses, brand: { max: 159, window: 900 } } },
    'abuse.misses.brand.max 159 must be between 160 and 1000000',
  ],
  [
    { misses: { ...abuse.misses, prefix: { max: 0, window: 900 } } },
    'abuse.misses.prefix.max 0 must be between 1 and 1000000',
  ],
  [
    { starts: { ...abuse.starts, domain: { max: 200, window: 59 } } },
    'abuse.starts.domain.window 59 must be between 60 and 86400 seconds',
  ],
  [{ starts: { ...abuse.starts, prefix: { max: 1, window: 60 } } }, 'accepted'],
  [{ signUp: { minSeconds: 31, throwaway: 'allow' } }, 'abuse.signUp.minSeconds 31 must be between 0 and 30 seconds'],
  [
    { signUp: { minSeconds: 2, throwaway: unknown('forbid') } },
    'abuse.signUp.throwaway must be one of allow, challenge, refuse',
  ],
  [{ mailsPerHour: 9 }, 'abuse.mailsPerHour 9 must be between 10 and 1000000'],
  [{ mailsPerHour: unknown('many') }, 'abuse.mailsPerHour must be of type number'],
];

test.each(rows)('a mistake in the abuse policy stops the synth: %j', (change, says) => {
  expect(sentence({ abuse: { ...abuse, ...change } })).toBe(says);
});

test('what is free lies within the limit', () => {
  const free = (value: number) => ({ limits: { ...limits, triesPerIp: { max: 300, window: 900, free: value } } });
  expect(sentence(free(301))).toBe('limits.triesPerIp.free 301 must be between 1 and 300');
  expect(sentence(free(0))).toBe('limits.triesPerIp.free 0 must be between 1 and 300');
  expect(sentence(free(300))).toBe('accepted');
});

test('where breaches are looked up is said in words that exist', () => {
  const breaches = { ask: true, atSignIn: unknown('always') };
  expect(sentence({ passwords: { ...passwords, breaches } })).toBe(
    'passwords.breaches.atSignIn must be one of nothing, list, all',
  );
});
