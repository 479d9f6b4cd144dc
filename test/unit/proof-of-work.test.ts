import { type Challenge as Altcha, solveChallenge } from 'altcha-lib';
import { deriveKey } from 'altcha-lib/algorithms/pbkdf2';
import { describe, expect, test } from 'vitest';
import { systemRandom } from '../../lambdas/shared/domain/id.ts';
import { type Challenge, hardest, type ProofBinding, solvingStep } from '../../lambdas/shared/domain/proof.ts';
import { checkProof, newChallenge } from '../../lambdas/shared/vault/proof-of-work.ts';
import { sampleSealing } from './sample-keys.ts';

const ring = sampleSealing();
const binding: ProofBinding = { purpose: 'password', identHash: 'anna', network: 'home' };
/** `verifySolution` looks at the clock of the machine. */
const now = Date.now();
/** The lowest step of its level, so that tests wait for nothing. */
const quick = (bytes: number) => Buffer.alloc(bytes);

const encode = (payload: unknown) => Buffer.from(JSON.stringify(payload)).toString('base64');
const asked = (level = 1) => newChallenge(ring, binding, level, now, quick);

async function answered(challenge: Challenge) {
  const solution = await solveChallenge({ challenge: challenge as unknown as Altcha, deriveKey });
  return { challenge, solution };
}

describe('proof of work', () => {
  test('an honest answer holds for what it was asked for, and says how hard it was', async () => {
    const proof = encode(await answered(await asked(2)));
    const held = await checkProof(ring, binding, proof, now);
    expect(held).toMatchObject({ level: 2, until: Math.floor(now / 1000) + 300 });
    expect(held?.id).toMatch(/^[0-9a-f]{32}$/);
  });

  test.each([
    ['another purpose', { ...binding, purpose: 'start' }],
    ['another account', { ...binding, identHash: 'bert' }],
    ['another network', { ...binding, network: 'office' }],
  ] as const)('it is worth nothing for %s', async (_, other) => {
    const proof = encode(await answered(await asked()));
    expect(await checkProof(ring, other, proof, now)).toBeUndefined();
  });

  test('it is worth nothing at another brand, nor when it is too old', async () => {
    const proof = encode(await answered(await asked()));
    expect(await checkProof(sampleSealing(2), binding, proof, now)).toBeUndefined();
    expect(await checkProof(ring, binding, proof, now + 299_000)).toBeDefined();
    expect(await checkProof(ring, binding, proof, now + 301_000)).toBeUndefined();
  });

  test('whatever is edited in challenge or solution, it falls', async () => {
    const { challenge, solution } = await answered(await asked());
    const { parameters, signature } = challenge;
    const data = parameters.data as Readonly<Record<string, unknown>>;
    const edited = [
      { challenge: { parameters: { ...parameters, data: { ...data, level: 6 } }, signature }, solution },
      { challenge: { parameters: { ...parameters, expiresAt: 9_999_999_999 }, signature }, solution },
      { challenge: { parameters: { ...parameters, nonce: '00'.repeat(16) }, signature }, solution },
      { challenge: { parameters: { ...parameters, keyPrefix: '00' }, signature }, solution },
      { challenge: { parameters: { ...parameters, keySignature: undefined }, signature }, solution },
      { challenge: { parameters, signature: '' }, solution },
      { challenge: { parameters, signature: signature.replace(/./g, '0') }, solution },
      { challenge: { parameters }, solution },
      { challenge, solution: { ...solution, derivedKey: String(parameters.keyPrefix).padEnd(64, '0') } },
      { challenge, solution: { ...solution, derivedKey: '' } },
      { challenge, solution: {} },
      { challenge, solution: null },
      { challenge: { parameters: null, signature }, solution },
      { challenge: { parameters: { ...parameters, data: 7, expiresAt: 'soon' }, signature: 5 }, solution: 'x' },
      {},
      null,
    ];
    for (const payload of edited) expect(await checkProof(ring, binding, encode(payload), now)).toBeUndefined();
    for (const text of ['', 'x', '{}', encode('x'.repeat(5000))]) {
      expect(await checkProof(ring, binding, text, now)).toBeUndefined();
    }
  });

  test('each level is twice the work of the one below, within bounds that nobody falls out of', () => {
    for (let level = 1; level <= hardest; level++) {
      const steps = Array.from({ length: 200 }, () => solvingStep(level, systemRandom));
      const mean = 250 * 2 ** (level - 1);
      expect(Math.min(...steps)).toBeGreaterThanOrEqual(mean / 2);
      expect(Math.max(...steps)).toBeLessThan((mean * 3) / 2);
    }
    expect(solvingStep(99, quick)).toBe(solvingStep(hardest, quick));
    expect(solvingStep(0, quick)).toBe(solvingStep(1, quick));
  });
});
