import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { type BenchReply, overHttp } from './requests.ts';

export const password = 'seven quiet herons at dawn';

/** A started sign-up with the code that came by mail. */
export interface ProvenFlow {
  readonly email: string;
  readonly flow: string;
  readonly code: string;
}

/** Somebody signed in. */
export interface SignedIn {
  readonly access: string;
  readonly refresh: string;
  /** The `sid` claim of the access token. */
  readonly session: string;
}

/** The people of a run: made by the operations themselves, used up by those that come after. */
export interface People {
  readonly origin: string;
  readonly client: string;
  readonly backend: { readonly id: string; readonly secret: string };
  readonly flows: ProvenFlow[];
  /** Addresses of accounts. */
  readonly members: string[];
  readonly sessions: SignedIn[];
  /** Where somebody has signed in before. */
  readonly browsers: { readonly email: string; readonly cookies: readonly string[] }[];
}

export function randomEmail(): string {
  return `p${randomBytes(8).toString('hex')}@example.com`;
}

/** Takes the next one; the bench provides for as many as its operations use. */
export function take<T>(list: T[], what: string): T {
  const next = list.shift();
  if (next === undefined) throw new Error(`the bench has run out of ${what}`);
  return next;
}

/** Reads a token response. @throws Error where it is none */
export function signedIn({ status, body }: BenchReply): SignedIn {
  const { access_token: access, refresh_token: refresh } = body;
  if (typeof access !== 'string' || typeof refresh !== 'string') throw new Error(`no tokens, but status ${status}`);
  const claims = JSON.parse(Buffer.from(access.split('.')[1] ?? '', 'base64url').toString()) as { sid: string };
  return { access, refresh, session: claims.sid };
}

async function mailedCode(origin: string, email: string): Promise<string> {
  for (let tries = 0; tries < 600; tries++) {
    const response = await fetch(`${origin}/_local/mail?to=${encodeURIComponent(email)}`);
    const [mail] = (await response.json()) as readonly { readonly text: string }[];
    const code = /\b\d{6}\b/.exec(mail?.text ?? '')?.[0];
    if (code) return code;
    await sleep(50);
  }
  throw new Error('no code came by mail in 30 seconds');
}

/** Starts sign-ups and reads their mails, four at a time. */
export async function startSignUps({ origin, client, flows }: People, count: number): Promise<void> {
  let left = count;
  const one = async () => {
    while (left-- > 0) {
      const email = randomEmail();
      const [reply] = await overHttp(origin, {
        method: 'POST',
        path: '/v1/registrations',
        json: { client_id: client, email, password },
      });
      if (typeof reply.body.flow !== 'string') throw new Error(`a sign-up was answered with ${reply.status}`);
      flows.push({ email, flow: reply.body.flow, code: await mailedCode(origin, email) });
    }
  };
  await Promise.all([one(), one(), one(), one()]);
}

interface LocalClient {
  readonly client_id: string;
  readonly grant_types: readonly string[];
  readonly secret?: string;
}

/** Nobody yet: the clients of a running cloud. */
export async function nobody(origin: string, brand: string): Promise<People> {
  const clients = (await (await fetch(`${origin}/_local/clients`)).json()) as readonly LocalClient[];
  const backend = clients.find(({ grant_types }) => grant_types.includes('client_credentials'));
  if (!backend?.secret) throw new Error(`${brand} has no client with a secret`);
  const secret = { id: backend.client_id, secret: backend.secret };
  return { origin, client: `${brand}-web`, backend: secret, flows: [], members: [], sessions: [], browsers: [] };
}
