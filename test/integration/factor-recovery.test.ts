import { setTimeout as sleep } from 'node:timers/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import { advance, cloudNow } from './support/cloud-desk.ts';
import { enrolTotp, firstFactor, secondFactor, totpCode } from './support/factors.ts';
import { codeOf, mailsTo, type ReceivedMail } from './support/inbox.ts';
import { type Member, refresh, signIn, signUp } from './support/journeys.ts';
import { follow, formTo, send } from './support/pages.ts';
import { holdings, partition, patchItem, readItem } from './support/tables.ts';
import { newVisitor, randomEmail } from './support/visitor.ts';

const brand = 'northwind';
const delay = 3 * 86_400;
const newPassword = 'nine otters asleep on ice';

interface Loser extends Member {
  readonly secret: string;
}

async function loser(): Promise<Loser> {
  const member = await signUp(newVisitor(brand));
  return { ...member, secret: await enrolTotp(member) };
}

async function ofKind(email: string, kind: string, count = 1): Promise<readonly ReceivedMail[]> {
  for (let tries = 0; tries < 200; tries++) {
    const found = (await mailsTo(email, brand)).filter(({ tags }) => tags?.kind === kind);
    if (found.length >= count) return found;
    await sleep(50);
  }
  throw new Error(`fewer than ${count} mails ${kind} to ${email}`);
}

/** Asks for a code and reads it. */
async function asked(email: string) {
  const visitor = newVisitor(brand);
  const before = (await mailsTo(email, brand)).filter(({ tags }) => tags?.kind === 'factor-recovery').length;
  const started = await visitor.post('/v1/factor-recoveries', { client_id: visitor.client, email });
  expect(started.status, started.text).toBe(202);
  const [mail] = await ofKind(email, 'factor-recovery', before + 1);
  if (!mail) throw new Error('no mail');
  return { visitor, path: `/v1/factor-recoveries/${started.json.flow}`, code: codeOf(mail), started };
}

async function prove(email: string, fields: Readonly<Record<string, string>> = {}) {
  const { visitor, path, code } = await asked(email);
  return visitor.post(path, { code, ...fields });
}

const stopPath = async (email: string) => {
  const [mail] = await ofKind(email, 'factor-recovery-waiting');
  const link = new URL(/https?:\/\/\S+\/recover\/factors\/cancel\S+/.exec(mail?.text ?? '')?.[0] ?? '');
  return `${link.pathname}${link.search}`;
};

const isAsked = async ({ email, password }: Member) =>
  (await signIn(newVisitor(brand), email, password)).json.code === 'second_factor_required';

describe('who lost every second factor', () => {
  let [patient, owner, finder] = [] as unknown as [Loser, Loser, Loser];
  beforeAll(async () => {
    [patient, owner, finder] = await Promise.all([loser(), loser(), loser()]);
    for (const { email } of [patient, owner, finder]) expect((await prove(email)).json.state).toBe('waiting');
  });

  it('WEB7: the pages do the same without a script', async () => {
    const { email } = await loser();
    const visitor = newVisitor(brand);
    const first = await visitor.get('/recover/factors');
    const entry = await follow(visitor, await send(visitor, formTo(first, '/recover/factors'), { username: email }));
    const [mail] = await ofKind(email, 'factor-recovery');
    const form = formTo(entry, '/recover/factors/code');
    expect((await send(visitor, form, { code: '12' })).status).toBe(400);
    const told = await send(visitor, form, { code: mail ? codeOf(mail) : '' });
    expect([told.status, told.text.includes('The waiting time is running')]).toEqual([200, true]);
  });

  it('REC1: the same answer for an address of nobody, and no mail; no factors, nothing to wait for', async () => {
    const visitor = newVisitor(brand);
    const nobody = randomEmail();
    const start = (email: string) => visitor.post('/v1/factor-recoveries', { client_id: visitor.client, email });
    const [known, unknown] = [await start(patient.email), await start(nobody)];
    expect([unknown.status, Object.keys(unknown.json)]).toEqual([known.status, Object.keys(known.json)]);
    const plain = await signUp(newVisitor(brand));
    expect((await prove(plain.email)).json).toEqual({ state: 'nothing' });
    expect(await mailsTo(nobody, brand)).toEqual([]);
  });

  it('REC2: nothing changes while it waits: the factor is asked for, sessions live, a password is not set', async () => {
    const again = await prove(patient.email, { password: newPassword });
    expect(again.json.state).toBe('waiting');
    expect(await isAsked(patient)).toBe(true);
    expect((await signIn(newVisitor(brand), patient.email, newPassword)).status).toBe(401);
    expect((await refresh(patient.visitor, patient.tokens.refresh_token)).status).toBe(200);
    expect(await ofKind(patient.email, 'factor-recovery-waiting')).toHaveLength(1);
    expect(Date.parse(again.json.opens_at) - (await cloudNow(brand))).toBeGreaterThan((delay - 600) * 1000);
  });

  it('VC2: a code begins or ends nothing twice', async () => {
    const { visitor, path, code } = await asked(patient.email);
    const answers = await Promise.all([1, 2, 3].map(() => visitor.post(path, { code })));
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 410, 410]);
  });

  it('VC7: the link in the notice changes nothing by being opened; its button stops the removal, once', async () => {
    const path = await stopPath(owner.email);
    const visitor = newVisitor(brand);
    for (const method of ['GET', 'HEAD', 'GET']) await newVisitor(brand).ask(method, path);
    expect((await prove(owner.email)).json.state).toBe('waiting');
    const forged = path.replace(/token=.{4}/, 'token=AAAA');
    expect((await visitor.get(forged)).status).toBe(410);
    const page = await visitor.get(path);
    const form = formTo(page, '/recover/factors/cancel');
    const presses = await Promise.all([send(visitor, form), send(visitor, form)]);
    expect(presses.map(({ status }) => status).toSorted()).toEqual([200, 410]);
    expect((await visitor.get(path)).status).toBe(410);
    await ofKind(owner.email, 'factor-recovery-stopped');
  });

  it('is over for who signs in with a factor meanwhile; every channel is told again before it ends', async () => {
    const visitor = newVisitor(brand);
    await advance(brand, delay - 5 * 3600);
    const { flow } = await firstFactor(visitor, finder.email, finder.password);
    expect((await secondFactor(visitor, flow, 'totp', totpCode(finder.secret, await cloudNow(brand)))).status).toBe(
      200,
    );
    await ofKind(patient.email, 'factor-recovery-waiting', 2);
    await advance(brand, 3600);
    await sleep(300);
    expect(await ofKind(patient.email, 'factor-recovery-waiting', 2)).toHaveLength(2);
    expect(await ofKind(owner.email, 'factor-recovery-waiting')).toHaveLength(1);
  });

  it('removes them by a fresh code once the time is over, with sessions, and sets a password; only then', async () => {
    await advance(brand, 4 * 3600 + 60);
    // Stopped, or found again: the time begins anew.
    expect((await prove(owner.email)).json.state).toBe('waiting');
    expect((await prove(finder.email)).json.state).toBe('waiting');
    expect(await isAsked(owner)).toBe(true);

    const { identHash } = await holdings(brand, patient.sub);
    const devicesValidFrom = await cloudNow(brand);
    await patchItem(brand, 'Directory', `CRED#${identHash}`, 'factors', { devicesValidFrom });
    const { visitor, path, code } = await asked(patient.email);
    const answers = await Promise.all([1, 2].map(() => visitor.post(path, { code, password: newPassword })));
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 410]);
    expect(answers.find(({ status }) => status === 200)?.json).toEqual({ state: 'removed' });
    expect((await refresh(patient.visitor, patient.tokens.refresh_token)).status).toBe(400);
    expect(await partition(brand, 'Directory', `FACTOR#${patient.sub}`)).toEqual([]);
    // LOG5: browsers that were disowned stay so.
    const left = await readItem(brand, 'Directory', `CRED#${identHash}`, 'factors');
    expect(left).toMatchObject({ userId: patient.sub, devicesValidFrom });
    expect(left).not.toHaveProperty('totp');
    expect((await signIn(newVisitor(brand), patient.email, patient.password)).status).toBe(401);
    expect((await signIn(newVisitor(brand), patient.email, newPassword)).status).toBe(200);
    await ofKind(patient.email, 'factors-recovered');
    expect((await prove(patient.email)).json).toEqual({ state: 'nothing' });
  });

  it('REC2: nothing is removed before every channel was told again; a late telling puts it off', async () => {
    const { email, sub } = await loser();
    expect((await prove(email)).json.state).toBe('waiting');
    const { opensAt, nonce } = (await readItem(brand, 'Sessions', `RECOVERY#${sub}`)) ?? {};
    const due = `RECOVERY#due-${Math.floor((Number(opensAt) - 9 * 3600) / 3600)}`;
    // The reminder finds nobody to tell.
    await patchItem(brand, 'Sessions', due, sub, { nonce: 'lost' });
    await advance(brand, delay + 3600);
    const early = (await prove(email)).json;
    expect(early.state).toBe('waiting');
    expect(Date.parse(early.opens_at)).toBeGreaterThan(await cloudNow(brand));
    await patchItem(brand, 'Sessions', due, sub, { nonce });
    await advance(brand, 3 * 3600);
    await ofKind(email, 'factor-recovery-waiting', 2);
    expect((await prove(email)).json.state).toBe('waiting');
    await advance(brand, 5 * 3600 + 60);
    expect((await prove(email)).json.state).toBe('removed');
  });

  it('REG3, LOG6: a password that has leaked is refused there too, and costs no try', async () => {
    const { email } = await loser();
    const { visitor, path, code } = await asked(email);
    const refused = await visitor.post(path, { code, password: 'correct horse battery staple' });
    expect(refused.json).toMatchObject({ status: 400, code: 'password_common' });
    expect((await visitor.post(path, { code, password: newPassword })).json.state).toBe('waiting');
  });
});
