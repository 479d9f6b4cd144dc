import { describe, expect, it } from 'vitest';
import { awaitMail, codeOf, mailsTo } from './support/inbox.ts';
import { type Member, signUp } from './support/journeys.ts';
import { askRaw, evilHosts } from './support/raw-request.ts';
import { type BrandId, newVisitor, randomEmail, type Visitor } from './support/visitor.ts';

/** Begins a change of address and reads both mails: the code to the new one, the link to the old one. */
async function changeOf(member: Member, headers: Readonly<Record<string, string>> = {}) {
  const { visitor, email: old, tokens } = member;
  const email = randomEmail();
  const before = (await mailsTo(old, visitor.brand)).length;
  const body = JSON.stringify({ email });
  const started = await askRaw(visitor, {
    method: 'POST',
    path: '/v1/account/email',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${tokens.access_token}`, ...headers },
    body,
  });
  expect(started.status).toBe(202);
  const [toNew, toOld] = await Promise.all([
    awaitMail(email, 1, visitor.brand),
    awaitMail(old, before + 1, visitor.brand),
  ]);
  const link = new URL(/https?:\/\/\S+/.exec(toOld.text)?.[0] ?? '');
  const confirm = () =>
    visitor.post(`/v1/account/email/${started.json.flow}`, { code: codeOf(toNew) }, { token: tokens.access_token });
  return { email, link, toOld, confirm };
}

/** Presses the button of the page behind the link, as a browser does. */
async function pressButton(visitor: Visitor, link: URL, headers: Readonly<Record<string, string>> = {}) {
  const page = await visitor.get(`${link.pathname}${link.search}`);
  const field = (name: string) => new RegExp(`name="${name}" value="([^"]*)"`).exec(page.text)?.[1] ?? '';
  return visitor.ask('POST', '/email-change/cancel', {
    form: { flow: field('flow'), token: field('token') },
    headers: { origin: visitor.origin, 'sec-fetch-site': 'same-origin', ...headers },
  });
}

describe.each(['northwind', 'solmar'] as BrandId[])('the link that stops a change of address at %s', (brand) => {
  it('VC7: opened by a mail scanner by GET and HEAD it changes nothing; EM2: the page’s button cancels', async () => {
    const scanned = await changeOf(await signUp(newVisitor(brand)));
    const scanner = newVisitor(brand);
    const path = `${scanned.link.pathname}${scanned.link.search}`;
    for (const method of ['GET', 'HEAD', 'GET']) {
      const seen = await scanner.ask(method, path, { headers: { purpose: 'prefetch', 'sec-purpose': 'prefetch' } });
      if (method === 'GET') expect(seen.status).toBe(200);
      expect([...seen.headers.keys()]).not.toContain('set-cookie');
    }
    expect((await scanned.confirm()).status).toBe(200);

    const stopped = await changeOf(await signUp(newVisitor(brand)));
    const page = await pressButton(newVisitor(brand), stopped.link);
    expect(page.status).toBe(200);
    expect(page.headers.get('content-type')).toMatch(/^text\/html/);
    expect((await stopped.confirm()).json.code).toBe('flow_expired');
    expect((await pressButton(newVisitor(brand), stopped.link)).status).toBe(410);
  });

  it('VC7: no other site presses the button, and no other link opens it', async () => {
    const { link, confirm } = await changeOf(await signUp(newVisitor(brand)));
    const elsewhere = { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' };
    expect((await pressButton(newVisitor(brand), link, elsewhere)).status).toBe(403);
    const visitor = newVisitor(brand);
    const token = link.searchParams.get('token') ?? '';
    const flow = link.searchParams.get('flow') ?? '';
    const forged = [
      { flow, token: token.replace(/^./, token.startsWith('A') ? 'B' : 'A') },
      { flow, token: '' },
      { flow: flow.replace(/.$/, flow.endsWith('A') ? 'Q' : 'A'), token },
      { flow: '<script>alert(1)</script>', token },
    ];
    for (const form of forged) {
      const shown = await visitor.get(`/email-change/cancel?${new URLSearchParams(form)}`);
      expect(shown.status).toBe(404);
      expect(shown.text).not.toContain('<script>alert');
      expect((await visitor.ask('POST', '/email-change/cancel', { form })).status).toBe(410);
    }
    expect((await visitor.ask('POST', '/email-change/cancel', { form: { flow } })).status).toBeGreaterThanOrEqual(400);
    expect((await confirm()).status).toBe(200);
  });

  it('VC8: its host is configuration, whatever Host and forwarding headers say', async () => {
    const member = await signUp(newVisitor(brand));
    const { origin } = member.visitor;
    for (const headers of [evilHosts, { ...evilHosts, host: 'localhost' }]) {
      const { link, toOld } = await changeOf(member, headers);
      expect(link.origin).toBe(origin);
      expect(toOld.text + toOld.html).not.toContain('evil.example');
    }
    const discovered = await askRaw(member.visitor, {
      method: 'GET',
      path: '/.well-known/openid-configuration',
      headers: evilHosts,
    });
    expect(discovered.json.issuer).toBe(origin);
    expect(discovered.text).not.toContain('evil.example');
    const signedIn = await askRaw(member.visitor, {
      method: 'POST',
      path: '/v1/login/password',
      headers: { ...evilHosts, 'content-type': 'application/json' },
      body: JSON.stringify({ client_id: member.visitor.client, email: member.email, password: member.password }),
    });
    const claims = JSON.parse(Buffer.from(signedIn.json.access_token.split('.')[1], 'base64url').toString());
    expect(claims.iss).toBe(origin);
    expect(JSON.stringify([...signedIn.headers])).not.toContain('evil.example');
  });
});
