import { randomInt } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { copyCode } from './support/assets.ts';
import { facts } from './support/brand-facts.ts';
import { advance } from './support/cloud-desk.ts';
import { askDesk, eventually, withOverrides } from './support/faults.ts';
import { allLogLines } from './support/function-logs.ts';
import { mailsTo } from './support/inbox.ts';
import { type Member, signIn, signUp } from './support/journeys.ts';
import { formTo, send, signUpEntries, workOf } from './support/pages.ts';
import { nextWindow, roomyWindow } from './support/rate-windows.ts';
import { itemsUnder } from './support/tables.ts';
import { type Answer, goodPassword, newVisitor, randomEmail, randomIp, type Visitor } from './support/visitor.ts';
import { solve, workFor } from './support/work.ts';

const wrong = 'thirteen loud crows at noon';
const { passwordPerAccount } = facts.northwind.limits;
const { free = 0 } = passwordPerAccount;
const statuses = (answers: readonly Answer[]) => answers.map(({ status }) => status).sort();

/** An account whose free guesses somebody has used up. */
async function besieged(): Promise<Member> {
  const member = await signUp();
  await roomyWindow('northwind', passwordPerAccount);
  await Promise.all(Array.from({ length: free }, () => signIn(newVisitor(), member.email, wrong)));
  return member;
}

describe('work for what is beyond the free tries', () => {
  it('RL2: one proof is worth one try, however many send it at once', async () => {
    const member = await besieged();
    const robot = newVisitor();
    const asked = await signIn(robot, member.email, wrong);
    expect([asked.status, asked.json.code]).toEqual([403, 'challenge_required']);
    const proof = await workFor(asked);
    const answers = await Promise.all(Array.from({ length: 20 }, () => signIn(robot, member.email, wrong, { proof })));
    expect(statuses(answers)).toEqual([401, ...Array.from({ length: 19 }, () => 403)]);
    expect((await signIn(robot, member.email, wrong, { proof })).status).toBe(403);
  });

  it('a proof is worth nothing at another account, on another network, edited or made up', async () => {
    const [member, other] = await Promise.all([besieged(), besieged()]);
    const robot = newVisitor();
    const { challenge } = (await signIn(robot, member.email, wrong)).json;
    const proof = await solve(challenge);
    expect((await signIn(robot, other.email, wrong, { proof })).status).toBe(403);
    expect((await signIn(newVisitor(), member.email, wrong, { proof })).status).toBe(403);
    const payload = JSON.parse(Buffer.from(proof, 'base64').toString());
    const forged = [
      { ...payload, solution: { counter: 1, derivedKey: challenge.parameters.keyPrefix.padEnd(64, '0') } },
      { ...payload, challenge: { ...challenge, parameters: { ...challenge.parameters, expiresAt: 9_999_999_999 } } },
      { challenge: { parameters: {} } },
    ].map((each) => Buffer.from(JSON.stringify(each)).toString('base64'));
    for (const each of [...forged, 'e30=']) {
      expect((await signIn(robot, member.email, wrong, { proof: each })).status).toBe(403);
    }
    expect((await signIn(robot, member.email, member.password, { proof })).status).toBe(200);
  });

  it('each doubling of proven tries doubles the work', async () => {
    const member = await besieged();
    const levels: number[] = [];
    for (let turn = 0; turn < 4; turn++) {
      const robot = newVisitor();
      const asked = await signIn(robot, member.email, wrong);
      levels.push(asked.json.challenge.parameters.data.level);
      await signIn(robot, member.email, wrong, { proof: await workFor(asked) });
    }
    expect(levels).toEqual([1, 2, 2, 3]);
  });
});

describe('neighbourhoods', () => {
  it('RL3: many networks of one /24 on many accounts are asked for work; other places and known devices are not', async () => {
    const { prefix } = facts.northwind.abuse.misses;
    await roomyWindow('northwind', prefix);
    const [a, b, c] = [randomInt(256), randomInt(256), randomInt(256)];
    const near = () => newVisitor('northwind', `10.${a}.${b}.${randomInt(1, 255)}`);
    const home = near();
    const member = await signUp(home);
    const raised = async () =>
      (await itemsUnder('northwind', 'Sessions', 'ALERT#now')).filter(({ scope }) => scope === 'misses-prefix');
    const { length: before } = await raised();
    for (let guesses = 0; guesses < prefix.max; guesses += 15) {
      await Promise.all(Array.from({ length: 15 }, () => signIn(near(), randomEmail(), wrong)));
    }
    expect(await raised()).toHaveLength(before + 1);
    // A function looks for alerts every ten seconds: a new one looks at once.
    await withOverrides('northwind', 'login', {}, async () => {
      const held = await signIn(near(), randomEmail(), wrong);
      expect([held.status, held.json.code]).toEqual([403, 'challenge_required']);
      expect((await signIn(home, member.email, member.password)).status).toBe(200);
      const stranger = near();
      const asked = await signIn(stranger, member.email, member.password);
      expect(asked.status).toBe(403);
      const proof = await workFor(asked);
      expect((await signIn(stranger, member.email, member.password, { proof })).status).toBe(200);
      const elsewhere = newVisitor('northwind', `10.${a}.${(b + 1) % 256}.${c || 1}`);
      expect((await signIn(elsewhere, randomEmail(), wrong)).status).toBe(401);
    });
    await eventually(async () => {
      const events = JSON.stringify(await askDesk('northwind', 'GET', 'events'));
      return events.includes('"attack.noticed"') ? true : undefined;
    }, 'an event about the attack');
    expect(allLogLines('northwind').filter((line) => line.includes('"message":"attack.noticed"'))).not.toEqual([]);
    await nextWindow('northwind', prefix);
  });
});

describe('sign-ups', () => {
  const ask = (visitor: Visitor, email: string, fields: Readonly<Record<string, unknown>> = {}) =>
    visitor.post('/v1/registrations', { client_id: visitor.client, email, password: goodPassword, ...fields });

  it('a throwaway mailbox costs work at one brand and is refused at another', async () => {
    const email = `p${randomInt(1e9)}@mailinator.com`;
    const visitor = newVisitor();
    const asked = await ask(visitor, email);
    expect([asked.status, asked.json.code]).toEqual([403, 'challenge_required']);
    expect((await ask(visitor, email, { proof: await workFor(asked) })).status).toBe(202);
    const refused = await ask(newVisitor('solmar'), email);
    expect([refused.status, refused.json.code, refused.json.errors[0].field]).toEqual([
      400,
      'email_not_accepted',
      'email',
    ]);
  });

  it('a form that comes back sooner than anybody types costs work, also with the mark of an older form of another browser', async () => {
    const copy = copyCode('northwind', 'registration');
    try {
      copy.rewriteBrand((text) => text.replace('"minSeconds":0', '"minSeconds":20'));
      await withOverrides('northwind', 'registration', { code: copy.code }, async () => {
        const open = async () => {
          const visitor = newVisitor();
          const form = formTo(await visitor.get('/sign-up'), '/sign-up');
          const fill = (fields = {}) => send(visitor, form, { ...signUpEntries(visitor, randomEmail()), ...fields });
          return { visitor, shown: form.fields.shown ?? '', fill };
        };
        const [patient, other] = await Promise.all([open(), open()]);
        await advance('northwind', 21);
        const hasty = await open();
        for (const held of [
          await hasty.fill(),
          await hasty.fill({ shown: other.shown }),
          await hasty.fill({ shown: '' }),
        ]) {
          expect([held.status, workOf(held).challenge.parameters.data.level]).toEqual([403, 2]);
        }
        expect((await patient.fill()).status).toBe(303);
        const { challenge, form } = workOf(await hasty.fill());
        expect((await send(hasty.visitor, form, { proof: await solve(challenge) })).status).toBe(303);
        await advance('northwind', 3600);
        expect((await other.fill()).status).toBe(403);
      });
    } finally {
      copy.remove();
    }
  });

  it('who fills in the field that nobody sees is answered like everybody, and nothing is written', async () => {
    const visitor = newVisitor();
    const email = randomEmail();
    const before = await itemsUnder('northwind', 'Sessions', 'FLOW#');
    const trapped = await ask(visitor, email, { website: 'https://example.com' });
    const honest = await ask(newVisitor(), randomEmail(), { website: '' });
    const shape = ({ status, json }: Answer) => ({ status, keys: Object.keys(json), expires: json.expires_in });
    expect(shape(trapped)).toEqual(shape(honest));
    expect(trapped.json.flow).toMatch(/^flw_[A-Za-z0-9_-]{22}$/);
    const after = await itemsUnder('northwind', 'Sessions', 'FLOW#');
    expect(after.length - before.length).toBe(1);
    expect(await mailsTo(email, 'northwind')).toEqual([]);
  });

  it('RL3: work is asked for before the password is hashed and before anybody is asked about it; a trap asks nobody', async () => {
    const { codesPerAddress } = facts.northwind.limits;
    await roomyWindow('northwind', codesPerAddress);
    let questions = 0;
    const ranges = createServer((_, reply) => {
      questions += 1;
      reply.end();
    });
    await new Promise<void>((listening) => ranges.listen(0, '127.0.0.1', listening));
    const { port } = ranges.address() as AddressInfo;
    const environment = { PWNED_ENDPOINT: `http://127.0.0.1:${port}` };
    /** Each password is another one: what was asked about is kept. */
    const from = (visitor: Visitor, email: string, fields: Readonly<Record<string, unknown>> = {}) =>
      ask(visitor, email, { password: `seven slow barges ${randomInt(1e9)}`, ...fields });
    try {
      await withOverrides('northwind', 'registration', { environment }, async () => {
        const visitor = newVisitor();
        const throwaway = `p${randomInt(1e9)}@mailinator.com`;
        const asked = await from(visitor, throwaway);
        expect([asked.json.code, questions]).toEqual(['challenge_required', 0]);
        expect((await from(visitor, throwaway, { website: 'https://example.com' })).status).toBe(202);
        expect(questions).toBe(0);
        expect((await from(visitor, throwaway, { proof: await workFor(asked) })).status).toBe(202);
        expect(questions).toBe(1);

        // The first that an address or a network has too many is known by its write alone, those after it beforehand.
        const email = randomEmail();
        const { free: codes = 0 } = codesPerAddress;
        for (let turn = 0; turn < codes; turn++) expect((await from(newVisitor(), email)).status).toBe(202);
        expect((await from(newVisitor(), email)).json.code).toBe('challenge_required');
        expect(questions).toBe(codes + 2);
        const robot = newVisitor();
        const held = await from(robot, email);
        expect([held.json.code, questions]).toEqual(['challenge_required', codes + 2]);
        expect((await from(robot, email, { proof: await workFor(held) })).status).toBe(202);
        expect((await from(newVisitor(), randomEmail())).status).toBe(202);
      });
    } finally {
      ranges.close();
    }
  });

  it('REG3: a password that is known from a breach is refused wherever one is chosen', async () => {
    const leaked = 'correct horse battery staple';
    const answer = await ask(newVisitor(), randomEmail(), { password: leaked });
    expect([answer.status, answer.json.code]).toEqual([400, 'password_common']);
    const member = await signUp();
    const change = await member.visitor.post(
      '/v1/account/password',
      { current_password: member.password, new_password: leaked },
      { token: member.tokens.access_token },
    );
    expect([change.status, change.json.code, change.json.errors[0].field]).toEqual([
      400,
      'password_common',
      'new_password',
    ]);
    // The other brand asks nobody outside.
    expect((await ask(newVisitor('solmar'), randomEmail(), { password: leaked })).status).toBe(202);
  });

  it('an outage of the range API stops nobody', async () => {
    await withOverrides(
      'northwind',
      'registration',
      { environment: { PWNED_ENDPOINT: 'http://127.0.0.1:9' } },
      async () => {
        expect((await ask(newVisitor(), randomEmail())).status).toBe(202);
      },
    );
  });
});

describe('LOG6: a leaked password at sign-in', () => {
  it('has to be changed: no session, and a code by mail', async () => {
    const leaked = 'correct horse battery staple';
    const visitor = newVisitor();
    // Chosen when nobody knew of the leak.
    const member = await withOverrides('northwind', 'registration', { environment: { PWNED_ENDPOINT: null } }, () =>
      signUp(visitor, { password: leaked }),
    );
    const refused = await signIn(visitor, member.email, leaked);
    expect([refused.status, refused.json.code]).toEqual([403, 'password_change_required']);
    expect(refused.json.access_token).toBeUndefined();
    expect(refused.json.flow).toMatch(/^flw_/);
    expect((await signIn(newVisitor(), member.email, wrong)).json.code).toBe('credentials_invalid');
    const copy = copyCode('northwind', 'login');
    try {
      copy.rewriteBrand((text) => text.replace('"atSignIn":"all"', '"atSignIn":"nothing"'));
      await withOverrides('northwind', 'login', { code: copy.code }, async () => {
        expect((await signIn(newVisitor('northwind', randomIp()), member.email, leaked)).status).toBe(200);
      });
    } finally {
      copy.remove();
    }
  });
});
