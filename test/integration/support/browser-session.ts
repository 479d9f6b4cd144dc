import { randomInt } from 'node:crypto';

/** What a browser shows after it followed its redirects. */
export interface Page {
  readonly url: URL;
  readonly status: number;
  readonly headers: Headers;
  readonly html: string;
  /** The browser was sent somewhere that no test serves: a client's redirect URI. `url` is that place. */
  readonly left: boolean;
}

/** A simple browser without scripts: cookies, redirects, links and forms. */
export interface Browser {
  readonly ip: string;
  /** By origin, then name. */
  readonly cookies: Map<string, Map<string, string>>;
  open(url: string | URL, headers?: Readonly<Record<string, string>>): Promise<Page>;
  /** Sends a form of another site, unless `headers` name an `origin` of this one: without cookies that are `SameSite`. */
  post(
    url: string | URL,
    form: Readonly<Record<string, string>>,
    headers?: Readonly<Record<string, string>>,
  ): Promise<Page>;
  /** Sends the form that has all of `fields` (or the button), with its hidden fields. */
  submit(page: Page, fields?: Readonly<Record<string, string>>, button?: string): Promise<Page>;
}

interface Form {
  readonly method: string;
  readonly action: string;
  readonly fields: ReadonlyMap<string, string>;
  /** Values of buttons by their ids. */
  readonly buttons: ReadonlyMap<string, readonly [name: string, value: string]>;
}

const AGENT = 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:145.0) Gecko/20100101 Firefox/145.0';
const MOST_REDIRECTS = 12;
/** How a browser marks a form of another site. */
const elsewhere = { origin: 'https://elsewhere.example', 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' };

function unescaped(text: string): string {
  const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'", '#x27': "'" };
  return text.replace(/&(amp|lt|gt|quot|#39|#x27);/g, (_, name: string) => entities[name] ?? '');
}

function attributesOf(tag: string): Readonly<Record<string, string>> {
  const pairs = [...tag.matchAll(/([\w-]+)="([^"]*)"/g)];
  return Object.fromEntries(pairs.map(([, name = '', value = '']) => [name.toLowerCase(), unescaped(value)]));
}

/** The forms of a page as a browser without scripts sees them. */
export function formsOf(html: string): readonly Form[] {
  return [...html.matchAll(/<form\b([^>]*)>([\s\S]*?)<\/form>/g)].map(([, head = '', body = '']) => {
    const inputs = [...body.matchAll(/<input\b([^>]*)>/g)].map(([, tag = '']) => attributesOf(tag));
    const buttons = [...body.matchAll(/<button\b([^>]*)>/g)].map(([, tag = '']) => attributesOf(tag));
    const { method = 'get', action = '' } = attributesOf(head);
    return {
      method,
      action,
      fields: new Map(inputs.map(({ name = '', value = '' }) => [name, value] as const)),
      buttons: new Map(buttons.map(({ id = '', name = '', value = '' }) => [id, [name, value]] as const)),
    };
  });
}

/** A request of the browser. */
interface Sent {
  readonly method?: 'POST';
  readonly body?: URLSearchParams;
  readonly headers?: Readonly<Record<string, string>>;
}

/** @param reaches origins that the browser follows redirects to, beside the one it came from */
export function newBrowser(reaches: readonly string[] = []): Browser {
  const ip = `10.${randomInt(256)}.${randomInt(256)}.${randomInt(1, 255)}`;
  const cookies: Browser['cookies'] = new Map();
  /** By origin: names of cookies that go along with the forms of any site. */
  const shared = new Map<string, Set<string>>();

  function remember(origin: string, headers: Headers): void {
    const jar = cookies.get(origin) ?? new Map<string, string>();
    const anywhere = shared.get(origin) ?? new Set<string>();
    shared.set(origin, anywhere);
    for (const line of headers.getSetCookie()) {
      const [pair = ''] = line.split(';');
      const name = pair.slice(0, pair.indexOf('='));
      // RFC 6265bis section 5.6.7: what says nothing is Lax.
      if (/;\s*samesite=none\b/i.test(line)) anywhere.add(name);
      else anywhere.delete(name);
      if (/;\s*max-age=0\b/i.test(line)) jar.delete(name);
      else jar.set(name, pair.slice(pair.indexOf('=') + 1));
    }
    cookies.set(origin, jar);
  }

  /** RFC 6265bis section 5.8.3: `Lax` goes along where a person goes, by a link or a redirect, not with a foreign form. */
  function sent(url: URL, { method, headers }: Sent): string {
    const from = headers?.origin === undefined || headers.origin === 'null' ? url : new URL(headers.origin);
    const isForeignForm = method === 'POST' && from.hostname !== url.hostname;
    const all = [...(cookies.get(url.origin) ?? [])];
    const carried = isForeignForm ? all.filter(([name]) => shared.get(url.origin)?.has(name)) : all;
    return carried.map(([name, value]) => `${name}=${value}`).join('; ');
  }

  async function go(url: URL, init: Sent, followed = 0): Promise<Page> {
    if (followed > MOST_REDIRECTS) throw new Error(`too many redirects, the last to ${url}`);
    const jar = sent(url, init);
    const headers = { 'x-local-source-ip': ip, 'user-agent': AGENT, ...(jar && { cookie: jar }), ...init.headers };
    const response = await fetch(url, { ...init, headers, redirect: 'manual' });
    remember(url.origin, response.headers);
    const location = response.headers.get('location');
    const { status } = response;
    if (location === null) return { url, status, headers: response.headers, html: await response.text(), left: false };
    await response.body?.cancel();
    const to = new URL(location, url);
    const isReached = to.origin === url.origin || reaches.includes(to.origin);
    if (!isReached) return { url: to, status, headers: response.headers, html: '', left: true };
    return go(to, {}, followed + 1);
  }

  const post: Browser['post'] = (url, form, headers = {}) =>
    go(new URL(url), {
      method: 'POST',
      body: new URLSearchParams(form),
      headers: headers.origin === undefined ? { ...elsewhere, ...headers } : headers,
    });

  return {
    ip,
    cookies,
    open: (url, headers = {}) => go(new URL(url), { headers }),
    post,
    async submit(page, fields = {}, button = 'submit') {
      const names = Object.keys(fields);
      const form = formsOf(page.html).find((each) => {
        return each.buttons.has(button) && names.every((name) => each.fields.has(name));
      });
      if (!form) throw new Error(`no form with ${names} and #${button} at ${page.url}: ${page.html.slice(0, 2000)}`);
      const [name, value] = form.buttons.get(button) ?? ['', ''];
      const filled = { ...Object.fromEntries(form.fields), ...fields, ...(name && { [name]: value }) };
      const action = new URL(form.action || page.url, page.url);
      return post(action, filled, { origin: page.url.origin, 'sec-fetch-site': 'same-origin' });
    },
  };
}

/** Who signs in. */
export interface Person {
  readonly email: string;
  readonly password: string;
}

/** From the sign-in page, through address and password, to whatever comes next. */
export async function passSignIn(browser: Browser, page: Page, { email, password }: Person): Promise<Page> {
  const asked = await browser.submit(page, { username: email });
  return browser.submit(asked, { password });
}

/** Opens an authorization request and passes every page that it leads to; returns where the browser ends. */
export async function authorizeThroughPages(browser: Browser, url: string | URL, person: Person): Promise<Page> {
  let page = await browser.open(url);
  for (let step = 0; step < 4 && !page.left; step++) {
    if (page.url.pathname === '/sign-in') page = await passSignIn(browser, page, person);
    else if (['/consent', '/purposes'].includes(page.url.pathname)) page = await browser.submit(page);
    else break;
  }
  return page;
}
