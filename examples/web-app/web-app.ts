import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import * as openid from 'openid-client';
import { logoutReceiver } from './logout-receiver.ts';
import { claimsPage, failurePage, welcomePage } from './pages.ts';

/** What the application is told: where people sign in, who it is there, and where it listens. */
export interface WebAppOptions {
  readonly issuer: string;
  readonly clientId: string;
  readonly port: number;
}

/** What the application remembers of one browser, in memory. */
interface Visit {
  /** A sign-in under way: what the answer must match. */
  pending?: { readonly verifier: string; readonly state: string; readonly nonce: string };
  tokens?: openid.TokenEndpointResponse & openid.TokenEndpointResponseHelpers;
  /** Refreshes so far, for the page alone. */
  refreshes: number;
}

const COOKIE = 'example-app';
const SCOPE = 'openid profile email';
/** Bytes of a form: a logout token is well below. */
const LONGEST = 16_384;

/** Serves the application on `http://localhost:<port>`; returns how to stop it. */
export async function startWebApp({ issuer, clientId, port }: WebAppOptions): Promise<() => Promise<void>> {
  const home = `http://localhost:${port}`;
  const visits = new Map<string, Visit>();
  let discovered: Promise<openid.Configuration> | undefined;
  let receiver: ReturnType<typeof logoutReceiver> | undefined;

  /** Endpoints and keys come from the issuer's metadata, once. Plain http is for an issuer on this machine alone. */
  function provider(): Promise<openid.Configuration> {
    const execute = issuer.startsWith('http://localhost:') ? [openid.allowInsecureRequests] : [];
    discovered ??= openid.discovery(new URL(issuer), clientId, undefined, openid.None(), { execute });
    discovered.catch(() => {
      discovered = undefined;
    });
    return discovered;
  }

  async function signIn(visit: Visit): Promise<URL> {
    const verifier = openid.randomPKCECodeVerifier();
    visit.pending = { verifier, state: openid.randomState(), nonce: openid.randomNonce() };
    return openid.buildAuthorizationUrl(await provider(), {
      redirect_uri: `${home}/callback`,
      scope: SCOPE,
      code_challenge: await openid.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
      state: visit.pending.state,
      nonce: visit.pending.nonce,
    });
  }

  async function receiveCode(visit: Visit, url: URL): Promise<void> {
    const { pending } = visit;
    if (pending === undefined) throw new Error('No sign-in is under way in this browser.');
    delete visit.pending;
    visit.tokens = await openid.authorizationCodeGrant(await provider(), url, {
      pkceCodeVerifier: pending.verifier,
      expectedState: pending.state,
      expectedNonce: pending.nonce,
      idTokenExpected: true,
    });
    visit.refreshes = 0;
  }

  async function refresh(visit: Visit): Promise<void> {
    const token = visit.tokens?.refresh_token;
    if (token === undefined) throw new Error('There is no refresh token.');
    visit.tokens = await openid.refreshTokenGrant(await provider(), token);
    visit.refreshes += 1;
  }

  async function signOut(visit: Visit): Promise<URL> {
    const hint = visit.tokens?.id_token;
    delete visit.tokens;
    return openid.buildEndSessionUrl(await provider(), {
      post_logout_redirect_uri: `${home}/`,
      ...(hint !== undefined && { id_token_hint: hint }),
    });
  }

  /** The provider says that a session is over: whoever had it here is signed out, in whatever browser. */
  async function receiveLogout(form: URLSearchParams): Promise<void> {
    const { jwks_uri: jwksUri = '' } = (await provider()).serverMetadata();
    receiver ??= logoutReceiver({ issuer, clientId, jwksUri });
    const ended = await receiver(form.get('logout_token') ?? '');
    for (const visit of visits.values()) {
      const claims = visit.tokens?.claims();
      const isOver = ended.sid === undefined ? claims?.sub === ended.sub : claims?.sid === ended.sid;
      if (isOver) delete visit.tokens;
    }
  }

  /** Back-Channel Logout section 2.8: 200 where it is done, 400 where the token is no good. */
  async function answerProvider(request: IncomingMessage, response: ServerResponse): Promise<void> {
    response.setHeader('cache-control', 'no-store');
    const done = await formOf(request)
      .then(receiveLogout)
      .then(() => true)
      .catch(() => false);
    response.writeHead(done ? 200 : 400).end();
  }

  async function show({ tokens, refreshes }: Visit): Promise<string> {
    const claims = tokens?.claims();
    if (tokens === undefined || claims === undefined) return welcomePage(issuer);
    const userinfo = await openid.fetchUserInfo(await provider(), tokens.access_token, claims.sub);
    return claimsPage({ claims, userinfo, refreshes, refreshable: tokens.refresh_token !== undefined });
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', home);
    if (`${request.method} ${url.pathname}` === 'POST /backchannel-logout') return answerProvider(request, response);
    const { id, visit } = visitOf(visits, request);
    response.setHeader('set-cookie', `${COOKIE}=${id}; Path=/; HttpOnly; SameSite=Lax`);
    response.setHeader('cache-control', 'no-store');
    const seeOther = (to: URL | string) => response.writeHead(303, { location: String(to) }).end();
    const html = (page: string, status = 200) =>
      response.writeHead(status, { 'content-type': 'text/html; charset=utf-8' }).end(page);
    try {
      switch (`${request.method} ${url.pathname}`) {
        case 'GET /':
          return void html(await show(visit));
        case 'GET /sign-in':
          return void seeOther(await signIn(visit));
        case 'GET /callback':
          await receiveCode(visit, url);
          return void seeOther('/');
        case 'POST /refresh':
          await refresh(visit);
          return void seeOther('/');
        case 'POST /sign-out':
          return void seeOther(await signOut(visit));
        default:
          return void html(failurePage('There is no such page.'), 404);
      }
    } catch (error) {
      // A dead session, a refused sign-in: the person may start again.
      delete visit.tokens;
      html(failurePage(sentenceOf(error)), 502);
    }
  }

  const server = createServer((request, response) => void answer(request, response)).listen(port, '127.0.0.1');
  await once(server, 'listening');
  return () =>
    new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
}

/** The browser's visit by its cookie; a new one, under an id that nobody else knows, where there is none. */
function visitOf(visits: Map<string, Visit>, request: IncomingMessage): { readonly id: string; readonly visit: Visit } {
  const [, known = ''] = new RegExp(`(?:^|; )${COOKIE}=([0-9a-f-]{36})`).exec(request.headers.cookie ?? '') ?? [];
  const found = visits.get(known);
  if (found !== undefined) return { id: known, visit: found };
  const id = randomUUID();
  const visit: Visit = { refreshes: 0 };
  visits.set(id, visit);
  return { id, visit };
}

async function formOf(request: IncomingMessage): Promise<URLSearchParams> {
  let text = '';
  for await (const chunk of request.setEncoding('utf8')) {
    text += chunk;
    if (text.length > LONGEST) throw new Error('That is too much.');
  }
  return new URLSearchParams(text);
}

function sentenceOf(error: unknown): string {
  if (error instanceof openid.AuthorizationResponseError || error instanceof openid.ResponseBodyError) {
    return `${error.error}: ${error.error_description ?? 'no description'}`;
  }
  return error instanceof Error ? error.message : String(error);
}
