import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { lead, planRotation } from '../../lambdas/key-rotation/plan-rotation.ts';
import { rotateKeys, type StandingRing } from '../../lambdas/key-rotation/rotate-keys.ts';
import { makeSigningKey, publicPart, type SigningSecret } from '../../lambdas/shared/vault/make-signing-key.ts';
import type { PublishedKeys } from '../../lambdas/shared/vault/public-keys.ts';
import type { KeyTimes, SigningAlg } from '../../lambdas/shared/vault/signing-ring.ts';

// Many cases, on a machine that may be busy.
vi.setConfig({ testTimeout: 60_000 });

const day = 86_400;
const begin = 1_795_000_000;

interface Key extends KeyTimes {
  readonly publishedAt: number;
}

/** The key that signs at a moment: what the signing ring does. */
const signer = (keys: readonly Key[], alg: SigningAlg, at: number) =>
  keys.filter((key) => key.alg === alg && key.activeFrom <= at).toSorted((a, b) => b.activeFrom - a.activeFrom)[0];

const policies = fc.record({
  signingKey: fc.integer({ min: day, max: 365 * day }),
  longestToken: fc.integer({ min: 60, max: 3600 }),
  longestSession: fc.integer({ min: 3600, max: 30 * day }),
});
/** Seconds between runs: every six hours, now and then late, now and then twice at once. */
const gaps = fc.array(
  fc.oneof(
    { weight: 8, arbitrary: fc.integer({ min: 5 * 3600, max: 7 * 3600 }) },
    { weight: 2, arbitrary: fc.integer({ min: 0, max: 60 }) },
    { weight: 1, arbitrary: fc.integer({ min: day, max: 60 * day }) },
  ),
  { minLength: 200, maxLength: 600 },
);

test('TK6: over two years of runs with any gaps, keys are published before they sign and until their last token is dead', () => {
  fc.assert(
    fc.property(policies, gaps, (policy, each) => {
      let keys: readonly Key[] = [];
      let made = 0;
      let now = begin;
      for (const gap of each) {
        const plan = planRotation(keys, policy, now * 1000);
        const dropped = keys.filter((key) => !plan.keep.includes(key));
        for (const key of dropped) {
          // It signed until its successor did, at the very last a token of the longest life.
          const successors = keys.filter((other) => other.alg === key.alg && other.activeFrom > key.activeFrom);
          const signedUntil = Math.min(...successors.map((other) => other.activeFrom));
          expect(signedUntil + policy.longestToken, 'no key goes while a token of it lives').toBeLessThanOrEqual(now);
          expect(plan.drop.find((each) => each.key === key)?.until).toBe(signedUntil + policy.longestSession);
        }
        expect(plan.drop).toHaveLength(dropped.length);
        const first = keys.length === 0;
        const fresh = plan.make.map((key) => ({ ...key, kid: `k${made++}`, publishedAt: now }));
        for (const key of fresh) expect(key.activeFrom - now).toBeGreaterThanOrEqual(first ? 0 : lead);
        keys = [...plan.keep, ...fresh];
        for (const alg of ['ES256', 'RS256'] as const) {
          expect(signer(keys, alg, now), `${alg} can be signed at any time`).toBeDefined();
          expect(keys.filter((key) => key.alg === alg && key.activeFrom > now).length).toBeLessThanOrEqual(1);
        }
        // A second run at once finds nothing to do, unless a key lives so short that its successor is due at its birth.
        const again = planRotation(keys, policy, now * 1000);
        if (policy.signingKey > lead) expect(again.make).toEqual([]);
        expect(again.keep).toHaveLength(keys.length);
        now += gap;
        if (now > begin + 730 * day) break;
      }
    }),
    { numRuns: 60 },
  );
});

test('TK6: with a run every six hours no key signs longer than its life', () => {
  const policy = { signingKey: 30 * day, longestToken: 900, longestSession: 30 * day };
  let keys: readonly Key[] = [];
  const kids = new Set<string>();
  for (let now = begin; now < begin + 730 * day; now += 6 * 3600) {
    const plan = planRotation(keys, policy, now * 1000);
    keys = [...plan.keep, ...plan.make.map((key) => ({ ...key, kid: `${key.alg} ${now}`, publishedAt: now }))];
    const key = signer(keys, 'ES256', now);
    if (!key) throw new Error('nothing signs');
    kids.add(key.kid);
    expect(now - key.activeFrom).toBeLessThan(policy.signingKey);
    expect(keys.filter(({ alg }) => alg === 'ES256').length).toBeLessThanOrEqual(3);
  }
  expect(kids.size).toBe(25);
});

test('TK6: nothing is planned for another algorithm’s sake', () => {
  const rsa = { kid: 'r', alg: 'RS256' as const, activeFrom: begin };
  const { keep, make } = planRotation(
    [rsa],
    { signingKey: 30 * day, longestToken: 900, longestSession: 30 * day },
    begin * 1000,
  );
  expect(keep).toEqual([rsa]);
  expect(make).toEqual([{ alg: 'ES256', activeFrom: begin }]);
});

describe('a run', () => {
  /** Rings in memory with the version check of `writeRing`. */
  function vault() {
    const rings = new Map<string, StandingRing>();
    const written: string[] = [];
    const state: { published: PublishedKeys | undefined } = { published: undefined };
    const deps = {
      policy: { signingKey: 30 * day, longestToken: 900, longestSession: 30 * day },
      exists: async (ring: string) => rings.has(ring),
      readRing: async (ring: string) => rings.get(ring) ?? { version: 0, contents: undefined },
      writeRing: async (ring: string, contents: unknown, version: number, shown?: PublishedKeys) => {
        if ((rings.get(ring)?.version ?? 0) !== version) return false;
        rings.set(ring, { version: version + 1, contents });
        written.push(ring);
        if (shown) state.published = shown;
        return true;
      },
      makeSigningKey,
      publicPart,
    };
    const signing = () => {
      const { contents } = rings.get('signing') ?? { contents: { keys: [] } };
      return (contents as { readonly keys: readonly SigningSecret[] }).keys;
    };
    return { deps, signing, written, state };
  }

  const privateMembers = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k'];

  test('TK5, TK8: what is published is public parts only, under unique thumbprints', async () => {
    const { deps, state, signing } = vault();
    const report = await rotateKeys(deps, begin * 1000);
    expect(report).toMatchObject({ sealing: 'made', dropped: [] });
    const keys = state.published?.keys ?? [];
    expect(keys.map(({ alg }) => alg).toSorted()).toEqual(['ES256', 'RS256']);
    expect(new Set(keys.map(({ kid }) => kid)).size).toBe(keys.length);
    const members = keys.map(({ jwk }) => Object.keys(jwk).toSorted());
    expect(members).toEqual([
      ['crv', 'kty', 'x', 'y'],
      ['e', 'kty', 'n'],
    ]);
    const hidden = signing().flatMap(({ jwk }) =>
      privateMembers.map((member) => (jwk as Record<string, unknown>)[member]),
    );
    for (const secret of hidden.filter(Boolean))
      expect(JSON.stringify([state.published, report])).not.toContain(secret);
  });

  test('TK6, TK8: of a dropped key the public part stays for hints until the last session is over, and nothing else', async () => {
    const { deps, state, signing } = vault();
    const policy = { signingKey: 10 * day, longestToken: 900, longestSession: 20 * day };
    const run = (at: number) => rotateKeys({ ...deps, policy }, (begin + at) * 1000);
    await run(0);
    const first = signing();
    await run(9 * day);
    await run(12 * day);
    const kids = first.map(({ kid }) => kid);
    expect(signing().map(({ kid }) => kid)).not.toEqual(expect.arrayContaining(kids));
    const { keys = [], past = [] } = state.published ?? {};
    expect(keys.map(({ kid }) => kid)).toEqual(signing().map(({ kid }) => kid));
    expect(past).toEqual(first.map((key) => ({ ...publicPart(key), until: begin + 10 * day + 20 * day })));
    await run(29 * day);
    expect(state.published?.past?.map(({ kid }) => kid)).toEqual(expect.arrayContaining(kids));
    await run(31 * day);
    expect(state.published?.past?.filter(({ kid }) => kids.includes(kid))).toEqual([]);
  });

  test('TK8: a key type that nobody knows shows nothing of its secret', () => {
    const jwk = { kty: 'oct', k: 'zqx7f', d: 'zqx7f', crv: 'x', alg: 'HS256', key_ops: ['sign'] };
    expect(JSON.stringify(publicPart({ kid: 'k', alg: 'ES256', activeFrom: 0, jwk }))).not.toContain('zqx7f');
  });

  test('F27: a sealing ring that is lost is never replaced by a new one', async () => {
    const { deps } = vault();
    await rotateKeys(deps, begin * 1000);
    const lost = { ...deps, exists: async (ring: string) => ring !== 'sealing' };
    await expect(rotateKeys(lost, begin * 1000)).rejects.toThrow('the sealing ring is missing');
  });

  test('TK6, TK7: a run with nothing to do writes nothing; the sealing ring is made once and never again', async () => {
    const { deps, written } = vault();
    await rotateKeys(deps, begin * 1000);
    expect(await rotateKeys(deps, (begin + day) * 1000)).toEqual({ sealing: 'kept', made: [], dropped: [] });
    const later = await rotateKeys(deps, (begin + 29 * day) * 1000);
    expect(later.made).toHaveLength(2);
    expect(written).toEqual(['sealing', 'signing', 'signing']);
  });

  test('TK7: of two runs at once one wins, and what is published is what the winner signs with', async () => {
    const { deps, signing, state, written } = vault();
    const reports = await Promise.all([rotateKeys(deps, begin * 1000), rotateKeys(deps, begin * 1000)]);
    expect(reports.filter(({ sealing }) => sealing === 'made')).toHaveLength(1);
    expect(reports.filter(({ made }) => made.length > 0)).toHaveLength(1);
    expect(written.toSorted()).toEqual(['sealing', 'signing']);
    expect(state.published?.keys.map(({ kid }) => kid)).toEqual(signing().map(({ kid }) => kid));
  });

  test('TK7: a run that was overtaken by the whole first run of another finds nothing lost', async () => {
    const { deps } = vault();
    let overtaken = false;
    const exists = async (ring: string) => {
      const seen = await deps.exists(ring);
      if (!overtaken) {
        overtaken = true;
        await rotateKeys(deps, begin * 1000);
      }
      return seen;
    };
    expect(await rotateKeys({ ...deps, exists }, begin * 1000)).toEqual({ sealing: 'kept', made: [], dropped: [] });
  });

  test('F30: a sealing ring that is gone is never made anew beside a signing ring', async () => {
    const { deps, written } = vault();
    await rotateKeys(deps, begin * 1000);
    const lost = async (ring: string) => ring !== 'sealing' && deps.exists(ring);
    await expect(rotateKeys({ ...deps, exists: lost }, (begin + day) * 1000)).rejects.toThrow(
      'sealing ring is missing',
    );
    expect(written).toEqual(['sealing', 'signing']);
  });
});
