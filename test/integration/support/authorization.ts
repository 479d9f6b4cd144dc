import { createHash, randomBytes } from 'node:crypto';
import { authorizeThroughPages, type Browser, newBrowser, type Page, type Person } from './browser-session.ts';
import { type BrandId, originOf } from './visitor.ts';

/** The redirect URI that every brand's own client has in its dev stage. */
export const callback = 'http://localhost:3000/callback';

/** Parameters of one request; `undefined` leaves a default out. */
export type Parameters = Readonly<Record<string, string | undefined>>;

/** An authorization request that is ready to be opened, and what its answer is held to. */
export interface Prepared {
  readonly url: URL;
  readonly verifier: string;
  readonly state: string;
}

/** A code request with PKCE and state, by the brand's own client unless another is named. */
export function prepare(brand: BrandId, changed: Parameters = {}, origin = originOf(brand)): Prepared {
  const verifier = randomBytes(32).toString('base64url');
  const state = randomBytes(8).toString('base64url');
  const parameters: Parameters = {
    client_id: `${brand}-web`,
    response_type: 'code',
    redirect_uri: callback,
    scope: 'openid email',
    state,
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
    ...changed,
  };
  const url = new URL('/oauth2/authorize', origin);
  for (const [name, value] of Object.entries(parameters)) if (value !== undefined) url.searchParams.set(name, value);
  return { url, verifier, state };
}

/** A browser in which somebody has signed in, and the code that came of it. */
export async function signedInBrowser(brand: BrandId, person: Person, changed: Parameters = {}) {
  const browser = newBrowser();
  const prepared = prepare(brand, changed);
  const page = await authorizeThroughPages(browser, prepared.url, person);
  return { browser, ...prepared, page, code: codeOf(page) };
}

/** The code of an answer by redirect. */
export function codeOf(page: Page): string {
  const code = page.url.searchParams.get('code');
  if (!page.left || code === null) throw new Error(`no code: ${page.status} ${page.url} ${page.html.slice(0, 400)}`);
  return code;
}

/** Another code in a browser where somebody is signed in. */
export async function nextCode(browser: Browser, brand: BrandId, changed: Parameters = {}) {
  const prepared = prepare(brand, changed);
  const page = await browser.open(prepared.url);
  return { ...prepared, page, code: codeOf(page) };
}
