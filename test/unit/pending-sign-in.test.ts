import { expect, test } from 'vitest';
import { openPending } from '../../lambdas/second-factor/prove-second-factor.ts';
import type { Flow } from '../../lambdas/shared/domain/flow.ts';
import { noRisk, type Risk } from '../../lambdas/shared/domain/risk.ts';

const flow = {
  id: 'flw_AAAAAAAAAAAAAAAAAAAAAA',
  userId: 'usr_AAAAAAAAAAAAAAAAAAAAAA',
  sealed: 'box',
} as unknown as Flow;
const common = { email: 'ana@example.com', methods: ['password'], factors: ['totp'], device: { ip: '192.0.2.1' } };
const weighed: Risk = { score: 40, reasons: ['new_country'], outcome: 'second-factor' };

test.each<[string, Readonly<Record<string, unknown>>, Risk]>([
  ['of now', { risk: weighed }, weighed],
  ['of an older version, with its reasons', { reasons: ['new_device'] }, { ...noRisk, reasons: ['new_device'] }],
  ['of an older version, without', {}, noRisk],
])('F25: a pending sign-in opens with what it was weighed as: one %s', (_, sealed, risk) => {
  const { secrets } = openPending({ openEphemeral: () => ({ ...common, ...sealed }) }, flow);
  expect(secrets).toEqual({ ...common, risk });
});
