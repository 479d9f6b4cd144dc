import { decodeJwt } from 'jose';
import { describe, expect, it } from 'vitest';
import { callback, signedInBrowser } from './support/authorization.ts';
import { newBrowser, passSignIn } from './support/browser-session.ts';
import { checkedVisitor } from './support/checked-visitor.ts';
import { askToken, basic } from './support/client-requests.ts';
import { secretOf } from './support/cloud-desk.ts';
import { signUp } from './support/journeys.ts';
import type { Asked } from './support/visitor.ts';

const brand = 'northwind';
const own = 'https://api.northwind.example/';
const deviceGrant = 'urn:ietf:params:oauth:grant-type:device_code';
const visitor = checkedVisitor(brand);
const member = () => signUp(checkedVisitor(brand), { consents: [{ purpose: 'terms', granted: true }] });

interface Ready {
  readonly form: Readonly<Record<string, string>>;
  readonly headers?: NonNullable<Asked['headers']>;
}

/** What each grant sends, ready to be used once. */
const grants: Readonly<Record<string, () => Promise<Ready>>> = {
  authorization_code: async () => {
    const { code, verifier } = await signedInBrowser(brand, await member());
    return { form: { client_id: `${brand}-web`, redirect_uri: callback, code, code_verifier: verifier } };
  },
  refresh_token: async () => {
    const { tokens } = await member();
    return { form: { client_id: `${brand}-web`, refresh_token: tokens.refresh_token } };
  },
  client_credentials: async () => {
    const backend = `${brand}-backend`;
    return { form: {}, headers: basic(backend, await secretOf(brand, backend)) };
  },
  [deviceGrant]: async () => {
    const client_id = `${brand}-kiosk`;
    const started = await visitor.ask('POST', '/oauth2/device_authorization', { form: { client_id } });
    const browser = newBrowser();
    const entered = await browser.submit(await browser.open(started.json.verification_uri_complete));
    const question = await passSignIn(browser, entered, await member());
    expect((await browser.submit(question)).status).toBe(200);
    return { form: { client_id, device_code: started.json.device_code } };
  },
};

describe('RT4, RFC 8707: resource at the token endpoint', () => {
  it.each(Object.entries(grants))(
    '%s: another API is invalid_target, and spends nothing; the own one is named',
    async (grant_type, ready) => {
      const { form, headers } = await ready();
      const ask = (resource: string) => askToken(visitor, { grant_type, ...form, resource }, headers);
      for (const other of ['https://evil.example/', `${own}x`, own.slice(0, -1), 'x', visitor.origin]) {
        const refused = await ask(other);
        expect([refused.status, refused.json.error], other).toEqual([400, 'invalid_target']);
      }
      const given = await ask(own);
      expect(given.status, given.text).toBe(200);
      expect([decodeJwt(given.json.access_token).aud].flat()).toContain(own);
    },
  );
});
