import { Refusal } from '../shared/domain/refusal.ts';
import type { Session } from '../shared/domain/session.ts';
import { type SignedInPerson, signedInPerson } from '../shared/domain/signed-in-person.ts';
import { nameEntry } from '../shared/http/page-entries.ts';
import { hostedPages, type Visit } from '../shared/http/page-visit.ts';
import type { Reply } from '../shared/http/reply.ts';
import type { Runtime } from '../shared/http/runtime.ts';
import { claimedSession, noSessionCookie } from '../shared/http/session-cookie.ts';
import { findSaid, type Said } from '../shared/store/agreement-store.ts';
import { bind } from '../shared/store/bind.ts';
import { endBrowserSession, findBrowserSession } from '../shared/store/browser-session-store.ts';
import { sayInBrowser } from '../shared/store/say-in-browser.ts';
import { endSession, listSessions } from '../shared/store/session-store.ts';
import { signOutFromBrowser } from '../shared/store/sign-out-from-browser.ts';
import { changeUser, findDataKey, findUser } from '../shared/store/user-store.ts';
import { open, seal } from '../shared/vault/sealed-box.ts';
import { changeName, decidePurpose, disconnect, endAll, endHere, endOne } from './change-at-home.ts';
import { homePage } from './home-page.tsx';
import { viewHome } from './view-home.ts';

/** Somebody at home. */
interface AtHome {
  readonly visit: Visit;
  readonly person: SignedInPerson;
  readonly said: Said;
  readonly sessions: readonly Session[];
}

/** The pages of the account home: to look at, and to change one thing at a time. */
export function homeEndpoints(runtime: Runtime) {
  const { brand, random } = runtime;
  const { ask, take } = hostedPages(runtime);
  const reads = { findBrowserSession, findUser, findDataKey, findSaid, listSessions };
  const writes = { changeUser, sayInBrowser, endSession, endBrowserSession, signOutFromBrowser };
  const store = bind(runtime.tables, { ...reads, ...writes });
  const deps = { brand, random, seal, store };

  /** One wave: who it is, and what they have. Whoever is not signed in is asked to. */
  const atHome =
    (act: (given: AtHome) => Promise<Reply>) =>
    async (visit: Visit): Promise<Reply> => {
      const { sealing, now, goTo } = visit;
      const claimed = claimedSession(sealing, visit.request.cookies);
      if (!claimed) return goTo('/sign-in');
      const [person, said, sessions] = await Promise.all([
        signedInPerson({ sealing, open, store }, claimed, now),
        store.findSaid(claimed.user),
        store.listSessions(claimed.user),
      ]);
      return person ? act({ visit: visit.of(person.user.locale), person, said, sessions }) : goTo('/sign-in');
    };

  const draw =
    (given: AtHome, saved = false) =>
    (view: Parameters<typeof homePage>[0]) =>
      homePage(view, viewHome(brand, given.visit.sealing, given, given.visit.now), saved);

  /** A form that changes something at home, and shows it again. */
  const change = (act: (given: AtHome) => Promise<void>) =>
    take(
      atHome(async (given) => {
        const { visit, person } = given;
        try {
          await act(given);
          return { ...visit.goTo('/account', { notice: 'saved' }), audit: { sub: person.user.id } };
        } catch (error) {
          if (error instanceof Refusal && error.code === 'token_invalid') return visit.goTo('/sign-in');
          return visit.again(draw(given), error, { name: 'name' });
        }
      }),
      '/account',
    );

  const leave = (act: (given: AtHome) => Promise<void>) =>
    take(
      atHome(async (given) => {
        await act(given);
        const reply = given.visit.goTo('/sign-in', { cookies: [noSessionCookie] });
        return { ...reply, audit: { sub: given.person.user.id } };
      }),
      '/account',
    );

  return {
    'GET /account': ask(atHome(async (given) => given.visit.show(draw(given, given.visit.said.notice === 'saved')))),

    'POST /account/profile': change(async ({ visit, person }) =>
      changeName(deps, person, nameEntry(visit.said.name), visit.now),
    ),

    'POST /account/purposes': change(async ({ visit, person }) => {
      const { said, locale, client, now } = visit;
      const answer = { purpose: said.purpose ?? '', granted: said.granted === 'yes', locale, clientId: client.id };
      await decidePurpose(deps, person, answer, now);
    }),

    'POST /account/applications': change(async ({ visit, person, said, sessions }) => {
      const known = said.agreements.find(({ clientId }) => clientId === visit.said.client);
      if (known) await disconnect(deps, person, known.clientId, sessions, visit.now);
    }),

    'POST /account/sessions': change(async ({ visit, person }) =>
      endOne(deps, person, visit.said.session ?? '', visit.now),
    ),

    'POST /account/sign-out': leave(async ({ visit, person }) => endHere(deps, person, visit.now)),

    'POST /account/sign-out-everywhere': leave(async ({ visit, person }) => endAll(deps, person, visit.now)),
  };
}
