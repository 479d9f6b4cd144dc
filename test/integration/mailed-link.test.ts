import { describe, expect, it } from 'vitest';
import { awaitMail, codeOf, type ReceivedMail } from './support/inbox.ts';
import { signUp } from './support/journeys.ts';
import { authorizationPath, follow, formsOf, formTo, redeem, send } from './support/pages.ts';
import { evilHosts } from './support/raw-request.ts';
import { type Answer, newVisitor, type Visitor } from './support/visitor.ts';

const linkOf = (mail: ReceivedMail) => {
  const found = /https?:\/\/\S*\/sign-in\/link\S*/.exec(mail.text)?.[0];
  if (!found) throw new Error(`no link in "${mail.subject}"`);
  return new URL(found);
};
const pathOf = (link: URL) => `${link.pathname}${link.search}`;

/** Asks on the pages for a code, in a browser that is not signed in. */
async function askFor(email: string, headers: Readonly<Record<string, string>> = {}, before = 1, from = '/sign-in') {
  const visitor = newVisitor('northwind');
  const first = from === '/sign-in' ? await visitor.get(from) : await follow(visitor, await visitor.get(from));
  const second = await follow(visitor, await send(visitor, formTo(first, '/sign-in'), { username: email }));
  const started = await send(visitor, formTo(second, '/sign-in/code/start'), {}, { headers });
  const entry = await follow(visitor, started);
  const mail = await awaitMail(email, before + 1);
  return { visitor, entry, mail, link: linkOf(mail), code: codeOf(mail) };
}

/** Opens the link as a person does: to the page with the button. */
async function opened(visitor: Visitor, link: URL): Promise<Answer> {
  return follow(visitor, await visitor.get(pathOf(link)));
}
const press = (visitor: Visitor, page: Answer) => send(visitor, formTo(page, '/sign-in/link'));
const isSignedIn = async (visitor: Visitor) => (await visitor.get('/account')).status === 200;

describe('the link beside a mailed sign-in code', () => {
  it('signs in the browser that asked, by its button alone, once; VC7: opening it changes nothing', async () => {
    const { email } = await signUp(newVisitor('northwind'));
    const { visitor, link } = await askFor(email);
    const scanner = newVisitor('northwind');
    for (const method of ['GET', 'HEAD', 'GET']) await scanner.ask(method, pathOf(link));
    const page = await opened(visitor, link);
    expect(page.text).toContain(email);
    expect(await isSignedIn(visitor)).toBe(false);
    expect((await press(visitor, page)).headers.get('location')).toBe('/account');
    expect(await isSignedIn(visitor)).toBe(true);

    const again = newVisitor('northwind');
    again.cookies.set('__Host-browser', visitor.cookies.get('__Host-browser') ?? '');
    expect((await press(again, page)).status).toBe(410);
    expect((await again.get(pathOf(link))).status).toBe(410);
  });

  it('leads back into the authorization request that it was asked in, and says that mail was the proof (MFA8)', async () => {
    const consents = [{ purpose: 'terms', granted: true }];
    const { email } = await signUp(newVisitor('northwind'), { consents });
    const asking = newVisitor('northwind');
    const { visitor, link } = await askFor(email, {}, 1, authorizationPath(asking));
    const onward = await follow(visitor, await press(visitor, await opened(visitor, link)));
    const tokens = await redeem(visitor, onward);
    expect(tokens.status).toBe(200);
    const claims = JSON.parse(Buffer.from(tokens.json.id_token.split('.')[1], 'base64url').toString());
    expect(claims).toMatchObject({ acr: 'aal1', amr: ['otp'] });
  });

  it('in another browser leads nowhere but back; the code still works where it was asked for', async () => {
    const { email } = await signUp(newVisitor('northwind'));
    const { visitor, entry, link, code } = await askFor(email);
    const other = newVisitor('northwind');
    await other.get('/sign-in');
    const page = await other.get(pathOf(link));
    expect(page.status).toBe(200);
    expect(formsOf(page).filter(({ action }) => action.startsWith('/sign-in'))).toEqual([]);
    expect(page.text).not.toContain(code);
    expect(page.text).not.toContain(email);

    // Whoever got hold of the page with the button still needs the browser.
    const button = await opened(visitor, link);
    const stolen = formTo(button, '/sign-in/link');
    const mark = formTo(await other.get('/sign-in'), '/sign-in').fields.csrf ?? '';
    expect((await send(other, { ...stolen, fields: { ...stolen.fields, csrf: mark } })).status).toBe(410);
    expect((await send(visitor, formTo(entry, '/sign-in/code'), { code })).status).toBe(303);
    expect(await isSignedIn(visitor)).toBe(true);
    expect((await press(visitor, button)).status).toBe(410);
  });

  it('VC2, VC5, VC6: one flow: either consumes it once, wrong codes burn both, a new code kills the old link', async () => {
    const { email } = await signUp(newVisitor('northwind'));
    const raced = await askFor(email);
    const page = await opened(raced.visitor, raced.link);
    const codeForm = formTo(raced.entry, '/sign-in/code');
    const answers = await Promise.all([
      press(raced.visitor, page),
      send(raced.visitor, codeForm, { code: raced.code }),
      press(raced.visitor, page),
      send(raced.visitor, codeForm, { code: raced.code }),
    ]);
    expect(answers.filter(({ status }) => status === 303)).toHaveLength(1);

    const burnt = await askFor(email, {}, 2);
    const wrong = burnt.code === '000000' ? '000001' : '000000';
    const burnPage = await opened(burnt.visitor, burnt.link);
    for (let i = 0; i < 5; i++) await send(burnt.visitor, formTo(burnt.entry, '/sign-in/code'), { code: wrong });
    expect((await press(burnt.visitor, burnPage)).status).toBe(400);
    expect(await isSignedIn(burnt.visitor)).toBe(false);
  });

  it('VC4: no token of another flow or purpose opens it, and none that is made up', async () => {
    const { email } = await signUp(newVisitor('northwind'));
    const [one, two] = [await askFor(email), await askFor(email, {}, 2)];
    const crossed = new URL(one.link);
    crossed.searchParams.set('token', two.link.searchParams.get('token') ?? '');
    for (const token of [crossed.searchParams.get('token') ?? '', one.code, '', 'x'.repeat(43)]) {
      crossed.searchParams.set('token', token);
      expect((await one.visitor.get(pathOf(crossed))).status).toBe(410);
    }
  });

  it('VC8: its host is configuration, whatever the request says; its page refers nobody', async () => {
    const { email } = await signUp(newVisitor('northwind'));
    const { visitor, link } = await askFor(email, evilHosts);
    expect(link.origin).toBe(visitor.origin);
    const page = await opened(visitor, link);
    expect(page.headers.get('referrer-policy')).toBe('no-referrer');
    expect(page.text).not.toContain(link.searchParams.get('token'));
  });

  it.each(['northwind-partners', 'northwind-community'])(
    'LOG3, OP14: the flow id in it opens no token of %s, which has to show who it is',
    async (client) => {
      const { email } = await signUp(newVisitor('northwind'));
      const from = authorizationPath(newVisitor('northwind'), { client_id: client });
      const { visitor, entry, link, code } = await askFor(email, {}, 1, from);
      const path = `/v1/login/code/${link.searchParams.get('flow')}`;
      for (const thief of [newVisitor('northwind'), visitor]) {
        const answer = await thief.post(path, { code });
        expect([answer.status, answer.json]).toEqual([410, expect.objectContaining({ code: 'flow_expired' })]);
      }
      // And costs its owner no try.
      const onward = await send(visitor, formTo(entry, '/sign-in/code'), { code });
      expect(onward.headers.get('location')).toMatch(/^\/oauth2\/authorize\/continue/);
    },
  );

  it('is not mailed to who asks by the JSON journeys, whose browser nobody knows', async () => {
    const { email, visitor } = await signUp(newVisitor('northwind'));
    expect((await visitor.post('/v1/login/code', { client_id: visitor.client, email })).status).toBe(202);
    expect((await awaitMail(email, 2)).text).not.toContain('/sign-in/link');
  });
});
