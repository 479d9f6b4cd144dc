import { createHash, randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { facts } from './brand-facts.ts';
import { type Answer, type Asked, goodPassword, type Visitor } from './visitor.ts';

/** A form of a page as a browser without scripts sees it. */
export interface PageForm {
  readonly action: string;
  readonly fields: Readonly<Record<string, string>>;
}

const entities: Readonly<Record<string, string>> = { '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"' };
const text = (html: string) => html.replace(/&(amp|lt|gt|quot);/g, (entity) => entities[entity] ?? entity);

function attribute(tag: string, name: string): string | undefined {
  const found = new RegExp(`\\s${name}="([^"]*)"`).exec(tag)?.[1];
  return found === undefined ? undefined : text(found);
}

/** The forms of a page with the fields that they carry; a box that is not ticked is not sent. */
export function formsOf({ text: html }: Answer): readonly PageForm[] {
  return [...html.matchAll(/<form ([^>]*)>(.*?)<\/form>/gs)].map(([, head = '', inner = '']) => {
    const inputs = [...inner.matchAll(/<input ((?:[^">]|"[^"]*")*)>/g)].map(([, tag = '']) => ` ${tag}`);
    const sent = inputs.filter((tag) => attribute(tag, 'type') !== 'checkbox');
    const fields = sent.map((tag) => [attribute(tag, 'name') ?? '', attribute(tag, 'value') ?? ''] as const);
    return { action: attribute(` ${head}`, 'action') ?? '', fields: Object.fromEntries(fields) };
  });
}

/** The challenge that a page's own script solves, and the form that goes with its proof. */
export function workOf(answer: Answer) {
  const [tag = ''] = /<form [^>]*id="proof-form"[^>]*>/.exec(answer.text) ?? [];
  const challenge = JSON.parse(attribute(tag, 'data-challenge') ?? 'null');
  return { challenge, form: formTo(answer, attribute(tag, 'action') ?? '') };
}

/** The form of a page that is sent to this path. */
export function formTo(answer: Answer, action: string): PageForm {
  const form = formsOf(answer).find((each) => each.action === action);
  if (!form) throw new Error(`no form to ${action} in a page of status ${answer.status}`);
  return form;
}

/** How a browser marks a form that it sends from our own page. */
export const ownPage = { 'sec-fetch-site': 'same-origin', origin: 'null' } as const;

/** Sends a form of a page as a browser does. */
export function send(
  visitor: Visitor,
  form: PageForm,
  filled: Readonly<Record<string, string>> = {},
  asked: Asked = {},
) {
  const headers = { ...ownPage, ...asked.headers };
  return visitor.ask('POST', form.action, { form: { ...form.fields, ...filled }, ...asked, headers });
}

/** Goes where an answer leads, on this host. */
export function follow(visitor: Visitor, answer: Answer): Promise<Answer> {
  const location = answer.headers.get('location');
  if (answer.status !== 303 || !location?.startsWith('/')) {
    throw new Error(`answered ${answer.status} to ${location}: ${answer.text.slice(0, 300)}`);
  }
  return visitor.get(location);
}

const verifier = randomBytes(32).toString('base64url');
export const callback = 'http://localhost:3000/callback';

/** An authorization request of the brand's own application. */
export function authorizationPath(visitor: Visitor, parameters: Readonly<Record<string, string>> = {}): string {
  const query = {
    client_id: visitor.client,
    redirect_uri: callback,
    response_type: 'code',
    scope: 'openid email',
    state: 's-1',
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
    ...parameters,
  };
  return `/oauth2/authorize?${new URLSearchParams(query)}`;
}

/** Redeems the code of an answer that leads back to the application. */
export function redeem(visitor: Visitor, answer: Answer): Promise<Answer> {
  const code = new URL(answer.headers.get('location') ?? '').searchParams.get('code') ?? '';
  const form = {
    grant_type: 'authorization_code',
    client_id: visitor.client,
    redirect_uri: callback,
    code,
    code_verifier: verifier,
  };
  return visitor.ask('POST', '/oauth2/token', { form });
}

/** Sign-ins count by whole seconds (`auth_time`): until the next one, the last is as good as new. */
export const nextSecond = () => sleep(1100);

/** Signs in on the pages; the answer is the one that leads on. */
export async function signInOnPages(
  visitor: Visitor,
  email: string,
  password: string,
  from = '/sign-in',
): Promise<Answer> {
  const first = from.startsWith('/sign-in') ? await visitor.get(from) : await follow(visitor, await visitor.get(from));
  const second = await follow(visitor, await send(visitor, formTo(first, '/sign-in'), { username: email }));
  return send(visitor, formTo(second, '/sign-in/password'), { password });
}

/** Fields of the sign-up form, filled in. */
export function signUpEntries(visitor: Visitor, email: string): Readonly<Record<string, string>> {
  const required = facts[visitor.brand].purposes.filter((purpose) => purpose.required);
  const terms = Object.fromEntries(required.map(({ id }) => [`purpose.${id}`, 'yes']));
  return { username: email, password: goodPassword, ...terms };
}
