import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  assessRisk,
  noRisk,
  type ReasonCode,
  type RiskOutcome,
  type RiskPolicy,
  type RiskSignals,
  reasonCodes,
  riskOutcomes,
} from '../../lambdas/shared/domain/risk.ts';

const weights: RiskPolicy['weights'] = {
  new_device: 20,
  new_country: 30,
  new_network: 10,
  impossible_travel: 40,
  anonymiser: 25,
  long_unused: 0,
  failed_attempts: 15,
  velocity_address: 20,
  velocity_ip: 20,
  velocity_asn: 10,
  spraying: 40,
  automation: 20,
};
const policy = { weights, thresholds: { secondFactor: 50, challenge: 80, deny: 120 } };

const noticed = (...reasons: readonly ReasonCode[]): RiskSignals =>
  Object.fromEntries(reasons.map((reason) => [reason, true]));

describe('MFA: a risk explains itself', () => {
  test.each<[readonly ReasonCode[], number, RiskOutcome, readonly ReasonCode[]]>([
    [[], 0, 'allow', []],
    [['new_device'], 20, 'allow', ['new_device']],
    [['new_device', 'new_network'], 30, 'allow', ['new_device', 'new_network']],
    [['new_device', 'new_country'], 50, 'second-factor', ['new_country', 'new_device']],
    [['new_network', 'impossible_travel'], 50, 'second-factor', ['impossible_travel', 'new_network']],
    [['spraying', 'velocity_ip', 'new_device'], 80, 'challenge', ['spraying', 'new_device', 'velocity_ip']],
    [
      ['new_device', 'new_country', 'impossible_travel', 'anonymiser', 'new_network'],
      125,
      'deny',
      ['impossible_travel', 'new_country', 'anonymiser', 'new_device', 'new_network'],
    ],
    [
      ['new_device', 'new_country', 'impossible_travel', 'anonymiser', 'failed_attempts'],
      130,
      'challenge',
      ['impossible_travel', 'new_country', 'anonymiser', 'new_device', 'failed_attempts'],
    ],
    [['long_unused'], 0, 'allow', []],
  ])('%j: %i, %s', (reasons, score, outcome, explained) => {
    expect(assessRisk(noticed(...reasons), policy)).toEqual({ score, outcome, reasons: explained });
  });

  test('a threshold belongs to the outcome that it begins', () => {
    const { thresholds } = policy;
    const at = (score: number) =>
      assessRisk({ spraying: true }, { thresholds, weights: { ...weights, spraying: score } }).outcome;
    expect([49, 50, 79, 80, 119, 120].map(at)).toEqual([
      'allow',
      'second-factor',
      'second-factor',
      'challenge',
      'challenge',
      'deny',
    ]);
  });

  test('nothing noticed is the risk of nobody in particular', () => {
    expect(assessRisk({}, policy)).toEqual(noRisk);
    expect(assessRisk(Object.fromEntries(reasonCodes.map((reason) => [reason, false])), policy)).toEqual(noRisk);
  });
});

describe('properties of the score', () => {
  const reasons = fc.subarray([...reasonCodes]);
  const anyWeights = fc.record(
    Object.fromEntries(reasonCodes.map((reason) => [reason, fc.nat(100)])) as Record<ReasonCode, fc.Arbitrary<number>>,
  );
  const thresholds = fc.tuple(fc.nat(200), fc.nat(200), fc.nat(200)).map(([secondFactor, more, most]) => ({
    secondFactor,
    challenge: secondFactor + more,
    deny: secondFactor + more + most,
  }));
  const severity = (outcome: RiskOutcome) => riskOutcomes.indexOf(outcome);

  test('a further signal never lowers score or outcome', () => {
    fc.assert(
      fc.property(reasons, fc.constantFrom(...reasonCodes), anyWeights, thresholds, (given, more, by, bounds) => {
        const before = assessRisk(noticed(...given), { weights: by, thresholds: bounds });
        const after = assessRisk(noticed(...given, more), { weights: by, thresholds: bounds });
        expect(after.score).toBeGreaterThanOrEqual(before.score);
        expect(severity(after.outcome)).toBeGreaterThanOrEqual(severity(before.outcome));
      }),
    );
  });

  test('AB18, RL7: what anybody can cause for anybody never makes the difference to a denial', () => {
    fc.assert(
      fc.property(reasons, anyWeights, thresholds, (given, by, bounds) => {
        const own = given.filter((reason) => reason !== 'failed_attempts' && reason !== 'velocity_address');
        const flooded = noticed(...own, 'failed_attempts', 'velocity_address');
        const denied = (signals: RiskSignals) =>
          assessRisk(signals, { weights: by, thresholds: bounds }).outcome === 'deny';
        expect(denied(flooded)).toBe(denied(noticed(...own)));
      }),
    );
  });

  test('the score is the sum of the reasons that it names, heaviest first, none twice', () => {
    fc.assert(
      fc.property(reasons, anyWeights, thresholds, (given, by, bounds) => {
        const { score, reasons: named } = assessRisk(noticed(...given), { weights: by, thresholds: bounds });
        expect(named.reduce((sum, reason) => sum + by[reason], 0)).toBe(score);
        expect(new Set(named).size).toBe(named.length);
        expect(named.map((reason) => by[reason])).toEqual(named.map((reason) => by[reason]).toSorted((a, b) => b - a));
      }),
    );
  });
});
