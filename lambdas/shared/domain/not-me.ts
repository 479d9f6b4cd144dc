import { isSessionId, isUserId, type SessionId, type UserId } from './id.ts';
import { isSameSecret } from './same-secret.ts';

/** The keyed function that makes the link unguessable; the sealing ring's. */
type Mac = (purpose: 'not-me', text: string) => Buffer;

/** The sign-in that a link is about: one session, or a try that led to none. */
export interface NotMe {
  readonly user: UserId;
  readonly session?: SessionId;
  /** Milliseconds. */
  readonly at: number;
}

/** Milliseconds for which the link works: a person may be on holiday. */
const lifetime = 7 * 86_400_000;

/** Epoch seconds at which the link of this sign-in is too old. */
export function notMeUntil({ at }: NotMe): number {
  return Math.ceil((at + lifetime) / 1000);
}

/** 256 bits, derived, hence nowhere stored; bound to one person and one sign-in (VC4). */
function tokenOf(mac: Mac, { user, session = '' as SessionId, at }: NotMe): string {
  return mac('not-me', `${user}|${session}|${at}`).toString('base64url');
}

/** The link in the notice of a sign-in. Its host is configuration (VC8); opening it changes nothing (VC7). */
export function notMeLink(issuer: string, mac: Mac, notMe: NotMe): string {
  const { user, session, at } = notMe;
  const query = { user, ...(session && { session }), at: String(at), token: tokenOf(mac, notMe) };
  return `${issuer}/recover/not-me?${new URLSearchParams(query)}`;
}

/** The sign-in of a link that we made and that is not too old. Costs no read. `now` in milliseconds. */
export function provenNotMe(
  mac: Mac,
  { user = '', session = '', at = '', token = '' }: Readonly<Record<string, string | undefined>>,
  now: number,
): NotMe | undefined {
  const time = Number(at);
  if (!isUserId(user) || !/^\d{1,15}$/.test(at) || (session && !isSessionId(session))) return undefined;
  const notMe: NotMe = { user, at: time, ...(isSessionId(session) && { session }) };
  const genuine = isSameSecret(token, tokenOf(mac, notMe));
  return genuine && now - time < lifetime ? notMe : undefined;
}
