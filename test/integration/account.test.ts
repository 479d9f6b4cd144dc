import { beforeEach, describe, expect, it } from 'vitest';
import { changePassword } from './support/account-journeys.ts';
import { checkedVisitor } from './support/checked-visitor.ts';
import { awaitEvent } from './support/cloud-desk.ts';
import { awaitMail, mailsTo } from './support/inbox.ts';
import { type Member, signIn, signUp } from './support/journeys.ts';
import type { Answer } from './support/visitor.ts';

const offered = { northwind: 'fr', solmar: 'pt-BR' } as const;

describe.each(['northwind', 'solmar'] as const)('the account at %s', (brand) => {
  let member: Member;
  let token: string;
  beforeEach(async () => {
    member = await signUp(checkedVisitor(brand), { profile: { name: 'Zoë', nickname: 'zo' } });
    token = member.tokens.access_token;
  });

  const read = async () => (await member.visitor.get('/v1/account', { token })).json;
  const patch = (json: unknown): Promise<Answer> => member.visitor.ask('PATCH', '/v1/account', { token, json });
  const rules = ({ json }: Answer) =>
    json.errors.map(({ field, rule }: { field: string; rule: string }) => `${field} ${rule}`);

  it('ADM3: it is the bearer’s own, whole and without secrets', async () => {
    expect(await read()).toEqual({
      sub: member.sub,
      email: member.email,
      email_verified: true,
      profile: { name: 'Zoë', nickname: 'zo' },
      locale: expect.any(String),
      created_at: expect.stringMatching(/Z$/),
      updated_at: expect.stringMatching(/Z$/),
    });
  });

  it('REG9: a PATCH sets what it names, null removes, the rest stays', async () => {
    const changed = await patch({ profile: { nickname: null, given_name: '李', birthdate: '2000-02-29' } });
    expect(changed.status).toBe(200);
    expect(changed.json.profile).toEqual({ name: 'Zoë', given_name: '李', birthdate: '2000-02-29' });
    expect(await read()).toEqual(changed.json);
    expect((await patch({ profile: { nickname: null } })).json.profile).toEqual(changed.json.profile);
    const { data } = await awaitEvent(brand, 'user.updated', member.sub);
    expect(data).toEqual({ sub: member.sub, fields: expect.any(Array) });
    expect(JSON.stringify(data)).not.toMatch(/李|2000/);
  });

  it('REG9: unknown, foreign and malformed fields are refused by name and nothing is stored', async () => {
    const before = await read();
    const refused: readonly (readonly [unknown, string])[] = [
      [{ role: 'admin' }, 'role unknown_field'],
      [{ email: 'other@example.com' }, 'email unknown_field'],
      [{ sub: 'usr_AAAAAAAAAAAAAAAAAAAAAA' }, 'sub unknown_field'],
      [{ email_verified: true }, 'email_verified unknown_field'],
      [{ profile: { admin: true } }, 'profile.admin unknown_field'],
      [{ profile: { name: '' } }, 'profile.name too_short'],
      [{ profile: { name: 'a'.repeat(201) } }, 'profile.name too_long'],
      [{ profile: { name: 'a\r\nBcc: b@example.com' } }, 'profile.name format'],
      [{ profile: { name: ['a'] } }, 'profile.name type'],
      [{ profile: { birthdate: '29.02.2000' } }, 'profile.birthdate format'],
      [{ profile: { birthdate: '2001-02-30' } }, 'profile.birthdate format'],
      [{ profile: null }, 'profile type'],
      [{ locale: 'xx' }, 'locale not_allowed'],
      [[], 'body type'],
      [null, 'body type'],
    ];
    for (const [json, rule] of refused) {
      const answer = await patch(json);
      expect([rule, answer.status, answer.json.code]).toEqual([rule, 400, 'field_invalid']);
      expect(rules(answer)).toEqual([rule]);
    }
    const prototype = await member.visitor.ask('PATCH', '/v1/account', {
      token,
      body: '{"__proto__":{"role":"admin"}}',
    });
    expect(prototype.status).toBe(400);
    expect(await read()).toEqual(before);
  });

  it('REG9: the locale changes to one that is offered, and mails follow it', async () => {
    expect((await patch({ locale: offered[brand] })).json.locale).toBe(offered[brand]);
    const { visitor, password, email } = member;
    await changePassword(visitor, token, password, 'nine patient lynxes by the fire');
    const { html } = await awaitMail(email, 2, brand);
    expect(html).toContain(`lang="${offered[brand]}"`);
  });

  it('A15.4.2: of parallel changes none is lost: each is in the account or was told to try again', async () => {
    const fields = ['name', 'given_name', 'family_name', 'nickname'] as const;
    const answers = await Promise.all(fields.map((field) => patch({ profile: { [field]: `new ${field}` } })));
    const { profile } = await read();
    for (const [at, field] of fields.entries()) {
      const answer = answers[at];
      if (answer?.status === 200) expect(profile[field]).toBe(`new ${field}`);
      else expect([answer?.status, answer?.json.code]).toEqual([409, 'conflict_retry']);
    }
    expect(answers.filter(({ status }) => status === 200).length).toBeGreaterThan(0);
  });

  it('SES4: a password is changed by the current one, and the person is told by mail', async () => {
    const fresh = 'nine patient lynxes by the fire';
    const { visitor, email, password } = member;
    expect((await changePassword(visitor, token, password, fresh)).status).toBe(204);
    expect((await signIn(visitor, email, password)).status).toBe(401);
    expect((await signIn(visitor, email, fresh)).status).toBe(200);
    const notice = await awaitMail(email, 2, brand);
    expect(notice.html).toContain('Zoë');
    expect(notice.text).not.toContain(fresh);
    expect((await awaitEvent(brand, 'password.changed', member.sub)).data).toEqual({ sub: member.sub });
  });

  it('SES4: a wrong current password changes nothing, is counted, and is no word about the token', async () => {
    const { visitor, email, password } = member;
    const wrong = await changePassword(visitor, token, 'not the password', 'nine patient lynxes by the fire');
    expect([wrong.status, wrong.json.code]).toEqual([401, 'credentials_invalid']);
    expect(rules(wrong)).toEqual(['current_password credentials_invalid']);
    expect(wrong.headers.get('www-authenticate') ?? '').not.toContain('invalid_token');
    expect((await signIn(visitor, email, password)).status).toBe(200);
    expect(await mailsTo(email, brand)).toHaveLength(1);

    const statuses: number[] = [];
    for (let guess = 0; guess < 12; guess++) {
      statuses.push((await changePassword(visitor, token, `guess ${guess}`, 'nine patient lynxes by the fire')).status);
    }
    expect(statuses).toContain(429);
  });

  it('REG3: the new password is held to the policy', async () => {
    const { visitor, email, password } = member;
    const refused: readonly (readonly [string, string])[] = [
      ['short', 'password_too_short'],
      ['passwordpassword', 'password_common'],
      [email, 'password_is_identifier'],
      ['a'.repeat(300), 'password_too_long'],
    ];
    for (const [candidate, code] of refused) {
      const answer = await changePassword(visitor, token, password, candidate);
      expect([answer.status, answer.json.code]).toEqual([400, code]);
      expect(rules(answer)).toEqual([`new_password ${code}`]);
    }
  });
});
