import type { Answer, Asked, Visitor } from './visitor.ts';

type Form = Readonly<Record<string, string>>;

/** Header of HTTP Basic as RFC 6749 section 2.3.1 wants it: both parts form-encoded first. */
export function basic(client: string, secret: string): Readonly<Record<string, string>> {
  const encode = (part: string) => new URLSearchParams({ part }).toString().slice('part='.length);
  return { authorization: `Basic ${Buffer.from(`${encode(client)}:${encode(secret)}`).toString('base64')}` };
}

/** A request to the token endpoint. */
export function askToken(visitor: Visitor, form: Form, headers: Asked['headers'] = {}): Promise<Answer> {
  return visitor.ask('POST', '/oauth2/token', { form, headers });
}

/** Revokes a token in the name of the visitor's public client, or of another. */
export function revoke(visitor: Visitor, token: string, form: Form = {}): Promise<Answer> {
  return visitor.ask('POST', '/oauth2/revoke', { form: { client_id: visitor.client, token, ...form } });
}

/** Whether our own API takes the access token: it must say the same at each endpoint. */
export async function isTaken(visitor: Visitor, token: string): Promise<boolean> {
  const paths = ['/oauth2/userinfo', '/v1/account', '/v1/consents', '/v1/account/sessions'];
  const answers = await Promise.all(paths.map((path) => visitor.get(path, { token })));
  const statuses = [...new Set(answers.map(({ status }) => status))];
  if (statuses.length > 1) throw new Error(`the endpoints disagree: ${answers.map(({ status }) => status).join(' ')}`);
  return statuses[0] === 200;
}
