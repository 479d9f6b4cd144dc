import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { brand, flowWorld, start, wrongOf } from './flow-world.ts';
import type { Network } from './memory-tables.ts';
import { lossy, scheduled } from './scheduled-network.ts';

vi.setConfig({ testTimeout: 60_000 });

const { triesPerCode } = brand.limits;
const owner = 'owner@example.com';
const purposes = ['registration', 'login-code', 'recovery'] as const;

/** A world with an account where the journey wants one, and a flow of the purpose in it. */
async function begun(purpose: (typeof purposes)[number], network?: Network) {
  const world = flowWorld(network);
  if (purpose !== 'registration') await world.register(owner, start - 1000);
  world.judged.clear();
  const id = await world.begin(purpose, owner, start);
  world.loud();
  return { world, id };
}

describe('tries at once', () => {
  test.each([
    ['replies arrive', scheduled],
    ['replies are lost', lossy],
  ])(
    'VC2, VC5: of parallel tries one succeeds at most, and no code is compared more often than allowed; %s',
    async (_, over) => {
      await fc.assert(
        fc.asyncProperty(
          fc.scheduler(),
          fc.constantFrom(...purposes),
          fc.array(fc.boolean(), { minLength: 2, maxLength: 12 }),
          async (scheduler, purpose, tries) => {
            const { world, id } = await begun(purpose, over(scheduler));
            const code = world.codeOf(id);
            const asked = tries.map((right, at) =>
              world.prove(purpose, id, right ? code : wrongOf(code, at + 1), start + 5),
            );
            const outcomes = await scheduler.waitFor(Promise.all(asked));
            const successes = outcomes.filter((outcome) => outcome === 'ok').length;
            expect(successes).toBeLessThanOrEqual(1);
            // Whoever was judged with the right code won, or lost to another who was. (A lost reply may cost a second try
            // where a rival wrote in between: the item knows its last writer only.)
            if (tries.length <= triesPerCode && over === scheduled)
              expect(successes).toBe(tries.includes(true) ? 1 : 0);
            expect(
              outcomes.filter((outcome) => outcome === 'code_invalid' || outcome === 'ok').length,
            ).toBeLessThanOrEqual(triesPerCode);
            expect([...world.judged.values()].every((times) => times <= triesPerCode)).toBe(true);
            expect(world.itemOf(id).attempts).toBeLessThanOrEqual(triesPerCode);
            const after = await scheduler.waitFor(world.prove(purpose, id, code, start + 6));
            if (successes === 1) expect(after).toBe('flow_expired');
          },
        ),
        { numRuns: 150 },
      );
    },
  );

  test('REG8: two sign-ups for one address, proven at once in any order, make one account', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.scheduler(),
        fc.constantFrom('owner@example.com', 'OWNER@Example.com.'),
        async (scheduler, spelt) => {
          const world = flowWorld(scheduled(scheduler));
          const flows = [
            await world.begin('registration', owner, start),
            await world.begin('registration', spelt, start),
          ];
          world.loud();
          const asked = flows.map((id) => world.prove('registration', id, world.codeOf(id), start + 5));
          const outcomes = await scheduler.waitFor(Promise.all(asked));
          expect(outcomes.toSorted()).toEqual(['identifier_taken', 'ok']);
          expect(world.memory.of('USER')).toHaveLength(1);
          expect(world.memory.of('GRANT')).toHaveLength(1);
          expect(world.memory.of('DATAKEY')).toHaveLength(1);
          expect(world.memory.of('USER')[0]?.pk).toBe(`USER#${world.ownerOf(owner)}`);
        },
      ),
      { numRuns: 50 },
    );
  });
});

describe('a flow through its life', () => {
  const steps = fc.array(
    fc.oneof(
      {
        weight: 6,
        arbitrary: fc.record({
          do: fc.constant('try' as const),
          /** Right, wrong, or the right one of an earlier code. */
          with: fc.constantFrom('right', 'wrong', 'wrong', 'wrong', 'old'),
          at: fc.nat(5),
        }),
      },
      { weight: 2, arbitrary: fc.record({ do: fc.constant('resend' as const), at: fc.nat(5) }) },
    ),
    { minLength: 1, maxLength: 4 },
  );
  const rounds = fc.array(
    fc.record({ steps, wait: fc.oneof({ weight: 3, arbitrary: fc.nat(120_000) }, fc.nat(1_200_000)) }),
    { minLength: 1, maxLength: 8 },
  );

  test('VC2, VC3, VC5, VC6: under any interleaving of tries, resends and time there is one success, and never with a dead code', async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), rounds, async (scheduler, each) => {
        const { world, id } = await begun('registration', scheduled(scheduler));
        const codes = [world.codeOf(id)];
        let now = start;
        let successes = 0;
        for (const { steps, wait } of each) {
          const before = world.itemOf(id);
          const current = world.codeOf(id);
          const seconds = Math.floor(now / 1000);
          const renews = steps.some((step) => step.do === 'resend');
          const asked = steps.map(async (step) => {
            if (step.do === 'resend') return { step, code: '', outcome: await world.resend(id, now) };
            const old = codes[step.at % codes.length] ?? current;
            const code = step.with === 'right' ? current : step.with === 'old' ? old : wrongOf(current, step.at + 1);
            return { step, code, outcome: await world.prove('registration', id, code, now) };
          });
          const results = await scheduler.waitFor(Promise.all(asked));
          for (const { step, code, outcome } of results) {
            if (step.do === 'resend') {
              expect(['ok', 'flow_expired']).toContain(outcome);
              continue;
            }
            expect(['ok', 'code_invalid', 'code_spent', 'flow_expired']).toContain(outcome);
            if (outcome !== 'ok') continue;
            successes++;
            // What works is the code that was the last one when this round began, and only where none was sent in it.
            expect(code).toBe(current);
            expect(results.filter((other) => other.step.do === 'resend' && other.outcome === 'ok')).toEqual([]);
            expect(before.consumedAt).toBeUndefined();
            expect(before.endsAt).toBeGreaterThan(seconds);
            if (!renews) {
              expect(before.expiresAt).toBeGreaterThan(seconds);
              expect(before.attempts).toBeLessThan(triesPerCode);
            }
          }
          codes.push(world.codeOf(id));
          expect(successes).toBeLessThanOrEqual(1);
          expect([...world.judged.values()].every((times) => times <= triesPerCode)).toBe(true);
          expect(world.judged.size).toBeLessThanOrEqual(1 + 5);
          expect(world.itemOf(id).resends).toBeLessThanOrEqual(5);
          now += wait;
        }
        expect(world.memory.of('USER')).toHaveLength(successes);
      }),
      { numRuns: 250 },
    );
  });

  test.each(purposes)(
    'VC3, F8: a %s code works to its last second and not in the next, though its item is still there',
    async (purpose) => {
      const lifetime = (purpose === 'recovery' ? brand.lifetimes.recoveryCode : brand.lifetimes.code) * 1000;
      for (const [late, outcome] of [
        [lifetime - 1, 'ok'],
        [lifetime, 'flow_expired'],
        [lifetime + 1000, 'flow_expired'],
        [86_400_000 * 30, 'flow_expired'],
      ] as const) {
        const { world, id } = await begun(purpose);
        expect(await world.prove(purpose, id, world.codeOf(id), start + late)).toBe(outcome);
        expect(world.itemOf(id)).toBeDefined();
      }
    },
  );

  test('VC5, VC6: a new code has tries of its own, the old one has none, and five resends are all', async () => {
    const { world, id } = await begun('registration');
    const first = world.codeOf(id);
    for (let at = 1; at <= triesPerCode; at++)
      expect(await world.prove('registration', id, wrongOf(first, at), start)).toBe('code_invalid');
    expect(await world.prove('registration', id, first, start)).toBe('code_spent');
    expect(await world.resend(id, start + 1)).toBe('ok');
    expect(await world.prove('registration', id, first, start + 1)).toBe('code_invalid');
    for (let at = 0; at < 4; at++) expect(await world.resend(id, start + 2)).toBe('ok');
    expect(await world.resend(id, start + 3)).toBe('flow_expired');
    expect(await world.prove('registration', id, world.codeOf(id), start + 3)).toBe('ok');
    expect(await world.resend(id, start + 4)).toBe('flow_expired');
  });

  test('VC6: a resent code does not outlive its flow', async () => {
    const { world, id } = await begun('registration');
    const last = start + (brand.lifetimes.flow - 1) * 1000;
    expect(await world.resend(id, last)).toBe('ok');
    expect(world.itemOf(id).expiresAt).toBe(world.itemOf(id).endsAt);
    expect(await world.prove('registration', id, world.codeOf(id), last + 1000)).toBe('flow_expired');
    expect(await world.resend(id, last + 1000)).toBe('flow_expired');
  });

  test('VC4: a code works for the journey that it was mailed for and for no other, and costs that one nothing', async () => {
    for (const mailed of purposes) {
      for (const shown of purposes.filter((purpose) => purpose !== mailed)) {
        const { world, id } = await begun(mailed);
        expect(await world.prove(shown, id, world.codeOf(id), start)).toBe('flow_expired');
        expect(world.itemOf(id).attempts).toBe(0);
        expect(await world.prove(mailed, id, world.codeOf(id), start)).toBe('ok');
      }
    }
  });

  test('VC4: two flows of one address do not take each other’s codes', async () => {
    const world = flowWorld();
    const [one, other] = [
      await world.begin('registration', owner, start),
      await world.begin('registration', owner, start),
    ];
    expect(await world.prove('registration', one, world.codeOf(other), start)).toBe('code_invalid');
  });

  test.each(['login-code', 'recovery'] as const)(
    'REC1, REG6: a %s flow of an unknown address never succeeds, even by its code',
    async (purpose) => {
      const world = flowWorld();
      const id = await world.begin(purpose, 'nobody@example.com', start);
      expect(await world.prove(purpose, id, world.codeOf(id), start)).not.toBe('ok');
      expect([world.memory.of('USER'), world.memory.of('GRANT'), world.memory.of('CRED')]).toEqual([[], [], []]);
    },
  );
});
