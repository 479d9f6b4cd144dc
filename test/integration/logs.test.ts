import { describe, expect, it } from 'vitest';
import { facts } from './support/brand-facts.ts';
import { disableAccount } from './support/disable-account.ts';
import { allLogLines, type LogEntry, linesBehind, requestLine } from './support/function-logs.ts';
import { wrongCode } from './support/inbox.ts';
import { refresh, signIn, signUp } from './support/journeys.ts';
import { askForCode, startMailedFlow } from './support/mailed-flows.ts';
import { follow, formTo, send } from './support/pages.ts';
import { roomyWindow } from './support/rate-windows.ts';
import { holdings } from './support/tables.ts';
import { type Answer, newVisitor, randomEmail } from './support/visitor.ts';

const brand = 'northwind';
const wrong = 'thirteen loud crows at noon';

/** One request and the line it should leave. */
interface Expected {
  readonly of: string;
  readonly capability: string;
  readonly answer: Answer;
  readonly line: LogEntry;
}

/** Each outcome of authentication and each change of a factor, brought about once. */
async function outcomes(): Promise<readonly Expected[]> {
  const member = await signUp(newVisitor(brand));
  const { visitor, email, password, sub, tokens } = member;
  const disabled = await signUp(newVisitor(brand));
  await disableAccount(brand, disabled.sub);
  const client = visitor.client;
  const { identHash } = await holdings(brand, sub);
  const address = identHash.slice(0, 16);
  const list: Expected[] = [];
  const add = (of: string, capability: string, answer: Answer, line: LogEntry) =>
    list.push({ of, capability, answer, line });

  const password_ = { route: 'POST /v1/login/password', client };
  add('success', 'login', await signIn(newVisitor(brand), email, password), {
    ...password_,
    address,
    status: 200,
    code: 'ok',
    sub,
  });
  add('failure', 'login', await signIn(newVisitor(brand), email, wrong), {
    ...password_,
    address,
    status: 401,
    code: 'credentials_invalid',
  });
  add('stranger', 'login', await signIn(newVisitor(brand), randomEmail(), wrong), {
    ...password_,
    status: 401,
    code: 'credentials_invalid',
  });
  add('disabled', 'login', await signIn(newVisitor(brand), disabled.email, disabled.password), {
    ...password_,
    status: 401,
    code: 'credentials_invalid',
  });
  await roomyWindow(brand, facts[brand].limits.passwordPerAccount);
  await Promise.all(Array.from({ length: 12 }, () => signIn(newVisitor(brand), disabled.email, wrong)));
  add('limited', 'login', await signIn(newVisitor(brand), disabled.email, wrong), {
    ...password_,
    status: 429,
    code: 'too_many_requests',
  });

  const byCode = await startMailedFlow('login-code', brand, member);
  const codeRoute = { route: 'POST /v1/login/code/{flow}' };
  add('wrong code', 'login', await byCode.redeem(wrongCode(byCode.code)), {
    ...codeRoute,
    status: 400,
    code: 'code_invalid',
  });
  add('right code', 'login', await byCode.redeem(byCode.code), { ...codeRoute, status: 200, code: 'ok', sub });
  add('used code', 'login', await byCode.redeem(byCode.code), { ...codeRoute, status: 410, code: 'flow_expired' });

  const renewed = await refresh(visitor, tokens.refresh_token);
  add('refresh', 'token', renewed, { route: 'POST /oauth2/token', status: 200, code: 'ok', client });
  add('bad refresh', 'token', await refresh(visitor, 'nonsense'), {
    route: 'POST /oauth2/token',
    status: 400,
    code: 'invalid_grant',
    client,
  });
  add('no token', 'account', await visitor.get('/v1/account'), {
    route: 'GET /v1/account',
    status: 401,
    code: 'token_missing',
  });
  add('bad token', 'account', await visitor.get('/v1/account', { token: 'x.y.z' }), {
    route: 'GET /v1/account',
    status: 401,
    code: 'token_invalid',
  });

  const token = renewed.json.access_token;
  const next = 'ten brown bears in a boat';
  const changed = await visitor.post(
    '/v1/account/password',
    { current_password: password, new_password: next },
    { token },
  );
  add('password changed', 'account', changed, {
    route: 'POST /v1/account/password',
    status: 204,
    code: 'ok',
    sub,
    client,
  });
  const reset = await startMailedFlow('recovery', brand, member);
  add('password reset', 'recovery', await reset.redeem(reset.code), {
    route: 'POST /v1/recoveries/{flow}/password',
    status: 204,
    code: 'ok',
    sub,
  });
  const asked = await askForCode(newVisitor(brand), 'recovery', email);
  add('recovery asked', 'recovery', asked, { route: 'POST /v1/recoveries', status: 202, code: 'ok', client, address });
  return list;
}

describe('the log', () => {
  it('LG3: every outcome leaves one line: time, route, outcome, who, where from, and the id in the answer', async () => {
    const known = new Set([
      'time',
      'level',
      'message',
      'request',
      'route',
      'status',
      'code',
      'ms',
      'ip',
      'agent',
      'sub',
      'client',
      'address',
    ]);
    for (const { of, capability, answer, line } of await outcomes()) {
      const entry = await requestLine(brand, capability, answer);
      expect(entry, of).toMatchObject({ ...line, level: 'info', request: answer.headers.get('apigw-requestid') });
      expect(entry.time).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
      expect(entry.ip, of).toMatch(/^[\w-]{16}$/);
      expect(entry.agent, of).toMatch(/^[\w-]{16}$/);
      expect(entry.sub, of).toBe(line.sub);
      expect(Object.keys(entry).filter((name) => !known.has(name))).toEqual([]);
      if (answer.status >= 400 && answer.json.instance) {
        expect(answer.json.instance).toBe(`urn:latchkey:request:${entry.request}`);
      }
    }
  });

  it('LG3: lines about one place, browser or address can be put together, and those about two kept apart', async () => {
    const [here, there] = [newVisitor(brand), newVisitor(brand)];
    const email = randomEmail();
    const agent = { headers: { 'user-agent': 'curl/8.9' } };
    const body = { client_id: here.client, email, password: wrong };
    const line = async (answer: Promise<Answer>) => requestLine(brand, 'login', await answer);
    const first = await line(here.post('/v1/login/password', body));
    const second = await line(here.post('/v1/login/password', { ...body, email: email.toUpperCase() }, agent));
    const third = await line(there.post('/v1/login/password', { ...body, email: randomEmail() }));
    expect(second).toMatchObject({ ip: first.ip, address: first.address });
    expect(second.agent).not.toBe(first.agent);
    expect(third.agent).toBe(first.agent);
    expect(third.ip).not.toBe(first.ip);
    expect(third.address).not.toBe(first.address);
  });

  it('LG3: the pages of a journey leave the same marks as its requests', async () => {
    const { email, password, sub } = await signUp(newVisitor(brand));
    const { identHash } = await holdings(brand, sub);
    const address = identHash.slice(0, 16);
    const visitor = newVisitor(brand);
    const client = visitor.client;
    const line = (answer: Answer) => requestLine(brand, 'login', answer);
    const first = await send(visitor, formTo(await visitor.get('/sign-in'), '/sign-in'), { username: email });
    expect(await line(first)).toMatchObject({ address, client, code: 'ok' });
    const page = await follow(visitor, first);
    expect(await line(page)).toMatchObject({ address, client });
    const missed = await send(visitor, formTo(page, '/sign-in/password'), { password: wrong });
    expect(await line(missed)).toMatchObject({ address, client, code: 'credentials_invalid' });
    expect(await line(await send(visitor, formTo(page, '/sign-in/password'), { password }))).toMatchObject({
      address,
      sub,
    });
  });

  it('LG2: line breaks, terminal codes and JSON in what a user sends stay inside one line', async () => {
    const visitor = newVisitor(brand);
    const nasty = [
      'a\r\n{"level":"info","message":"request","code":"ok"}',
      '\u001b[2J\u001b[31mroot\u001b[0m',
      '{"message":"forged","sub":"usr_admin"}',
      '","code":"forged","x":"',
      '%0d%0aforged',
      'forged\u2028line\u0085',
      '{{7*7}}<!--#exec cmd="forged"-->',
    ];
    for (const text of nasty) {
      const header = text.replace(/[^\x20-\x7e]/g, '?');
      const answers = [
        await visitor.post('/v1/login/password', { client_id: text, email: `${text}@example.com`, password: text }),
        await signIn(visitor, randomEmail(), text),
        await visitor.post('/v1/login/password', { [text]: text }),
        await visitor.ask('POST', '/v1/login/password', { body: text }),
        await visitor.post(`/v1/login/code/${encodeURIComponent(text)}?q=${encodeURIComponent(text)}`, {
          code: '123456',
        }),
        await visitor.post(
          '/v1/login/password',
          {},
          { headers: { 'user-agent': header, 'accept-language': header, cookie: `a=${header}` } },
        ),
      ];
      for (const answer of answers) {
        expect(answer.status).toBeLessThan(500);
        if (!answer.headers.has('x-local-request-id') || answer.json?.message) continue;
        const lines = await linesBehind(brand, 'login', answer);
        expect(lines).toHaveLength(1);
        expect(JSON.parse(lines[0] ?? '')).toMatchObject({
          message: 'request',
          status: answer.status,
          code: answer.json.code,
        });
      }
    }
    const login = allLogLines(brand).filter((line) => line.includes('/v1/login/'));
    for (const line of login) expect(() => JSON.parse(line)).not.toThrow();
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not be there
    expect(login.filter((line) => /forged|[\u0000-\u001f\u007f\u0085\u2028]/.test(line))).toEqual([]);
  });

  it('LG3: what a client does wrong is no error of ours: nothing below 500 is logged as a fault', async () => {
    const visitor = newVisitor(brand);
    const answer = await visitor.ask('POST', '/v1/login/password', { body: '{"email":' });
    expect(answer.status).toBe(400);
    const [line, ...more] = await linesBehind(brand, 'login', answer);
    expect(more).toEqual([]);
    expect(JSON.parse(line ?? '')).toMatchObject({ level: 'info', code: 'request_malformed' });
  });
});
