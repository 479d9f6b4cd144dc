import type { Consent } from '../shared/domain/consent.ts';
import type { UserId } from '../shared/domain/id.ts';
import { type AtHome, accountPages, alone } from '../shared/http/account-pages.ts';
import { nameEntry } from '../shared/http/page-entries.ts';
import type { Draw, Visit } from '../shared/http/page-visit.ts';
import type { Runtime } from '../shared/http/runtime.ts';
import { noSessionCookie } from '../shared/http/session-cookie.ts';
import { findSaid, type Said } from '../shared/store/agreement-store.ts';
import { bind } from '../shared/store/bind.ts';
import { endBrowserSession, findBrowserSession, listBrowserSessions } from '../shared/store/browser-session-store.ts';
import { sayInBrowser } from '../shared/store/say-in-browser.ts';
import { endSession, listSessions } from '../shared/store/session-store.ts';
import { endAllSessions } from '../shared/store/sign-out.ts';
import { changeUser, findDataKey, findUser } from '../shared/store/user-store.ts';
import { seal } from '../shared/vault/sealed-box.ts';
import { applicationsPage } from './applications-page.tsx';
import { changeName, decidePurpose, disconnect, endAll, endHere, endOne } from './change-at-home.ts';
import { consentsPage } from './consents-page.tsx';
import { homePage } from './home-page.tsx';
import { profilePage } from './profile-page.tsx';
import { sessionsPage } from './sessions-page.tsx';
import { viewSessions } from './view-sessions.ts';

/** The pages of the account home: each to look at one matter, and to change one thing. */
export function homeEndpoints(runtime: Runtime) {
  const { brand, random } = runtime;
  const reads = { findBrowserSession, findUser, findDataKey, findSaid, listSessions, listBrowserSessions };
  const writes = { changeUser, sayInBrowser, endSession, endBrowserSession, endAllSessions };
  const store = bind(runtime.tables, { ...reads, ...writes });
  const deps = { brand, random, seal, store };
  const { ask, take } = accountPages(runtime, store);

  const said = { beside: (user: UserId) => store.findSaid(user) };
  const sessions = {
    beside: async (user: UserId) => {
      const [browsers, applications] = await Promise.all([store.listBrowserSessions(user), store.listSessions(user)]);
      return { browsers, applications };
    },
  };

  /** Names of applications; of those that registered themselves by a read each, all at once. */
  async function namesOf(found: readonly { readonly clientId: string }[]): Promise<(clientId: string) => string> {
    const ids = [...new Set(found.map(({ clientId }) => clientId))];
    const clients = await Promise.all(ids.map(runtime.clients.find));
    const names = new Map(clients.map((client) => [client?.id, client?.name] as const));
    return (id) => names.get(id) ?? id;
  }

  const wasSaved = ({ said }: Visit) => said.notice === 'saved';
  const saved = ({ goTo, path }: Visit) => goTo(path, { notice: 'saved' });

  const profile =
    ({ visit, person }: AtHome<undefined>): Draw =>
    (view) =>
      profilePage(view, person.personal.profile.name ?? '', wasSaved(visit));

  /** Whether the version in force was agreed to; an answer to an older one is none (GD7). */
  const inForce = (consents: readonly Consent[], id: string, version: string) =>
    consents.some((each) => each.purpose === id && each.version === version && each.granted);
  const consents =
    ({ visit, found }: AtHome<Said>): Draw =>
    (view) => {
      const answers = brand.purposes.map((purpose) => {
        return { purpose, granted: inForce(found.consents, purpose.id, purpose.version) };
      });
      return consentsPage(view, answers, wasSaved(visit));
    };

  async function applications({ visit, found }: AtHome<Said>): Promise<Draw> {
    const agreed = found.agreements.filter(({ scopes }) => scopes.length > 0);
    const nameOf = await namesOf(agreed);
    const connected = agreed.map(({ clientId: id, scopes }) => ({ id, name: nameOf(id), scopes }));
    return (view) => applicationsPage(view, connected, wasSaved(visit));
  }

  type Sessions = AtHome<Awaited<ReturnType<typeof sessions.beside>>>;
  async function signedIn({ visit, person, found }: Sessions): Promise<Draw> {
    const shown = viewSessions(await namesOf(found.applications), visit.sealing, person, found, visit.now);
    return (view) => sessionsPage(view, { ...shown, saved: wasSaved(visit) });
  }

  return {
    'GET /account': ask(alone, async ({ visit, person }) => {
      const { email, profile } = person.personal;
      return visit.show((view) => homePage(view, { email, name: profile.name ?? '', notice: visit.said.notice }));
    }),

    'GET /account/profile': ask(alone, async (given) => given.visit.show(profile(given))),

    'POST /account/profile': take(alone, async (given) => {
      const { visit, person } = given;
      try {
        await changeName(deps, person, nameEntry(visit.said.name), visit.now);
        return saved(visit);
      } catch (error) {
        return visit.again(profile(given), error, { name: 'name' });
      }
    }),

    'GET /account/consents': ask(said, async (given) => given.visit.show(consents(given))),

    'POST /account/consents': take(said, async (given) => {
      const { visit, person } = given;
      const { locale, client, now } = visit;
      const { purpose = '', granted } = visit.said;
      try {
        const answer = { purpose, granted: granted === 'yes', locale, clientId: client.id };
        await decidePurpose(deps, person, answer, now);
        return saved(visit);
      } catch (error) {
        return visit.again(consents(given), error, {});
      }
    }),

    'GET /account/applications': ask(said, async (given) => given.visit.show(await applications(given))),

    'POST /account/applications': take(said, async ({ visit, person, found }) => {
      const known = found.agreements.find(({ clientId }) => clientId === visit.said.client);
      if (known) {
        await disconnect(deps, person, known.clientId, await store.listSessions(person.user.id), visit.now);
      }
      return saved(visit);
    }),

    'GET /account/sessions': ask(sessions, async (given) => given.visit.show(await signedIn(given))),

    'POST /account/sessions': take(sessions, async (given) => {
      const { visit, person } = given;
      try {
        await endOne(deps, person, visit.said.session ?? '', visit.now);
        return saved(visit);
      } catch (error) {
        return visit.again(await signedIn(given), error, {});
      }
    }),

    'POST /account/sign-out': take(
      alone,
      async ({ visit, person }) => {
        await endHere(deps, person, visit.now);
        return visit.goTo('/sign-in', { cookies: [noSessionCookie] });
      },
      '/account',
    ),

    'POST /account/sign-out-everywhere': take(
      alone,
      async ({ visit, person }) => {
        await endAll(deps, person, visit.now);
        return visit.goTo('/sign-in', { cookies: [noSessionCookie] });
      },
      '/account/sessions',
    ),
  };
}
