import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { type Member, signIn, signUp } from './support/journeys.ts';
import { awaitNotices, notMeLinkOf, remembered, signInFrom } from './support/notices.ts';
import { formTo, send } from './support/pages.ts';
import { prove, randomNumber } from './support/phones.ts';
import { partition, patchItem, readItem } from './support/tables.ts';
import { type BrandId, newVisitor } from './support/visitor.ts';

/** Somebody whose password an intruder has, who is signed in; and the button of “this wasn’t me” in the notice of it. */
async function intruded(brand: BrandId) {
  const fields = brand === 'solmar' ? { consents: [{ purpose: 'terms', granted: true }] } : {};
  const member = await signUp(newVisitor(brand), fields);
  await remembered(brand, member, 1);
  const visitor = newVisitor(brand);
  const intruder: Member = { ...member, visitor, tokens: (await signInFrom(visitor, member)).json };
  const elsewhere = newVisitor(brand);
  const link = notMeLinkOf((await awaitNotices(brand, member, 1))[0]);
  const form = formTo(await elsewhere.get(link), '/recover/not-me');
  return { member, intruder, press: () => send(elsewhere, form) };
}

const isIn = async ({ visitor, tokens }: Member) =>
  (await visitor.get('/v1/account', { token: tokens.access_token })).status === 200;

describe('LOG5: whoever came in does not keep “this wasn’t me” from working', () => {
  it('LOG5, MFA2: an intruder who changes the profile over and over is signed out all the same', async () => {
    const { member, intruder, press } = await intruded('northwind');
    const { visitor, tokens } = intruder;
    const told = { changes: 0, over: false };
    /** Changes the profile for as long as the session lets it. */
    const change = async (): Promise<void> => {
      for (let turn = 0; !told.over; turn++) {
        const json = { locale: turn % 2 ? 'en' : 'de' };
        const { status } = await visitor.ask('PATCH', '/v1/account', { json, token: tokens.access_token });
        if (status === 200) told.changes++;
        if (status === 401) return;
      }
    };
    const loops = Promise.all(Array.from({ length: 6 }, change));
    await expect.poll(() => told.changes, { timeout: 10_000 }).toBeGreaterThan(20);
    const pressed = await press().finally(() => {
      told.over = true;
    });
    await loops;
    expect(pressed.status).toBe(303);
    expect(await isIn(intruder)).toBe(false);
    expect((await signIn(newVisitor(), member.email, member.password)).status).toBe(401);
    expect((await press()).status).toBe(410);
  });

  it('LOG5, VC2: where the factors cannot be removed sessions and password are gone, and pressing again does the rest', async () => {
    const { member, intruder, press } = await intruded('solmar');
    expect((await prove(intruder, randomNumber())).status).toBe(200);
    const [phone] = await partition('solmar', 'Directory', `FACTOR#${member.sub}`);
    const number = `IDENT#${phone?.identHash}`;
    await patchItem('solmar', 'Directory', number, '#', { userId: 'of-somebody-else' });
    expect((await press()).status).toBe(409);
    expect(await isIn(intruder)).toBe(false);
    expect((await signIn(newVisitor('solmar'), member.email, member.password)).status).toBe(401);
    expect(await partition('solmar', 'Directory', `FACTOR#${member.sub}`)).toHaveLength(1);

    await patchItem('solmar', 'Directory', number, '#', { userId: member.sub });
    expect((await press()).status).toBe(303);
    expect(await partition('solmar', 'Directory', `FACTOR#${member.sub}`)).toEqual([]);
    expect(await readItem('solmar', 'Directory', number)).toBeUndefined();
    expect((await press()).status).toBe(410);
  });

  it('LOG5: an intruder who signs in at that very moment has no session that outlives it', async () => {
    const { member, press } = await intruded('northwind');
    const enter = async (_: unknown, turn: number): Promise<Member | undefined> => {
      await sleep(turn * 4);
      const visitor = newVisitor();
      const answer = await signInFrom(visitor, member);
      return answer.status === 200 ? { ...member, visitor, tokens: answer.json } : undefined;
    };
    const [pressed, ...made] = await Promise.all([press(), ...Array.from({ length: 8 }, enter)]);
    expect(pressed.status).toBe(303);
    const alive = await Promise.all(made.map((each) => each !== undefined && isIn(each)));
    expect(alive).toEqual(made.map(() => false));
  });
});
