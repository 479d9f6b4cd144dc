import { expect, test } from 'vitest';
import { checkDecisions } from '../../lambdas/registration/check-decisions.ts';
import { Refusal } from '../../lambdas/shared/domain/refusal.ts';
import { sampleBrands } from './mail-samples.ts';

const [northwind] = sampleBrands;
const terms = northwind.purposes.find(({ required }) => required);
const optional = northwind.purposes.filter(({ required }) => !required);
if (!terms || !optional[0]) throw new Error('the brand needs a required and an optional purpose');
const [newsletter] = optional;

const shown = { locale: 'en', clientId: 'northwind-web', at: 1_764_000_000_000 } as const;

function refusalOf(...asked: Parameters<typeof checkDecisions>[1]): Refusal {
  try {
    checkDecisions(northwind, asked, shown);
  } catch (error) {
    if (error instanceof Refusal) return error;
  }
  throw new Error('it was not refused');
}

test('GD1: known purposes of the version in force are taken as answered', () => {
  const asked = [
    { purpose: terms.id, granted: true, version: terms.version },
    { purpose: newsletter.id, granted: false },
  ];
  expect(checkDecisions(northwind, asked, shown)).toMatchObject([
    { purpose: terms.id, granted: true },
    { purpose: newsletter.id, granted: false },
  ]);
});

test('GD2: refusing an optional purpose refuses nothing', () => {
  const asked = optional.map(({ id }) => ({ purpose: id, granted: false }));
  expect(checkDecisions(northwind, asked, shown)).toMatchObject(asked);
});

test('GD1: a purpose answered twice is refused, since the last word on it would be nobody’s', () => {
  const refusal = refusalOf({ purpose: newsletter.id, granted: true }, { purpose: newsletter.id, granted: false });
  expect(refusal.code).toBe('field_invalid');
  expect(refusal.details.errors).toEqual([{ field: 'consents.1.purpose', rule: 'not_allowed' }]);
});

test.each([
  ['an unknown purpose', { purpose: 'zqx7f', granted: true }, 'purpose_unknown', 'consents.0.purpose'],
  ['an inherited name', { purpose: 'constructor', granted: true }, 'purpose_unknown', 'consents.0.purpose'],
  [
    'a version that is no longer shown',
    { purpose: terms.id, granted: true, version: 'zqx7f' },
    'purpose_version_stale',
    'consents.0.version',
  ],
  ['a required purpose refused', { purpose: terms.id, granted: false }, 'purpose_required', 'consents.0.granted'],
])('GD1: %s is refused by name', (_, decision, code, field) => {
  const refusal = refusalOf(decision);
  expect(refusal.code).toBe(code);
  expect(refusal.details.errors?.map((error) => error.field)).toEqual([field]);
  expect(JSON.stringify(refusal.details)).not.toContain('zqx7f');
});
