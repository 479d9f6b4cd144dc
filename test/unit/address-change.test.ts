import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { flowWorld, start, wrongOf } from './flow-world.ts';
import type { Network } from './memory-tables.ts';
import { scheduled } from './scheduled-network.ts';

vi.setConfig({ testTimeout: 60_000 });

const owner = 'owner@example.com';

describe('a change of address', () => {
  const next = 'new@example.com';
  async function changing(network?: Network) {
    const world = flowWorld(network);
    const bearer = await world.register(owner, start);
    const id = await world.changeAddress(bearer, next, start + 1);
    world.loud();
    return { world, bearer, id };
  }

  test('EM2: confirmed and cancelled at once, in any order, one of both happens and whole', async () => {
    const seen = new Set<string>();
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), fc.nat(3), async (scheduler, wrong) => {
        const { world, bearer, id } = await changing(scheduled(scheduler));
        const code = world.codeOf(id);
        const hash = world.passwordOf(owner);
        const tries = Array.from({ length: wrong }, (_, at) =>
          world.confirm(bearer, id, wrongOf(code, at + 1), start + 2),
        );
        const both = Promise.all([world.confirm(bearer, id, code, start + 2), world.cancel(id, start + 2), ...tries]);
        const [confirmed = '', cancelled = ''] = await scheduler.waitFor(both);
        seen.add(`${confirmed} ${cancelled}`);
        expect([confirmed, cancelled].filter((outcome) => outcome === 'ok')).toHaveLength(1);
        const [from, to] = confirmed === 'ok' ? [owner, next] : [next, owner];
        expect(world.ownerOf(to)).toBe(bearer.user);
        expect(world.passwordOf(to)).toBe(hash);
        expect([world.ownerOf(from), world.passwordOf(from)]).toEqual([undefined, undefined]);
        expect(await scheduler.waitFor(world.confirm(bearer, id, code, start + 3))).not.toBe('ok');
        expect(await scheduler.waitFor(world.cancel(id, start + 3))).toBe('over');
      }),
      { numRuns: 80 },
    );
    expect(seen.size).toBeGreaterThan(1);
  });

  test('EM4: two people who move to one address at once: one has it, the other keeps the old one', async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), async (scheduler) => {
        const world = flowWorld(scheduled(scheduler));
        const people = [await world.register(owner, start), await world.register('other@example.com', start)];
        const flows = await Promise.all(people.map((bearer) => world.changeAddress(bearer, next, start + 1)));
        world.loud();
        const asked = people.map((bearer, at) => {
          const id = flows[at];
          if (!id) throw new Error('no flow');
          return world.confirm(bearer, id, world.codeOf(id), start + 2);
        });
        const outcomes = await scheduler.waitFor(Promise.all(asked));
        expect(outcomes.toSorted()).toEqual(['identifier_taken', 'ok']);
        const winner = people[outcomes.indexOf('ok')]?.user;
        expect(world.ownerOf(next)).toBe(winner);
        expect([world.ownerOf(owner), world.ownerOf('other@example.com')].filter(Boolean)).toHaveLength(1);
      }),
      { numRuns: 50 },
    );
  });

  test('EM3: the address was registered meanwhile: the change is dead', async () => {
    const { world, bearer, id } = await changing();
    await world.register(next, start + 2);
    expect(await world.confirm(bearer, id, world.codeOf(id), start + 3)).toBe('identifier_taken');
    expect(world.ownerOf(owner)).toBe(bearer.user);
  });

  test('EM5: another person’s session cannot confirm it, even with the code', async () => {
    const { world, bearer, id } = await changing();
    const stranger = await world.register('stranger@example.com', start);
    expect(await world.confirm(stranger, id, world.codeOf(id), start + 2)).toBe('flow_expired');
    expect(await world.confirm(bearer, id, world.codeOf(id), start + 2)).toBe('ok');
  });

  test('VC4: it is confirmed by its own use case alone', async () => {
    for (const purpose of ['registration', 'login-code', 'recovery'] as const) {
      const { world, id } = await changing();
      expect(await world.prove(purpose, id, world.codeOf(id), start + 2)).toBe('flow_expired');
    }
  });

  test('REC6: a recovery begun before the address changed is dead', async () => {
    const world = flowWorld();
    const bearer = await world.register(owner, start);
    const recovery = await world.begin('recovery', owner, start + 1);
    const id = await world.changeAddress(bearer, next, start + 1);
    expect(await world.confirm(bearer, id, world.codeOf(id), start + 2)).toBe('ok');
    expect(await world.prove('recovery', recovery, world.codeOf(recovery), start + 3)).toBe('flow_expired');
  });
});
