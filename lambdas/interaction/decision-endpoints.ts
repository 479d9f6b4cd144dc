import type { SignedInPerson } from '../shared/domain/signed-in-person.ts';
import { signedInPerson } from '../shared/domain/signed-in-person.ts';
import { authorizationReply, seeOther } from '../shared/http/authorization-reply.tsx';
import { type Draw, hostedPages, type Visit } from '../shared/http/page-visit.ts';
import type { Reply } from '../shared/http/reply.ts';
import type { Runtime } from '../shared/http/runtime.ts';
import { claimedSession } from '../shared/http/session-cookie.ts';
import { type AuthorizationRequest, askedScopes } from '../shared/oidc/authorization-request.ts';
import { findSaid, type Said } from '../shared/store/agreement-store.ts';
import { bind } from '../shared/store/bind.ts';
import { findBrowserSession } from '../shared/store/browser-session-store.ts';
import { denyDevice } from '../shared/store/device-store.ts';
import { sayInBrowser } from '../shared/store/say-in-browser.ts';
import { findDataKey, findUser } from '../shared/store/user-store.ts';
import { open } from '../shared/vault/sealed-box.ts';
import { allowClient } from './allow-client.ts';
import { answerPurposes, duePurposes } from './answer-purposes.ts';
import { chooseAccountPage } from './choose-account-page.tsx';
import { consentPage } from './consent-page.tsx';
import { purposesPage } from './purposes-page.tsx';

/** What a decision page is about. */
interface Case {
  readonly visit: Visit;
  readonly asked: AuthorizationRequest;
  readonly person: SignedInPerson;
  readonly said: Said;
}

/** The pages on which a signed-in person decides something of an authorization request. */
export function decisionEndpoints(runtime: Runtime) {
  const { brand, issuer, random } = runtime;
  const { ask, take } = hostedPages(runtime);
  const store = bind(runtime.tables, { findBrowserSession, findUser, findDataKey, findSaid, sayInBrowser, denyDevice });

  /** Only with a request and a live session is there something to decide; otherwise it begins at sign-in. */
  const decided =
    (act: (given: Case) => Promise<Reply>) =>
    async (visit: Visit): Promise<Reply> => {
      const { sealing, asked, now, goTo } = visit;
      const claimed = claimedSession(sealing, visit.request.cookies);
      if (!asked || !claimed) return goTo('/sign-in');
      const [person, said] = await Promise.all([
        signedInPerson({ sealing, open, store }, claimed, now),
        store.findSaid(claimed.user),
      ]);
      return person ? act({ visit: visit.of(person.user.locale), asked, person, said }) : goTo('/sign-in');
    };

  const deny = (asked: AuthorizationRequest, { locale }: Visit, why: string) =>
    authorizationReply(issuer, brand, locale, asked, { error: 'access_denied', error_description: why });

  /** A device that waits is told by its next poll; the person reads it here (RFC 8628 section 3.5). */
  async function turnAway({ visit, asked, person }: Case, userCode: string): Promise<Reply> {
    const hash = visit.sealing.lookup('user-code', userCode);
    await store.denyDevice(hash, asked.clientId, person.user.id, visit.now);
    return { ...seeOther('/device?notice=refused'), audit: { sub: person.user.id } };
  }

  const consent =
    ({ asked, person }: Case): Draw =>
    (view) =>
      consentPage(view, {
        email: person.personal.email,
        scopes: askedScopes(asked),
        domain: new URL(asked.redirectUri).host,
      });

  const purposes =
    ({ said, visit }: Case): Draw =>
    (view) =>
      purposesPage(view, duePurposes(brand, said.consents), tickedIn(visit));

  const tickedIn = ({ said }: Visit) =>
    new Set(brand.purposes.map(({ id }) => id).filter((id) => said[`purpose.${id}`] !== undefined));

  const choice =
    ({ person }: Case): Draw =>
    (view) =>
      chooseAccountPage(view, person.personal.email);

  return {
    'GET /consent': ask(decided(async (given) => given.visit.show(consent(given)))),

    'POST /consent': take(
      decided(async ({ visit, asked, person, said }) => {
        if (visit.said.decision === 'deny') return deny(asked, visit, 'the person does not allow it');
        if (visit.said.decision !== 'allow') return visit.goTo('/consent');
        const before = said.agreements.find(({ clientId }) => clientId === asked.clientId);
        const done = await allowClient({ random, store }, person, asked, before, visit.now);
        return { ...(done ? visit.finish() : visit.goTo('/sign-in')), audit: { sub: person.user.id } };
      }),
    ),

    'GET /purposes': ask(
      decided(async (given) =>
        duePurposes(brand, given.said.consents).length > 0 ? given.visit.show(purposes(given)) : given.visit.finish(),
      ),
    ),

    'POST /purposes': take(
      decided(async (given) => {
        const { visit, asked, person, said } = given;
        if (visit.said.decision === 'decline') {
          if (asked.userCode !== undefined) return turnAway(given, asked.userCode);
          return deny(asked, visit, 'the person does not agree to the terms');
        }
        const due = duePurposes(brand, said.consents);
        const answers = { due, ticked: tickedIn(visit), locale: visit.locale, clientId: asked.clientId };
        const ids = Object.fromEntries(due.map(({ id }) => [`purpose.${id}`, `purpose.${id}`]));
        try {
          const done = await answerPurposes({ brand, random, store }, person, answers, visit.now);
          return { ...(done ? visit.finish() : visit.goTo('/sign-in')), audit: { sub: person.user.id } };
        } catch (error) {
          return visit.again(purposes(given), error, ids);
        }
      }),
    ),

    'GET /choose-account': ask(decided(async (given) => given.visit.show(choice(given)))),

    'POST /choose-account': take(
      decided(async ({ visit, asked }) => {
        const prompt = asked.prompt.filter((each) => each !== 'select_account');
        return visit.finish({ asked: { ...asked, prompt } });
      }),
    ),
  };
}
