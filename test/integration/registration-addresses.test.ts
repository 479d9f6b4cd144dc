import { describe, expect, it } from 'vitest';
import { face } from './support/answer-face.ts';
import { facts } from './support/brand-facts.ts';
import { awaitMail, codeOf, mailsTo } from './support/inbox.ts';
import { signIn, signUp, startSignUp } from './support/journeys.ts';
import { median, ratio } from './support/median.ts';
import { roomyWindow } from './support/rate-windows.ts';
import { holdings, itemsUnder, readItem } from './support/tables.ts';
import { type Answer, type BrandId, goodPassword, newVisitor, randomEmail } from './support/visitor.ts';

const brands = ['northwind', 'solmar'] as const;

function register(brand: BrandId, fields: Readonly<Record<string, unknown>>): Promise<Answer> {
  const visitor = newVisitor(brand);
  return visitor.post('/v1/registrations', {
    client_id: visitor.client,
    email: randomEmail(),
    password: goodPassword,
    ...fields,
  });
}

describe.each(brands)('addresses at %s', (brand) => {
  it('REG6: known and unknown addresses get the same answer; only the owner’s mail differs', async () => {
    const owner = await signUp(newVisitor(brand));
    const [known, unknown] = [
      await register(brand, { email: owner.email }),
      await register(brand, { email: randomEmail() }),
    ];
    expect(face(known)).toBe(face(unknown));
    const notice = await awaitMail(owner.email, 2, brand);
    expect(notice.tags?.kind).toBe('already-registered');
    expect(notice.text).not.toMatch(/\b\d{6}\b/);

    const wrong = (flow: string) =>
      newVisitor(brand).post(`/v1/registrations/${flow}/verification`, { code: '000000' });
    expect(face(await wrong(known.json.flow))).toBe(face(await wrong(unknown.json.flow)));
    const again = (flow: string) => newVisitor(brand).post(`/v1/registrations/${flow}/resend`, undefined);
    expect(face(await again(known.json.flow))).toBe(face(await again(unknown.json.flow)));
  });

  it('REG7: however an address is written, it is one account', async () => {
    const name = randomEmail().split('@')[0];
    const spellings = [
      `${name}@bücher.example`,
      `  ${name?.toUpperCase()}@BÜCHER.EXAMPLE `,
      `${name}@xn--bcher-kva.example.`,
      `${name}＠bücher.example`,
      `${name}@ｂücher。example`,
    ];
    const visitor = newVisitor(brand);
    const normalised = `${name}@xn--bcher-kva.example`;
    const { flow } = await startSignUp(visitor, { email: spellings[2] ?? '' });
    const code = codeOf(await awaitMail(normalised, 1, brand));
    const { sub } = (await visitor.post(`/v1/registrations/${flow}/verification`, { code })).json;
    for (const email of spellings) {
      const answer = await signIn(newVisitor(brand), email, goodPassword);
      expect(answer.status, email).toBe(200);
      expect((await newVisitor(brand).get('/v1/account', { token: answer.json.access_token })).json).toMatchObject({
        sub,
        email: normalised,
      });
    }
    await startSignUp(newVisitor(brand), { email: spellings[1] ?? '' });
    expect((await awaitMail(normalised, 2, brand)).text).not.toMatch(/\b\d{6}\b/);
  });

  it('REG8: flows of one address verified in parallel make one account', async () => {
    await roomyWindow(brand, facts[brand].limits.codesPerAddress);
    const email = randomEmail();
    const flows: { readonly flow: string; readonly code: string }[] = [];
    for (let count = 1; count <= 5; count++) {
      const { flow } = await startSignUp(newVisitor(brand), { email });
      flows.push({ flow, code: codeOf(await awaitMail(email, count, brand)) });
    }
    const rivals = Array.from({ length: 4 }, () => flows).flat();
    const answers = await Promise.all(
      rivals.map(({ flow, code }) => newVisitor(brand).post(`/v1/registrations/${flow}/verification`, { code })),
    );
    const winners = answers.filter(({ status }) => status === 201);
    expect(winners).toHaveLength(1);
    for (const { status } of answers) expect([201, 400, 409, 410]).toContain(status);

    const sub = winners[0]?.json.sub;
    const { identHash, sessions, ident } = await holdings(brand, sub);
    expect(ident?.userId).toBe(sub);
    expect(sessions).toHaveLength(1);
    const owners = (await itemsUnder(brand, 'Directory', 'USER#')).filter((user) => user.identHash === identHash);
    expect(owners).toHaveLength(1);
    expect(await readItem(brand, 'Vault', `DATAKEY#${sub}`)).toBeDefined();
  });

  it('REG9: fields that nobody asked for are refused by name and never stored', async () => {
    for (const extra of [
      'role',
      'email_verified',
      'userId',
      'sub',
      'status',
      'tenantId',
      'constructor',
      'sessionsValidFrom',
    ]) {
      const refused = await register(brand, { [extra]: 'reg9-canary' });
      expect(refused.status).toBe(400);
      expect(refused.json.errors).toEqual([{ field: extra, rule: 'unknown_field', detail: expect.any(String) }]);
    }
    const visitor = newVisitor(brand);
    const base = `"client_id":"${visitor.client}","email":"${randomEmail()}","password":"${goodPassword}"`;
    const poison = `{${base},"__proto__":{"role":"reg9-canary"},"constructor":{"prototype":{"x":1}}}`;
    expect((await visitor.ask('POST', '/v1/registrations', { body: poison })).status).toBe(400);
    expect((await register(brand, { profile: { email_verified: true } })).json.errors[0].field).toBe(
      'profile.email_verified',
    );
    expect((await register(brand, { consents: [{ purpose: 'terms', granted: true, at: 1 }] })).status).toBe(400);
    for (const table of ['Directory', 'Sessions'] as const) {
      expect(JSON.stringify(await itemsUnder(brand, table, ''))).not.toContain('reg9-canary');
    }
  });

  it('REG10: what is not one plain address is refused, and mails nobody', async () => {
    const bait = randomEmail();
    const notOne: readonly unknown[] = [
      [bait],
      [bait, randomEmail()],
      { address: bait },
      { $ne: null },
      42,
      true,
      null,
      '',
      `${bait},${randomEmail()}`,
      `${bait};${randomEmail()}`,
      `${bait} ${randomEmail()}`,
      `${bait}\r\nBcc: ${randomEmail()}`,
      `${bait}\nBcc: x@example.com`,
      `Anna <${bait}>`,
      `<${bait}>`,
      `"anna"@example.com`,
      `<script>alert(1)</script>@example.com`,
      `anna@<b>example</b>.com`,
      `${bait}\u0000`,
      `an\u200bna@example.com`,
      `anna@exa\u202emple.com`,
      'anna',
      '@example.com',
      'anna@',
      'anna@@example.com',
      'a@b@example.com',
      'anna@localhost',
      'anna@127.0.0.1',
      'anna@[127.0.0.1]',
      'an..na@example.com',
      '.anna@example.com',
      'anna.@example.com',
      'anna@-example.com',
      'anna@example..com',
      'jürgen@example.com',
      `${'a'.repeat(65)}@example.com`,
      `${'a'.repeat(64)}@${`${'b'.repeat(60)}.`.repeat(3)}example.com`,
    ];
    for (const email of notOne) {
      const refused = await register(brand, { email });
      expect(refused.status, JSON.stringify(email)).toBe(400);
      expect(refused.json.errors.map(({ field }: { field: string }) => field)).toEqual(['email']);
      expect(refused.text).not.toContain('script');
    }
    expect(await mailsTo(bait, brand)).toEqual([]);
  });

  it('REG10: unusual addresses that mail reaches are taken as they are', async () => {
    const unique = randomEmail().slice(0, 12);
    const domain = `${`${'b'.repeat(61)}.`.repeat(3)}example`;
    const longest = `${unique}${'a'.repeat(254 - domain.length - 1 - unique.length)}@${domain}`;
    expect(longest).toHaveLength(254);
    const unusual = [`${unique}+shop@example.com`, `o'${unique}@example.com`, `${unique}@a.b.museum`, longest];
    for (const email of unusual) {
      expect((await register(brand, { email })).status, email).toBe(202);
      expect((await awaitMail(email, 1, brand)).to).toContain(email);
    }
    const longer = longest.replace('@', 'a@');
    expect((await register(brand, { email: longer })).status).toBe(400);
  });

  it('REG10: a name cannot break a mail: markup is escaped, line breaks are refused', async () => {
    const name = `<img src=x onerror=alert(1)> "Bo" & Co`;
    for (const broken of ['Anna\r\nBcc: x@example.com', 'Anna\u0000', 'Anna\u2028Bo', '']) {
      expect((await register(brand, { profile: { name: broken } })).status).toBe(400);
    }
    const member = await signUp(newVisitor(brand), { profile: { name } });
    const changed = await member.visitor.post(
      '/v1/account/password',
      { current_password: member.password, new_password: 'ten brown bears in a boat' },
      { token: member.tokens.access_token },
    );
    expect(changed.status).toBe(204);
    const mail = await awaitMail(member.email, 2, brand);
    expect(mail.text).toContain(name);
    expect(mail.html).not.toContain('<img src=x');
    expect(mail.html).toContain('&lt;img src=x onerror=alert(1)&gt;');
  });
});

describe('REG6: time', () => {
  it('REG6: a sign-up takes as long for a known address as for an unknown one', async () => {
    const brand = 'northwind';
    await roomyWindow(brand, facts[brand].limits.codesPerAddress);
    const owners = await Promise.all(Array.from({ length: 4 }, () => signUp(newVisitor(brand))));
    const times: Record<'known' | 'unknown', number[]> = { known: [], unknown: [] };
    for (const { email } of owners) {
      const stranger = randomEmail();
      for (let round = 0; round < (facts[brand].limits.codesPerAddress.free ?? 0) - 1; round++) {
        for (const [kind, address] of [
          ['known', email],
          ['unknown', stranger],
        ] as const) {
          const begun = performance.now();
          expect((await register(brand, { email: address })).status).toBe(202);
          times[kind].push(performance.now() - begun);
        }
      }
    }
    expect(ratio(median(times.known), median(times.unknown))).toBeLessThan(1.35);
  });
});
