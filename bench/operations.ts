import { type People, password, randomEmail, signedIn, take } from './people.ts';
import type { BenchReply, BenchRequest } from './requests.ts';

/** One thing that a customer or an app does. */
export interface Operation {
  readonly name: string;
  /** Name of the function that answers. */
  readonly capability: string;
  readonly routeKey: string;
  readonly status: number;
  /** Each request uses somebody up, or hashes a password: the bench affords fewer of them. */
  readonly scarce?: true;
  readonly next: (people: People) => BenchRequest;
  /** Keeps what later requests need. */
  readonly learn?: (people: People, reply: BenchReply, request: BenchRequest) => void;
}

const bearer = (token: string) => `Bearer ${token}`;

/** Keeps tokens and, like a browser, the cookie that remembers it. */
const keepSession: Operation['learn'] = (people, reply, request) => {
  people.sessions.push(signedIn(reply));
  const { email } = request.json as { readonly email: string };
  people.browsers.push({ email, cookies: reply.cookies });
};

/** The person that stays signed in: reads with the newest access token. */
function regular({ sessions }: People) {
  const newest = sessions.at(-1);
  if (!newest) throw new Error('nobody is signed in');
  return newest;
}

function signIn({ client }: People, email: string, cookies?: readonly string[]): BenchRequest {
  const json = { client_id: client, email, password };
  return { method: 'POST', path: '/v1/login/password', json, ...(cookies && { cookies }) };
}

/** In an order in which each leaves what the next ones need. */
export const operations: readonly Operation[] = [
  {
    name: 'start sign-up',
    capability: 'registration',
    routeKey: 'POST /v1/registrations',
    status: 202,
    scarce: true,
    next: ({ client }) => {
      const json = { client_id: client, email: randomEmail(), password };
      return { method: 'POST', path: '/v1/registrations', json };
    },
  },
  {
    name: 'verify sign-up',
    capability: 'registration',
    routeKey: 'POST /v1/registrations/{flow}/verification',
    status: 201,
    scarce: true,
    next: (people) => {
      const { email, flow, code } = take(people.flows, 'proven sign-ups');
      people.members.push(email);
      const path = `/v1/registrations/${flow}/verification`;
      return { method: 'POST', path, pathParameters: { flow }, json: { code } };
    },
  },
  {
    name: 'password sign-in',
    capability: 'login',
    routeKey: 'POST /v1/login/password',
    status: 200,
    scarce: true,
    next: (people) => {
      const email = take(people.members, 'members');
      // In a circle: three sign-ins of one person in a quarter of an hour would be another case.
      people.members.push(email);
      return signIn(people, email);
    },
    learn: keepSession,
  },
  {
    name: 'sign-in, known browser',
    capability: 'login',
    routeKey: 'POST /v1/login/password',
    status: 200,
    scarce: true,
    next: (people) => {
      const { email, cookies } = take(people.browsers, 'browsers');
      return signIn(people, email, cookies);
    },
    learn: keepSession,
  },
  {
    name: 'start code sign-in',
    capability: 'login',
    routeKey: 'POST /v1/login/code',
    status: 202,
    scarce: true,
    next: ({ client }) => {
      return { method: 'POST', path: '/v1/login/code', json: { client_id: client, email: randomEmail() } };
    },
  },
  {
    name: 'start recovery',
    capability: 'recovery',
    routeKey: 'POST /v1/recoveries',
    status: 202,
    scarce: true,
    next: ({ client }) => {
      return { method: 'POST', path: '/v1/recoveries', json: { client_id: client, email: randomEmail() } };
    },
  },
  {
    name: 'refresh',
    capability: 'token',
    routeKey: 'POST /oauth2/token',
    status: 200,
    next: (people) => {
      const { refresh } = regular(people);
      const form = { grant_type: 'refresh_token', client_id: people.client, refresh_token: refresh };
      return { method: 'POST', path: '/oauth2/token', form };
    },
    learn: (people, reply) => void people.sessions.splice(-1, 1, signedIn(reply)),
  },
  {
    name: 'client credentials',
    capability: 'token',
    routeKey: 'POST /oauth2/token',
    status: 200,
    next: ({ backend }) => {
      const authorization = `Basic ${Buffer.from(`${backend.id}:${backend.secret}`).toString('base64')}`;
      return { method: 'POST', path: '/oauth2/token', form: { grant_type: 'client_credentials' }, authorization };
    },
  },
  {
    name: 'userinfo',
    capability: 'userinfo',
    routeKey: 'GET /oauth2/userinfo',
    status: 200,
    next: (people) => ({ method: 'GET', path: '/oauth2/userinfo', authorization: bearer(regular(people).access) }),
  },
  {
    name: 'read account',
    capability: 'account',
    routeKey: 'GET /v1/account',
    status: 200,
    next: (people) => ({ method: 'GET', path: '/v1/account', authorization: bearer(regular(people).access) }),
  },
  {
    name: 'read consents',
    capability: 'consent',
    routeKey: 'GET /v1/consents',
    status: 200,
    next: (people) => ({ method: 'GET', path: '/v1/consents', authorization: bearer(regular(people).access) }),
  },
  {
    name: 'give consent',
    capability: 'consent',
    routeKey: 'PUT /v1/consents/{purpose}',
    status: 200,
    next: (people) => ({
      method: 'PUT',
      path: '/v1/consents/newsletter',
      pathParameters: { purpose: 'newsletter' },
      authorization: bearer(regular(people).access),
      json: { granted: true, version: '2026-01' },
    }),
  },
  {
    name: 'list sessions',
    capability: 'sessions',
    routeKey: 'GET /v1/account/sessions',
    status: 200,
    next: (people) => ({ method: 'GET', path: '/v1/account/sessions', authorization: bearer(regular(people).access) }),
  },
  {
    name: 'revoke',
    capability: 'token',
    routeKey: 'POST /oauth2/revoke',
    status: 200,
    scarce: true,
    next: (people) => {
      const { refresh } = take(people.sessions, 'sessions');
      return { method: 'POST', path: '/oauth2/revoke', form: { client_id: people.client, token: refresh } };
    },
  },
  {
    name: 'sign out',
    capability: 'sessions',
    routeKey: 'DELETE /v1/account/sessions/{id}',
    status: 204,
    scarce: true,
    next: (people) => {
      const { session: id, access } = take(people.sessions, 'sessions');
      const path = `/v1/account/sessions/${id}`;
      return { method: 'DELETE', path, pathParameters: { id }, authorization: bearer(access) };
    },
  },
  {
    name: 'discovery',
    capability: 'discovery',
    routeKey: 'GET /.well-known/openid-configuration',
    status: 200,
    next: () => ({ method: 'GET', path: '/.well-known/openid-configuration' }),
  },
  {
    name: 'JWKS',
    capability: 'discovery',
    routeKey: 'GET /.well-known/jwks.json',
    status: 200,
    next: () => ({ method: 'GET', path: '/.well-known/jwks.json' }),
  },
];
