import { awaitMail, codeOf } from './inbox.ts';
import { type Member, signIn, signUp, startSignUp } from './journeys.ts';
import { type Answer, type Asked, type BrandId, newVisitor, randomEmail } from './visitor.ts';

/** A request that is ready to be made, as often as one likes. */
export interface Ready {
  readonly ask: (headers?: Readonly<Record<string, string>>) => Promise<Answer>;
  /** The address that it is about. */
  readonly email: string;
  /** Who asks, where somebody has an account already. */
  readonly member?: Member;
  readonly flow?: string;
  /** The password that is valid once it succeeded. */
  readonly password?: string;
}

/** One operation of the API with everything that must have happened before it. */
export interface Operation {
  readonly name: string;
  /** The function that answers. */
  readonly function: string;
  readonly ok: number;
  /** Whether it answers errors as OAuth does (RFC 6749 section 5.2). */
  readonly protocol?: boolean;
  readonly prepare: (brand: BrandId) => Promise<Ready>;
}

const nextPassword = 'nine patient badgers by noon';

/** A request by somebody who is signed in. */
function own(method: string, path: string | ((member: Member) => string), json?: unknown): Operation['prepare'] {
  return async (brand) => {
    const member = await signUp(newVisitor(brand));
    const { visitor, email, tokens } = member;
    const where = typeof path === 'string' ? path : path(member);
    const asked: Asked = { token: tokens.access_token, ...(json !== undefined && { json }) };
    return { member, email, ask: (headers = {}) => visitor.ask(method, where, { ...asked, headers }) };
  };
}

async function startRegistration(brand: BrandId): Promise<Ready> {
  const visitor = newVisitor(brand);
  const email = randomEmail();
  const password = nextPassword;
  const json = { client_id: visitor.client, email, password, consents: [{ purpose: 'terms', granted: true }] };
  return { email, password, ask: (headers = {}) => visitor.post('/v1/registrations', json, { headers }) };
}

async function resend(brand: BrandId): Promise<Ready> {
  const visitor = newVisitor(brand);
  const { email, flow } = await startSignUp(visitor);
  return { email, flow, ask: (headers = {}) => visitor.ask('POST', `/v1/registrations/${flow}/resend`, { headers }) };
}

async function verify(brand: BrandId): Promise<Ready> {
  const visitor = newVisitor(brand);
  const consents = [{ purpose: 'terms', granted: true }];
  const { email, password, flow } = await startSignUp(visitor, { consents });
  const code = codeOf(await awaitMail(email, 1, brand));
  const path = `/v1/registrations/${flow}/verification`;
  return { email, flow, password, ask: (headers = {}) => visitor.post(path, { code }, { headers }) };
}

async function passwordSignIn(brand: BrandId): Promise<Ready> {
  const member = await signUp(newVisitor(brand));
  const { email, password } = member;
  // Another browser: the one of the sign-up is remembered, and counts differently.
  const visitor = newVisitor(brand);
  const json = { client_id: visitor.client, email, password };
  return { member, email, password, ask: (headers = {}) => visitor.post('/v1/login/password', json, { headers }) };
}

/** A flow that somebody with an account began, with its code. */
async function flowOf(brand: BrandId, path: string) {
  const member = await signUp(newVisitor(brand));
  const { visitor, email } = member;
  const started = await visitor.post(path, { client_id: visitor.client, email });
  const code = codeOf(await awaitMail(email, 2, brand));
  return { member, email, visitor, flow: started.json.flow as string, code };
}

const start =
  (path: string): Operation['prepare'] =>
  async (brand) => {
    const member = await signUp(newVisitor(brand));
    const { visitor, email } = member;
    const json = { client_id: visitor.client, email };
    return { member, email, ask: (headers = {}) => visitor.post(path, json, { headers }) };
  };

async function codeSignIn(brand: BrandId): Promise<Ready> {
  const { visitor, flow, code, ...about } = await flowOf(brand, '/v1/login/code');
  return { ...about, flow, ask: (headers = {}) => visitor.post(`/v1/login/code/${flow}`, { code }, { headers }) };
}

async function recover(brand: BrandId): Promise<Ready> {
  const { visitor, flow, code, ...about } = await flowOf(brand, '/v1/recoveries');
  const json = { code, password: nextPassword };
  const path = `/v1/recoveries/${flow}/password`;
  return { ...about, flow, password: nextPassword, ask: (headers = {}) => visitor.post(path, json, { headers }) };
}

async function changePassword(brand: BrandId): Promise<Ready> {
  const member = await signUp(newVisitor(brand));
  const { visitor, email, password } = member;
  const json = { current_password: password, new_password: nextPassword };
  const token = member.tokens.access_token;
  const ask: Ready['ask'] = (headers = {}) => visitor.post('/v1/account/password', json, { token, headers });
  return { member, email, password: nextPassword, ask };
}

async function confirmAddress(brand: BrandId): Promise<Ready> {
  const member = await signUp(newVisitor(brand));
  const { visitor, tokens } = member;
  const email = randomEmail();
  const token = tokens.access_token;
  const { json } = await visitor.post('/v1/account/email', { email }, { token });
  const code = codeOf(await awaitMail(email, 1, brand));
  const path = `/v1/account/email/${json.flow}`;
  return { member, email, flow: json.flow, ask: (headers = {}) => visitor.post(path, { code }, { token, headers }) };
}

async function refreshToken(brand: BrandId): Promise<Ready> {
  const member = await signUp(newVisitor(brand));
  const { visitor, email, tokens } = member;
  const form = { grant_type: 'refresh_token', client_id: visitor.client, refresh_token: tokens.refresh_token };
  return { member, email, ask: (headers = {}) => visitor.ask('POST', '/oauth2/token', { form, headers }) };
}

async function revoke(brand: BrandId): Promise<Ready> {
  const member = await signUp(newVisitor(brand));
  const { visitor, email, tokens } = member;
  const form = { client_id: visitor.client, token: tokens.refresh_token };
  return { member, email, ask: (headers = {}) => visitor.ask('POST', '/oauth2/revoke', { form, headers }) };
}

async function giveConsent(brand: BrandId): Promise<Ready> {
  const member = await signUp(newVisitor(brand));
  const { visitor, email, tokens } = member;
  const token = tokens.access_token;
  const { json } = await visitor.get('/v1/consents', { token });
  const { purpose, version } = json.consents.find((each: { required: boolean }) => !each.required);
  const asked = { token, json: { granted: true, version } };
  return { member, email, ask: (headers = {}) => visitor.ask('PUT', `/v1/consents/${purpose}`, { ...asked, headers }) };
}

/** Signs out another browser of the same person. */
async function signOutThere(brand: BrandId): Promise<Ready> {
  const member = await signUp(newVisitor(brand));
  const { visitor, email, password, tokens } = member;
  await signIn(newVisitor(brand), email, password);
  const token = tokens.access_token;
  const { json } = await visitor.get('/v1/account/sessions', { token });
  const there = json.sessions.find((each: { current: boolean }) => !each.current).id;
  const path = `/v1/account/sessions/${there}`;
  return { member, email, ask: (headers = {}) => visitor.ask('DELETE', path, { token, headers }) };
}

export const operations = {
  startRegistration: { name: 'start sign-up', function: 'registration', ok: 202, prepare: startRegistration },
  resend: { name: 'resend', function: 'registration', ok: 202, prepare: resend },
  verify: { name: 'verify sign-up', function: 'registration', ok: 201, prepare: verify },
  passwordSignIn: { name: 'password sign-in', function: 'login', ok: 200, prepare: passwordSignIn },
  startCode: { name: 'start code sign-in', function: 'login', ok: 202, prepare: start('/v1/login/code') },
  codeSignIn: { name: 'code sign-in', function: 'login', ok: 200, prepare: codeSignIn },
  startRecovery: { name: 'start recovery', function: 'recovery', ok: 202, prepare: start('/v1/recoveries') },
  recover: { name: 'recovery', function: 'recovery', ok: 204, prepare: recover },
  refresh: { name: 'refresh', function: 'token', ok: 200, protocol: true, prepare: refreshToken },
  revoke: { name: 'revoke', function: 'token', ok: 200, protocol: true, prepare: revoke },
  userinfo: { name: 'userinfo', function: 'userinfo', ok: 200, prepare: own('GET', '/oauth2/userinfo') },
  consents: { name: 'consents', function: 'consent', ok: 200, prepare: own('GET', '/v1/consents') },
  history: { name: 'consent history', function: 'consent', ok: 200, prepare: own('GET', '/v1/consents/history') },
  giveConsent: { name: 'give consent', function: 'consent', ok: 200, prepare: giveConsent },
  account: { name: 'account', function: 'account', ok: 200, prepare: own('GET', '/v1/account') },
  profile: {
    name: 'change profile',
    function: 'account',
    ok: 200,
    prepare: own('PATCH', '/v1/account', { profile: { nickname: 'Robin' } }),
  },
  changePassword: { name: 'change password', function: 'account', ok: 204, prepare: changePassword },
  startAddress: {
    name: 'start change of address',
    function: 'account',
    ok: 202,
    prepare: (brand: BrandId) => own('POST', '/v1/account/email', { email: randomEmail() })(brand),
  },
  confirmAddress: { name: 'change of address', function: 'account', ok: 200, prepare: confirmAddress },
  sessions: { name: 'sessions', function: 'sessions', ok: 200, prepare: own('GET', '/v1/account/sessions') },
  signOutThere: { name: 'sign out there', function: 'sessions', ok: 204, prepare: signOutThere },
  signOutEverywhere: {
    name: 'sign out everywhere',
    function: 'sessions',
    ok: 204,
    prepare: own('DELETE', '/v1/account/sessions'),
  },
} as const satisfies Readonly<Record<string, Operation>>;

export const everyOperation: readonly Operation[] = Object.values(operations);
