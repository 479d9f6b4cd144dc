import fc from 'fast-check';
import { decodeJwt } from 'jose';
import { describe, expect, test, vi } from 'vitest';
import { beginFamily, type Family, forum, generationOf, start, type Used, web } from './refresh-family.ts';
import { lossy, scheduled } from './scheduled-network.ts';

// Hundreds of signatures, on a machine that may be busy.
vi.setConfig({ testTimeout: 60_000 });

const graces = fc.constantFrom(0, 10);
const successorOf = (used: Used) => ('tokens' in used ? used.tokens.refresh_token : undefined);

/** Uses each token on a copy of the family as it is now: what an attacker who kept them all could do. */
async function expectOneLive(family: Family, tokens: Iterable<string>, now: number): Promise<void> {
  const session = await family.session();
  let live = 0;
  for (const token of new Set(tokens)) {
    const after = await (await family.copy()).use({ token, arrivedAt: now, now });
    const successor = successorOf(after);
    if (successor === undefined) continue;
    if (generationOf(successor) === (session?.generation ?? 0) + 1) live++;
    // Else it is the grace: the very token that is live.
    else expect(generationOf(successor)).toBe(session?.generation);
  }
  expect(live).toBeLessThanOrEqual(1);
}

describe('a family used one at a time', () => {
  const commands = fc.array(
    fc.oneof(
      {
        weight: 8,
        arbitrary: fc.record({
          do: fc.constant('use' as const),
          /** From the newest token back. */
          back: fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, fc.nat(6)),
          lag: fc.oneof(fc.constant(0), fc.nat(15_000)),
          foreign: fc.oneof({ weight: 9, arbitrary: fc.constant(false) }, fc.constant(true)),
          scope: fc.constantFrom(undefined, undefined, '', 'openid', 'profile openid', 'openid orders:read', 'email'),
        }),
      },
      {
        weight: 4,
        arbitrary: fc.record({
          do: fc.constant('wait' as const),
          ms: fc.oneof(fc.nat(20_000), fc.nat(86_400_000), fc.constant(7 * 86_400_000), fc.constant(10_000)),
        }),
      },
      {
        weight: 1,
        arbitrary: fc.constantFrom({ do: 'revoke' }, { do: 'disable' }, { do: 'enable' }, { do: 'signOut' }),
      },
    ),
    { minLength: 5, maxLength: 40 },
  );

  test('RT1, RT3, RT4, RT6: any sequence of uses, waits and revocations gives what the model of a family says', async () => {
    await fc.assert(
      fc.asyncProperty(graces, commands, async (grace, each) => {
        const family = await beginFamily(grace);
        const tokens = [family.first];
        const seconds = (ms: number) => Math.floor(ms / 1000);
        const { refreshIdle, refreshAbsolute } = family.lifetimes;
        const model = {
          generation: 0,
          rotatedAt: 0,
          idle: seconds(start) + refreshIdle,
          dead: false,
          active: true,
          signedOut: false,
        };
        let now = start;
        for (const command of each) {
          if (command.do === 'wait') now += command.ms;
          if (command.do === 'revoke') {
            await family.revoke(now);
            model.dead = true;
          }
          if (command.do === 'disable' || command.do === 'enable') {
            model.active = command.do === 'enable';
            family.changeUser({ status: model.active ? 'active' : 'disabled' });
          }
          if (command.do === 'signOut') {
            family.changeUser({ sessionsValidFrom: now + 1 });
            model.signedOut = true;
          }
          if (command.do !== 'use') continue;

          const token = tokens[Math.max(0, tokens.length - 1 - command.back)] ?? family.first;
          const [generation, arrivedAt] = [generationOf(token), now - command.lag];
          const client = command.foreign ? forum : web;
          const used = await family.use({
            token,
            arrivedAt,
            now,
            client,
            ...(command.scope && { scope: command.scope }),
          });

          const live = !model.dead && model.idle > seconds(now) && seconds(start) + refreshAbsolute > seconds(now);
          const allowed = model.active && !model.signedOut;
          const wide = /orders|email/.test(command.scope ?? '');
          const isLive = live && !command.foreign && generation === model.generation;
          const isLast = live && !command.foreign && generation === model.generation - 1;
          const inGrace = isLast && grace > 0 && now <= model.rotatedAt + grace * 1000;
          const isSpent = live && !command.foreign && generation < model.generation && !inGrace;
          const underWay = isLast && arrivedAt <= model.rotatedAt;
          const succeeds = allowed && !wide && (isLive || inGrace);

          if (isLive && !wide) {
            model.generation++;
            model.rotatedAt = now;
            model.idle = seconds(now) + refreshIdle;
          }
          if (allowed && isSpent && !underWay) model.dead = true;

          expect('tokens' in used, `use of ${generation}`).toBe(succeeds);
          if ('tokens' in used) {
            expect(generationOf(used.tokens.refresh_token)).toBe(model.generation);
            const scopes = used.tokens.scope.split(' ');
            expect(['openid', 'profile']).toEqual(expect.arrayContaining(scopes));
            if (command.scope) expect(scopes.toSorted()).toEqual(command.scope.split(' ').toSorted());
            const { exp = 0 } = decodeJwt(used.tokens.access_token);
            expect(exp).toBeLessThanOrEqual(seconds(start) + refreshAbsolute);
            tokens.push(used.tokens.refresh_token ?? '');
          } else {
            const scopeAtFault = allowed && isLive && wide;
            expect(used.error).toBe(scopeAtFault ? 'invalid_scope' : 'invalid_grant');
          }
          const session = await family.session();
          expect(session?.generation).toBe(model.generation);
          expect(session?.revokedAt !== undefined).toBe(model.dead);
        }
        await expectOneLive(family, tokens, now);
      }),
      { numRuns: 150 },
    );
  });

  test('RT1: a replay ends the family for good and says so in its event', async () => {
    const family = await beginFamily(0);
    const second = successorOf(await family.use({ token: family.first, arrivedAt: start, now: start + 5 })) ?? '';
    expect(await family.use({ token: family.first, arrivedAt: start + 6, now: start + 6 })).toEqual({
      error: 'invalid_grant',
    });
    const [item] = family.memory.of('GRANT');
    expect(item).toMatchObject({
      revokedAt: start + 6,
      event: { type: 'grant.reuse_detected', data: { sub: family.user } },
    });
    for (const token of [second, family.first])
      for (const later of [7, 100_000, 10_000_000])
        expect(await family.use({ token, arrivedAt: start + later, now: start + later })).toEqual({
          error: 'invalid_grant',
        });
  });
});

describe('a family used by many at once', () => {
  test.each([
    ['replies arrive', scheduled],
    ['replies are lost', lossy],
  ])(
    'RT2: of parallel uses that arrived before any was served one rotates and nobody ends the family; %s',
    async (_, over) => {
      await fc.assert(
        fc.asyncProperty(
          fc.scheduler(),
          graces,
          fc.array(fc.tuple(fc.nat(50), fc.nat(50)), { minLength: 2, maxLength: 6 }),
          async (scheduler, grace, rivals) => {
            const family = await beginFamily(grace, over(scheduler));
            const uses = rivals.map(([early, late]) =>
              family.use({ token: family.first, arrivedAt: start + early, now: start + 50 + late }),
            );
            const results = await scheduler.waitFor(Promise.all(uses));
            const successors = results.map(successorOf).filter((token) => token !== undefined);
            expect(new Set(successors).size).toBe(1);
            expect(successors).toHaveLength(grace > 0 ? rivals.length : 1);
            expect(await family.session()).toMatchObject({ generation: 1 });
            expect((await family.session())?.revokedAt).toBeUndefined();
            const next = scheduler.waitFor(
              family.use({ token: successors[0] ?? '', arrivedAt: start + 200, now: start + 200 }),
            );
            expect(generationOf(successorOf(await next))).toBe(2);
          },
        ),
        { numRuns: 150 },
      );
    },
  );

  const batches = fc.array(
    fc.record({
      uses: fc.array(
        fc.record({ back: fc.nat(3), lag: fc.nat(200), delay: fc.nat(100), wide: fc.boolean(), foreign: fc.nat(9) }),
        { minLength: 1, maxLength: 4 },
      ),
      beside: fc.constantFrom('nothing', 'nothing', 'nothing', 'nothing', 'revoke', 'disable'),
      wait: fc.oneof(fc.nat(500), fc.nat(20_000)),
    }),
    { minLength: 1, maxLength: 8 },
  );

  test('RT1, RT2, RT5, RT6: under any interleaving a token is spent once, and what is dead stays dead', async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), graces, batches, async (scheduler, grace, each) => {
        const family = await beginFamily(grace, scheduled(scheduler));
        const tokens = [family.first];
        /** The successors that each token was ever given. */
        const given = new Map<string, string[]>();
        let now = start;
        let active = true;
        for (const { uses, beside, wait } of each) {
          const before = await family.session();
          const wasDead = before?.revokedAt !== undefined || !active;
          const asked = uses.map(async ({ back, lag, delay, wide, foreign }) => {
            const token = tokens[Math.max(0, tokens.length - 1 - back)] ?? family.first;
            const scope = wide ? { scope: 'openid orders:write' } : {};
            const client = foreign === 0 ? forum : web;
            const used = await family.use({ token, arrivedAt: now - lag, now: now + delay, client, ...scope });
            return { token, used, barred: wide || foreign === 0 };
          });
          if (beside === 'disable') {
            family.changeUser({ status: 'disabled' });
            active = false;
          }
          const revoked = beside === 'revoke' ? family.revoke(now) : undefined;
          const [results] = await scheduler.waitFor(Promise.all([Promise.all(asked), revoked]));
          const after = await family.session();

          for (const { token, used, barred } of results) {
            const successor = successorOf(used);
            if (successor === undefined) continue;
            expect(wasDead, 'nothing works that was dead before').toBe(false);
            expect(barred, 'another client or a wider scope gets nothing').toBe(false);
            expect(generationOf(successor)).toBe(generationOf(token) + 1);
            expect(generationOf(successor)).toBeLessThanOrEqual(after?.generation ?? 0);
            given.set(token, [...(given.get(token) ?? []), successor]);
            if (!tokens.includes(successor)) tokens.push(successor);
          }
          expect(after?.generation).toBeGreaterThanOrEqual(before?.generation ?? 0);
          if (before?.revokedAt !== undefined) {
            expect(after?.revokedAt).toBe(before.revokedAt);
            expect(after?.generation).toBe(before.generation);
          }
          now += 100 + wait;
        }
        for (const successors of given.values()) {
          expect(new Set(successors).size).toBe(1);
          if (grace === 0) expect(successors).toHaveLength(1);
        }
        await expectOneLive(family, tokens, now);
      }),
      { numRuns: 120 },
    );
  });
});
