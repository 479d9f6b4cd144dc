import { createHash, randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { awaitEvent, secretOf } from './support/cloud-desk.ts';
import { eventually, failing, withFault } from './support/faults.ts';
import { awaitMail, codeOf, mailsTo, type ReceivedMail, wrongCode } from './support/inbox.ts';
import { lane } from './support/lane.ts';
import { leaksIn, placesOf, residueOf } from './support/leaks.ts';
import { betrays } from './support/traces.ts';
import { type BrandId, newVisitor, originOf, type Visitor } from './support/visitor.ts';

const residue = (brand: BrandId) => residueOf(originOf(brand), join(lane().dataFolder, brand));

/** Digests by which a short secret could be looked up again: without a key they hide nothing. */
function digests(text: string): readonly string[] {
  return ['md5', 'sha1', 'sha256'].flatMap((algorithm) =>
    (['hex', 'base64', 'base64url'] as const).map((encoding) => createHash(algorithm).update(text).digest(encoding)),
  );
}

/** A person each of whose particulars is found nowhere else. */
function canary(brand: BrandId) {
  const mark = randomBytes(5).toString('hex');
  const visitor = newVisitor(brand);
  const agent = `CanaryBrowser/${mark} (KanarienOS; rv:9)`;
  const headers = { 'user-agent': agent, 'accept-language': `en;q=0.1, x-canary${mark.slice(0, 3)}` };
  const ask: Visitor['ask'] = (method, path, asked = {}) =>
    visitor.ask(method, `${path}?email=canary.${mark}@lg1.example`, {
      ...asked,
      headers: { ...headers, ...asked.headers },
    });
  return {
    mark,
    visitor,
    agent,
    ask,
    post: (path: string, json: unknown, asked = {}) => ask('POST', path, { ...asked, json }),
    email: `canary.${mark}@lg1.example`,
    newEmail: `moved.${mark}@lg1.example`,
    passwords: [`first ${mark} plum kettle`, `second ${mark} fig kettle`, `third ${mark} pear kettle`] as const,
    profile: {
      name: `Canary ${mark} Müller`,
      given_name: `Given${mark}`,
      family_name: `Family${mark}`,
      nickname: `Nick${mark}`,
      birthdate: '1987-06-05',
      zoneinfo: 'Antarctica/Troll',
    },
  };
}
type Canary = ReturnType<typeof canary>;

/** Secrets that came into being on the way. */
interface Spilled {
  readonly codes: { readonly code: string; readonly to: string }[];
  readonly tokens: string[];
  readonly flows: string[];
}

/** The whole life of a person, with every right and many wrong turns; tells what secrets it made. */
async function liveThrough(person: Canary, brand: BrandId): Promise<Spilled & { readonly sub: string }> {
  const { visitor, post, ask, email, newEmail, passwords, profile } = person;
  const client_id = visitor.client;
  const spilled: Spilled = { codes: [], tokens: [], flows: [] };
  const keep = (json: Readonly<Record<string, string>>) => {
    for (const name of ['access_token', 'refresh_token', 'id_token']) if (json[name]) spilled.tokens.push(json[name]);
    return json;
  };
  const kind = (name: string, to: string): Promise<ReceivedMail> =>
    eventually(async () => (await mailsTo(to, brand)).find(({ tags }) => tags?.kind === name), `${name} to ${to}`);
  const codeFrom = async (name: string, to: string) => {
    const code = codeOf(await kind(name, to));
    spilled.codes.push({ code, to });
    return code;
  };
  const begin = async (path: string, body: Readonly<Record<string, unknown>>, asked = {}) => {
    const { flow } = (await post(path, body, asked)).json;
    spilled.flows.push(flow);
    return flow as string;
  };

  const registration = await begin('/v1/registrations', { client_id, email, password: passwords[0], profile });
  const first = await codeFrom('verify', email);
  await post(`/v1/registrations/${registration}/verification`, { code: wrongCode(first) });
  const verified = keep((await post(`/v1/registrations/${registration}/verification`, { code: first })).json);
  const token = verified.access_token;
  const sub = String(verified.sub);
  await begin('/v1/registrations', { client_id, email, password: passwords[0], profile });
  await kind('already-registered', email);

  keep((await post('/v1/login/password', { client_id, email, password: passwords[0] })).json);
  await post('/v1/login/password', { client_id, email, password: passwords[1] });
  // Every secret once in a field where it does not belong, and once in a body that does not parse.
  for (const stray of [email, passwords[0], first, token ?? '', person.agent]) {
    await post('/v1/login/password', { client_id: stray, email: stray, password: stray, [stray]: stray });
    await ask('POST', '/v1/login/password', { body: `{"password":"${stray}"` });
    await ask('POST', `/v1/login/code/${encodeURIComponent(stray)}`, { json: { code: stray } });
    await ask('GET', '/v1/account', { headers: { authorization: `Bearer ${Buffer.from(stray).toString('base64')}` } });
    await ask('POST', '/oauth2/token', { form: { grant_type: stray, refresh_token: stray, client_id: stray } });
  }
  // Failures of ours, foreseen and not, with all of it in hand.
  for (const code of ['ValidationException', 'InternalServerError']) {
    await withFault(brand, failing(code, { tagged: true }), async ({ headers }) => {
      await post('/v1/login/password', { client_id, email, password: passwords[0] }, { headers });
      await post('/v1/registrations', { client_id, email, password: passwords[0], profile }, { headers });
    });
  }

  const signIn = await begin('/v1/login/code', { client_id, email });
  keep((await post(`/v1/login/code/${signIn}`, { code: await codeFrom('sign-in-code', email) })).json);
  const form = { grant_type: 'refresh_token', client_id, refresh_token: verified.refresh_token ?? '' };
  keep((await ask('POST', '/oauth2/token', { form })).json);
  await ask('GET', '/oauth2/userinfo', { ...(token && { token }) });
  await ask('PATCH', '/v1/account', { json: { profile: { name: profile.name } }, ...(token && { token }) });
  await ask('GET', '/v1/account/sessions', { ...(token && { token }) });
  await post('/v1/account/password', { current_password: passwords[0], new_password: passwords[1] }, { token });
  const move = await begin('/v1/account/email', { email: newEmail }, { token });
  const link = new URL(/https?:\/\/\S+/.exec((await kind('email-change-old', email)).text)?.[0] ?? '');
  spilled.tokens.push(link.searchParams.get('token') ?? 'no token in the link');
  await visitor.get(`${link.pathname}${link.search}`);
  await post(`/v1/account/email/${move}`, { code: await codeFrom('email-change-new', newEmail) }, { token });
  const recovery = await begin('/v1/recoveries', { client_id, email: newEmail });
  const code = await codeFrom('recovery', newEmail);
  await post(`/v1/recoveries/${recovery}/password`, { code, password: passwords[2] });
  const last = keep((await post('/v1/login/password', { client_id, email: newEmail, password: passwords[2] })).json);
  await ask('POST', '/oauth2/revoke', { form: { client_id, token: last.refresh_token ?? '' } });
  spilled.tokens.push(...[...visitor.cookies.values()].map((cookie) => cookie.split('.')[2] ?? cookie));
  await awaitEvent(brand, 'password.reset', sub);
  await awaitMail(newEmail, 3, brand);
  return { ...spilled, sub };
}

it('LG1: the search finds a secret in every disguise, and no code inside a longer number', () => {
  const secret = 'canary+1@lg1.example';
  const shapes = ['', 'x', 'xy'].map((before) => Buffer.from(`${before}${secret}, and more`));
  for (const shape of shapes) {
    for (const encoding of ['utf8', 'hex', 'base64', 'base64url'] as const) {
      expect(betrays(`…${shape.toString(encoding)}…`, secret)).toBe(true);
    }
  }
  expect(betrays(encodeURIComponent(secret).toLowerCase(), secret)).toBe(true);
  expect(betrays('the code is 123456.', '123456')).toBe(true);
  expect(betrays('at 1123456789, 0123456', '123456')).toBe(false);
});

describe.each(['northwind', 'solmar'] as const)('a life at %s', (brand) => {
  it('LG1: leaves no secret and no particular of a person in any log, event, item or dead letter', async () => {
    const person = canary(brand);
    const { codes, tokens, flows, sub } = await liveThrough(person, brand);
    // What the streams carry on is written by now.
    await sleep(300);
    const left = await residue(brand);
    // The search sees: an id that may lie anywhere lies everywhere.
    expect(placesOf(left, sub)).toEqual(expect.arrayContaining(['logs', 'events', 'tables']));

    const secrets = [
      ...person.passwords,
      person.email,
      person.newEmail,
      person.mark,
      ...Object.values(person.profile),
      person.agent,
      person.visitor.ip,
      ...tokens,
      ...codes.map(({ code }) => code),
      await secretOf(brand, `${brand}-backend`),
      ...[person.email, person.newEmail, person.visitor.ip, ...codes.map(({ code }) => code)].flatMap(digests),
    ];
    expect(tokens.length).toBeGreaterThan(12);
    expect(codes).toHaveLength(4);
    const found = secrets.map((secret) => [secret, placesOf(left, secret)]).filter(([, places]) => places?.length);
    expect(found).toEqual([]);
    // A flow's id opens the flow: it is a key of the table and nothing else.
    const told = flows.flatMap((flow) => placesOf(left, flow)).filter((place) => place !== 'tables');
    expect(told).toEqual([]);
  });

  it('LG1: mails tell each reader what is theirs and no more', async () => {
    const person = canary(brand);
    const { codes, tokens } = await liveThrough(person, brand);
    const everything = (await (await fetch(`${originOf(brand)}/_local/mail`)).json()) as readonly ReceivedMail[];
    const words = ({ subject, text, html }: ReceivedMail) => `${subject}\n${text}\n${html}`;
    const link = /token=([\w-]+)/.exec(
      everything.find(({ to, tags }) => to === person.email && tags?.kind === 'email-change-old')?.text ?? '',
    )?.[1];
    for (const mail of everything) {
      for (const secret of [...person.passwords, person.agent, person.visitor.ip, person.email, person.newEmail]) {
        expect(betrays(words(mail), secret)).toBe(false);
      }
      for (const token of tokens.filter((each) => each !== link)) expect(words(mail)).not.toContain(token);
      if (![person.email, person.newEmail].includes(mail.to)) expect(words(mail)).not.toContain(person.mark);
    }
    for (const { code, to } of codes) {
      const own = (await mailsTo(to, brand)).filter((mail) => betrays(words(mail), code));
      expect(own.length).toBeGreaterThanOrEqual(1);
      for (const mail of own) expect(mail.subject).not.toContain(code);
    }
  });

  it('LG1: what all tests so far have left is clean too', async () => {
    expect(leaksIn(await residue(brand))).toEqual([]);
  });
});
