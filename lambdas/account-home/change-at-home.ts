import type { Brand, Locale } from '../shared/domain/brand.ts';
import { evidence } from '../shared/domain/consent.ts';
import { newEvent } from '../shared/domain/event.ts';
import { isSessionId, type Random } from '../shared/domain/id.ts';
import { check } from '../shared/domain/refusal.ts';
import type { Session } from '../shared/domain/session.ts';
import type { SignedInPerson } from '../shared/domain/signed-in-person.ts';
import { userItemKey } from '../shared/domain/user.ts';
import type { Bound } from '../shared/store/bind.ts';
import type { endBrowserSession } from '../shared/store/browser-session-store.ts';
import type { sayInBrowser } from '../shared/store/say-in-browser.ts';
import type { endSession } from '../shared/store/session-store.ts';
import type { endAllSessions } from '../shared/store/sign-out.ts';
import type { changeUser } from '../shared/store/user-store.ts';
import type { seal } from '../shared/vault/sealed-box.ts';

export interface HomeDeps {
  readonly brand: Brand;
  readonly random: Random;
  readonly seal: typeof seal;
  readonly store: Bound<{
    readonly changeUser: typeof changeUser;
    readonly sayInBrowser: typeof sayInBrowser;
    readonly endSession: typeof endSession;
    readonly endBrowserSession: typeof endBrowserSession;
    readonly endAllSessions: typeof endAllSessions;
  }>;
}

/** Changes the name; an empty one removes it. @throws Refusal `conflict_retry`, `unavailable` */
export async function changeName(
  { random, seal, store }: HomeDeps,
  { session, user, personal, key }: SignedInPerson,
  name: string | undefined,
  now: number,
): Promise<void> {
  const { name: _, ...rest } = personal.profile;
  const changed = { ...personal, profile: { ...rest, ...(name !== undefined && { name }) } };
  const event = newEvent('user.updated', { sub: user.id, fields: ['name'] }, now, random);
  const set = { sealed: seal(key, changed, userItemKey(user.id)), updatedAt: now, event };
  check(await store.changeUser(user.id, { set }, session.id, user.version), 'conflict_retry');
}

/** Gives or withdraws an optional consent: one press either way (GD3). @throws Refusal `purpose_unknown`, `purpose_required`, `token_invalid`, `unavailable` */
export async function decidePurpose(
  { brand, random, store }: HomeDeps,
  { session, user }: SignedInPerson,
  {
    purpose: id,
    granted,
    locale,
    clientId,
  }: {
    readonly purpose: string;
    readonly granted: boolean;
    readonly locale: Locale;
    readonly clientId: string;
  },
  now: number,
): Promise<void> {
  const purpose = brand.purposes.find((each) => each.id === id);
  check(purpose !== undefined, 'purpose_unknown');
  check(granted || !purpose.required, 'purpose_required');
  const data = { sub: user.id, purpose: purpose.id, version: purpose.version, client: clientId };
  const event = newEvent(granted ? 'consent.granted' : 'consent.withdrawn', data, now, random);
  const shown = { locale, defaultLocale: brand.locales.default, channel: 'account', clientId, at: now } as const;
  const consent = evidence({ purpose, granted, ...shown });
  check(await store.sayInBrowser(user.id, session.id, { consents: [{ consent, event }] }, now), 'token_invalid');
}

/**
 * No longer allows an application anything: the agreement is empty and its sessions end, so that its tokens are dead
 * (CON1).
 * @throws Refusal `token_invalid`, `unavailable`
 */
export async function disconnect(
  { random, store }: HomeDeps,
  { session, user }: SignedInPerson,
  clientId: string,
  sessions: readonly Session[],
  now: number,
): Promise<void> {
  const sub = user.id;
  const event = newEvent('agreement.withdrawn', { sub, client: clientId }, now, random);
  const agreement = { clientId, scopes: [], at: now };
  check(await store.sayInBrowser(sub, session.id, { agreement: { agreement, event } }, now), 'token_invalid');
  const own = sessions.filter((each) => each.clientId === clientId && each.revokedAt === undefined);
  await Promise.all(
    own.map(({ id }) => {
      const ended = newEvent('session.ended', { sub, session: id, reason: 'revoked' }, now, random);
      return store.endSession(sub, id, ended, now);
    }),
  );
}

/**
 * Ends one of the person's own sessions, of a browser or of an application: the key is made of their own id, and the
 * write of the other kind finds nothing (SES8). The end of a browser's session ends those of its applications.
 * @throws Refusal `session_unknown`, `unavailable`
 */
export async function endOne(
  { random, store }: HomeDeps,
  { user: { id: sub } }: SignedInPerson,
  session: string,
  now: number,
): Promise<void> {
  check(isSessionId(session), 'session_unknown');
  const ofBrowser = newEvent('browser_session.ended', { sub, session }, now, random);
  const ofClient = newEvent('session.ended', { sub, session, reason: 'signed_out' }, now, random);
  const ended = await Promise.all([
    store.endBrowserSession(sub, session, ofBrowser, now),
    store.endSession(sub, session, ofClient, now),
  ]);
  check(ended.includes(true), 'session_unknown');
}

/** Signs the person out everywhere, here too: one change of the user (SES3). @throws Refusal `token_invalid`, `unavailable` */
export async function endAll(
  { random, store }: HomeDeps,
  { session, user }: SignedInPerson,
  now: number,
): Promise<void> {
  const event = newEvent('sessions.ended', { sub: user.id }, now, random);
  check(await store.endAllSessions(user.id, { at: 'browser', session: session.id }, event, now), 'token_invalid');
}

/** Signs this browser out. @throws Refusal `unavailable` */
export async function endHere(
  { random, store }: HomeDeps,
  { session, user }: SignedInPerson,
  now: number,
): Promise<void> {
  const event = newEvent('browser_session.ended', { sub: user.id, session: session.id }, now, random);
  await store.endBrowserSession(user.id, session.id, event, now);
}
