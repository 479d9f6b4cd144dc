import { awaitMail, awaitMailOfKind, codeOf, mailsOfKind } from './inbox.ts';
import { goodPassword, newVisitor, randomEmail, type Visitor } from './visitor.ts';

export interface Tokens {
  readonly access_token: string;
  readonly refresh_token: string;
  readonly id_token: string;
  readonly expires_in: number;
  readonly scope: string;
}

export interface Member {
  readonly visitor: Visitor;
  readonly email: string;
  readonly password: string;
  readonly sub: string;
  readonly tokens: Tokens;
}

export interface SignUp {
  readonly email?: string;
  readonly password?: string;
  readonly [field: string]: unknown;
}

/** Starts a sign-up and returns its flow. */
export async function startSignUp(visitor: Visitor, fields: SignUp = {}) {
  const { email = randomEmail(), password = goodPassword, ...rest } = fields;
  const answer = await visitor.post('/v1/registrations', { client_id: visitor.client, email, password, ...rest });
  if (answer.status !== 202) throw new Error(`sign-up answered ${answer.status}: ${answer.text}`);
  return { email, password, flow: answer.json.flow as string };
}

/** Signs somebody up and verifies the address with the mailed code. */
export async function signUp(visitor: Visitor = newVisitor(), fields: SignUp = {}): Promise<Member> {
  const before = fields.email === undefined ? 0 : (await mailsOfKind('verify', fields.email, visitor.brand)).length;
  const { email, password, flow } = await startSignUp(visitor, fields);
  const code = codeOf(await awaitMailOfKind('verify', email, before + 1, visitor.brand));
  const answer = await visitor.post(`/v1/registrations/${flow}/verification`, { code });
  if (answer.status !== 201) throw new Error(`verification answered ${answer.status}: ${answer.text}`);
  return { visitor, email, password, sub: answer.json.sub, tokens: answer.json };
}

/** Signs somebody up who wants no password, at a brand that has such accounts. */
export async function signUpWithoutPassword(visitor: Visitor = newVisitor('solmar')): Promise<Member> {
  const email = randomEmail();
  const consents = [{ purpose: 'terms', granted: true }];
  const started = await visitor.post('/v1/registrations', { client_id: visitor.client, email, consents });
  if (started.status !== 202) throw new Error(`sign-up answered ${started.status}: ${started.text}`);
  const code = codeOf(await awaitMail(email, 1, visitor.brand));
  const answer = await visitor.post(`/v1/registrations/${started.json.flow}/verification`, { code });
  if (answer.status !== 201) throw new Error(`verification answered ${answer.status}: ${answer.text}`);
  return { visitor, email, password: '', sub: answer.json.sub, tokens: answer.json };
}

export function signIn(
  visitor: Visitor,
  email: string,
  password: string,
  fields: Readonly<Record<string, unknown>> = {},
) {
  return visitor.post('/v1/login/password', { client_id: visitor.client, email, password, ...fields });
}

export function refresh(visitor: Visitor, token: string, fields: Readonly<Record<string, string>> = {}) {
  const form = { grant_type: 'refresh_token', client_id: visitor.client, refresh_token: token, ...fields };
  return visitor.ask('POST', '/oauth2/token', { form });
}
