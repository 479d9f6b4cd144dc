import { describe, expect, it } from 'vitest';
import { face } from './support/answer-face.ts';
import { facts } from './support/brand-facts.ts';
import { awaitMail, mailsTo, wrongCode } from './support/inbox.ts';
import { refresh, signIn, signUp } from './support/journeys.ts';
import { askForCode, recoveredPassword, startMailedFlow } from './support/mailed-flows.ts';
import { median, ratio } from './support/median.ts';
import { nextWindow, roomyWindow } from './support/rate-windows.ts';
import { holdings, readItem } from './support/tables.ts';
import { newVisitor, randomEmail, type Visitor } from './support/visitor.ts';

const brands = ['northwind', 'solmar'] as const;
const another = 'eleven wet geese on parade';

function setPassword(visitor: Visitor, flow: string, body: Readonly<Record<string, unknown>>) {
  return visitor.post(`/v1/recoveries/${flow}/password`, body);
}

describe.each(brands)('a forgotten password at %s', (brand) => {
  it('REC1: known and unknown addresses get the same answer to each step', async () => {
    const { email } = await signUp(newVisitor(brand));
    const [known, unknown] = [
      await askForCode(newVisitor(brand), 'recovery', email),
      await askForCode(newVisitor(brand), 'recovery', randomEmail()),
    ];
    expect(known.status).toBe(202);
    expect(face(known)).toBe(face(unknown));
    for (const body of [
      { code: '000000', password: recoveredPassword },
      { code: '000000', password: 'short' },
      { code: '000000', password: 'passwordpassword' },
    ]) {
      const [one, other] = await Promise.all(
        [known, unknown].map(({ json }) => setPassword(newVisitor(brand), json.flow, body)),
      );
      expect(one && face(one)).toBe(other && face(other));
    }
  });

  it('REC2: asking changes nothing: the password works, sessions live, wrong codes lock nobody out', async () => {
    const { member, redeem, code } = await startMailedFlow('recovery', brand);
    if (!member) throw new Error('a recovery has an owner');
    const before = await holdings(brand, member.sub);
    for (let tries = 0; tries < 10; tries++) await redeem(wrongCode(code));
    expect(await holdings(brand, member.sub)).toEqual(before);
    expect((await signIn(newVisitor(brand), member.email, member.password)).status).toBe(200);
    expect((await refresh(member.visitor, member.tokens.refresh_token)).status).toBe(200);
  });

  it('REC4: a reset signs nobody in, ends every session and tells the owner', async () => {
    const { member, redeem, code, email } = await startMailedFlow('recovery', brand);
    if (!member) throw new Error('a recovery has an owner');
    const { visitor, tokens } = member;
    const elsewhere = await signIn(newVisitor(brand), email, member.password);
    const done = await redeem(code);
    expect([done.status, done.text, done.headers.getSetCookie()]).toEqual([204, '', []]);
    expect(done.headers.get('referrer-policy')).toBe('no-referrer');
    for (const { access_token, refresh_token } of [tokens, elsewhere.json]) {
      expect((await visitor.get('/oauth2/userinfo', { token: access_token })).status).toBe(401);
      expect((await visitor.get('/v1/account', { token: access_token })).status).toBe(401);
      expect((await refresh(visitor, refresh_token)).json.error).toBe('invalid_grant');
    }
    expect((await signIn(newVisitor(brand), email, member.password)).status).toBe(401);
    expect((await signIn(newVisitor(brand), email, recoveredPassword)).status).toBe(200);
    const notice = await awaitMail(email, 3, brand);
    expect(notice.tags?.kind).toBe('password-changed');
    expect(notice.text).not.toMatch(/\b\d{6}\b/);
  });

  it('REC7: the code lives as long as the brand says, at most a day, and the answer says so', async () => {
    const { recoveryCode } = facts[brand].lifetimes;
    expect(recoveryCode).toBeLessThanOrEqual(86_400);
    const asked = await askForCode(newVisitor(brand), 'recovery', randomEmail());
    expect(asked.json).toEqual({ flow: expect.any(String), next: 'verify', expires_in: recoveryCode });
  });

  it('REC7: recoveries of one address are throttled, whoever asks', async () => {
    const { codesPerAddress } = facts[brand].limits;
    await roomyWindow(brand, codesPerAddress);
    const email = randomEmail();
    const { free = 0 } = codesPerAddress;
    const answers = await Promise.all(
      Array.from({ length: free + 5 }, () => askForCode(newVisitor(brand), 'recovery', email)),
    );
    expect(answers.filter(({ status }) => status === 202)).toHaveLength(free);
    expect(answers.filter(({ json }) => json.code === 'challenge_required')).toHaveLength(5);
  });
});

describe('the proof', () => {
  it('REC1: known and unknown addresses take the same time', async () => {
    const { codesPerAddress } = facts.northwind.limits;
    const { email } = await signUp();
    const stranger = randomEmail();
    const times: Record<'known' | 'unknown', number[]> = { known: [], unknown: [] };
    for (let window = 0; window < 8; window++) {
      await nextWindow('northwind', codesPerAddress);
      for (let turn = 0; turn < (codesPerAddress.free ?? 0); turn++) {
        for (const [kind, address] of [
          ['known', email],
          ['unknown', stranger],
        ] as const) {
          const begun = performance.now();
          expect((await askForCode(newVisitor(), 'recovery', address)).status).toBe(202);
          times[kind].push(performance.now() - begun);
        }
      }
    }
    expect(ratio(median(times.known), median(times.unknown))).toBeLessThan(1.5);
  });

  it('REC3: it has 128 random bits beside the mailed code, lies hashed or derived, and is spent with the change', async () => {
    const { flow, code, redeem, member } = await startMailedFlow('recovery', 'northwind');
    expect(flow).toMatch(/^flw_[\w-]{22}$/);
    const open = await readItem('northwind', 'Sessions', `FLOW#${flow}`);
    expect(JSON.stringify(open)).not.toMatch(new RegExp(`\\b${code}\\b`));
    expect(open?.consumedAt).toBeUndefined();
    const before = await holdings('northwind', member?.sub ?? '');
    expect((await redeem(code)).status).toBe(204);
    const after = await holdings('northwind', member?.sub ?? '');
    expect(after.credential?.hash).not.toBe(before.credential?.hash);
    expect((await readItem('northwind', 'Sessions', `FLOW#${flow}`))?.consumedAt).toBe(after.credential?.changedAt);
    expect((await redeem(code)).status).toBe(410);
    expect((await holdings('northwind', member?.sub ?? '')).credential).toEqual(after.credential);
  });

  it('REC3: a password that the policy refuses costs no try and no code', async () => {
    const { flow, code, visitor } = await startMailedFlow('recovery', 'northwind');
    for (const password of ['short', 'passwordpassword', 'northwindnorthwind', 'x'.repeat(257)]) {
      for (let times = 0; times < 2; times++) {
        const refused = await setPassword(visitor, flow, { code, password });
        expect(refused.json.errors[0]).toMatchObject({ field: 'password', rule: expect.stringMatching(/^password_/) });
      }
    }
    expect((await setPassword(visitor, flow, { code, password: another })).status).toBe(204);
  });

  it('REC3: the own address is no password here either', async () => {
    const { flow, code, visitor, email } = await startMailedFlow('recovery', 'northwind');
    const refused = await setPassword(visitor, flow, { code, password: email });
    expect(refused.json.code).toBe('password_is_identifier');
    expect((await setPassword(visitor, flow, { code, password: another })).status).toBe(204);
  });

  it('REC5: nothing but the mailed proof of this flow reaches the password', async () => {
    const victim = await startMailedFlow('recovery', 'northwind');
    const attacker = await startMailedFlow('recovery', 'northwind');
    const thief = newVisitor();
    const password = another;
    const tries = [
      await setPassword(thief, victim.flow, { password }),
      await setPassword(thief, victim.flow, { code: '', password }),
      await setPassword(thief, victim.flow, { code: null, password }),
      await setPassword(thief, victim.flow, { code: ['000000', victim.code], password }),
      await setPassword(thief, victim.flow, { code: wrongCode(victim.code), password }),
      await setPassword(thief, attacker.flow, { code: attacker.code, password, email: victim.email }),
      await setPassword(thief, attacker.flow, { code: attacker.code, password, userId: victim.member?.sub }),
      await setPassword(thief, attacker.flow, { code: attacker.code, password, flow: victim.flow }),
      await setPassword(thief, `${attacker.flow}/../${victim.flow}`, { code: attacker.code, password }),
      await setPassword(thief, `${attacker.flow}%23${victim.flow}`, { code: attacker.code, password }),
      await thief.post(`/v1/account/password`, { new_password: password, current_password: '', code: victim.code }),
    ];
    for (const { status } of tries) expect([400, 401, 404, 410]).toContain(status);
    const cross = await setPassword(thief, victim.flow, { code: attacker.code, password });
    if (attacker.code !== victim.code) expect(cross.json.code).toBe('code_invalid');
    expect((await signIn(newVisitor(), victim.email, victim.member?.password ?? '')).status).toBe(200);
    expect((await victim.redeem(victim.code)).status).toBe(204);
    expect((await attacker.redeem(attacker.code)).status).toBe(204);
  });

  it('REC6: it dies with another reset, from a second tab', async () => {
    const member = await signUp();
    const first = await startMailedFlow('recovery', 'northwind', member);
    const second = await startMailedFlow('recovery', 'northwind', member);
    expect((await first.redeem(first.code)).status).toBe(204);
    const late = await setPassword(newVisitor(), second.flow, { code: second.code, password: another });
    expect([late.status, late.json.code]).toEqual([410, 'flow_expired']);
    expect((await signIn(newVisitor(), member.email, recoveredPassword)).status).toBe(200);
  });

  it('REC6: it dies with a change of the password', async () => {
    const { member, code, redeem } = await startMailedFlow('recovery', 'northwind');
    const changed = await member?.visitor.post(
      '/v1/account/password',
      { current_password: member.password, new_password: another },
      { token: member.tokens.access_token },
    );
    expect(changed?.status).toBe(204);
    expect((await redeem(code)).json.code).toBe('flow_expired');
    expect((await signIn(newVisitor(), member?.email ?? '', another)).status).toBe(200);
  });

  it('REC6: it dies with a change of the address, also when the old one gets another owner', async () => {
    const { member, code, redeem, email } = await startMailedFlow('recovery', 'northwind');
    if (!member) throw new Error('a recovery has an owner');
    const change = await startMailedFlow('email-change', 'northwind', member);
    expect((await change.redeem(change.code)).status).toBe(200);
    expect((await redeem(code)).json.code).toBe('flow_expired');
    const heir = await signUp(newVisitor(), { email });
    expect((await redeem(code)).json.code).toBe('flow_expired');
    expect((await signIn(newVisitor(), email, heir.password)).status).toBe(200);
    expect((await signIn(newVisitor(), change.email, member.password)).status).toBe(200);
    expect((await mailsTo(email)).filter(({ tags }) => tags?.kind === 'password-changed')).toEqual([]);
  });
});
