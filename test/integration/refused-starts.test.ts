import { randomInt } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { facts } from './support/brand-facts.ts';
import { askDesk } from './support/faults.ts';
import { askForCode } from './support/mailed-flows.ts';
import { roomyWindow } from './support/rate-windows.ts';
import { itemsUnder } from './support/tables.ts';
import { newVisitor, randomEmail, type Visitor } from './support/visitor.ts';

const brand = 'northwind';
const { codesPerAddress } = facts[brand].limits;
const { starts } = facts[brand].abuse;
const { free = 0 } = codesPerAddress;
const times = (count: number) => Array.from({ length: count }, (_, at) => at);

/** One computer, in a prefix that no other test has; and what its neighbourhood has counted of it. */
async function attacker(): Promise<{ readonly robot: Visitor; readonly counted: () => Promise<number> }> {
  await Promise.all([roomyWindow(brand, starts.prefix), roomyWindow(brand, codesPerAddress)]);
  const counts = () => itemsUnder(brand, 'Sessions', 'RATE#starts-prefix#');
  const before = new Set((await counts()).map(({ pk }) => pk));
  const counted = async () => {
    const own = (await counts()).filter(({ pk }) => !before.has(pk));
    return own.reduce((sum, { n = 0, proven = 0 }) => sum + n + proven, 0);
  };
  const ip = `10.${randomInt(256)}.${randomInt(256)}.${randomInt(1, 255)}`;
  return { robot: newVisitor(brand, ip), counted };
}

describe('RL3, RL7: what is refused raises no alert', () => {
  it('a loop of resends counts as often as a code went out: five in one flow', async () => {
    const { robot, counted } = await attacker();
    const { json } = await askForCode(robot, 'registration', randomEmail());
    const again = () => robot.post(`/v1/registrations/${json.flow}/resend`, undefined);
    const statuses: number[] = [];
    for (const _ of times(20)) statuses.push((await again()).status);
    expect(statuses.filter((status) => status === 202)).toHaveLength(5);
    expect(await counted()).toBe(6);
  });

  it('a loop of resends to an address that has had its codes counts nothing', async () => {
    const { robot, counted } = await attacker();
    const email = randomEmail();
    const { json } = await askForCode(robot, 'registration', email);
    for (const _ of times(free - 1)) {
      expect((await askForCode(newVisitor(brand), 'login-code', email)).status).toBe(202);
    }
    const own = await counted();
    const again = () => robot.post(`/v1/registrations/${json.flow}/resend`, undefined);
    const statuses = await Promise.all(times(20).map(async () => (await again()).status));
    expect(statuses).toEqual(Array(20).fill(429));
    expect(await counted()).toBe(own);
  });

  it('a resend takes three waves: what its neighbourhood counts is a code that went out', async () => {
    const { robot } = await attacker();
    const { json } = await askForCode(robot, 'registration', randomEmail());
    const resent = await robot.post(`/v1/registrations/${json.flow}/resend`, undefined);
    const id = resent.headers.get('x-local-request-id') ?? '';
    expect((await askDesk(brand, 'GET', `calls?request=${id}`))[0].waves).toBe(3);
  });

  it('a loop of starts beyond the free ones counts once for a function, which looks there first from then on', async () => {
    const { robot, counted } = await attacker();
    const email = randomEmail();
    for (const _ of times(free)) expect((await askForCode(robot, 'recovery', email)).status).toBe(202);
    expect(await counted()).toBe(free);
    for (const _ of times(20)) expect((await askForCode(robot, 'recovery', email)).status).toBe(403);
    expect(await counted()).toBeLessThanOrEqual(free + 1);
  });
});
