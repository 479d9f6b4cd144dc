import type { Brand } from '../shared/domain/brand.ts';
import { requireAlive } from '../shared/domain/require-alive.ts';
import { iso } from '../shared/domain/time.ts';
import { negotiateLocale } from '../shared/messages/negotiate-locale.ts';
import type { Bearer } from '../shared/oidc/access-token.ts';
import type { Bound } from '../shared/store/bind.ts';
import type { consentHistory, currentConsents } from '../shared/store/consent-store.ts';
import type { findSession } from '../shared/store/session-store.ts';
import type { findUser } from '../shared/store/user-store.ts';
import { type ConsentView, consentView } from './consent-view.ts';

interface Deps {
  readonly brand: Brand;
  readonly store: Bound<{
    readonly findSession: typeof findSession;
    readonly findUser: typeof findUser;
    readonly currentConsents: typeof currentConsents;
    readonly consentHistory: typeof consentHistory;
  }>;
}

/**
 * The brand's purposes with the person's answers, in the language asked for or else the person's own. One wave.
 * @throws Refusal `token_invalid`, `unavailable`
 */
export async function listConsents(
  deps: Deps,
  bearer: Bearer,
  acceptLanguage: string | undefined,
  now: number,
): Promise<readonly ConsentView[]> {
  const { brand, store } = deps;
  const [session, owner, said] = await Promise.all([
    store.findSession(bearer.user, bearer.session),
    store.findUser(bearer.user),
    store.currentConsents(bearer.user),
  ]);
  const user = requireAlive(session, owner, now);
  const locale = negotiateLocale({ ...brand.locales, default: user.locale }, { acceptLanguage });
  return brand.purposes.map((purpose) => {
    const answer = said.find((each) => each.purpose === purpose.id);
    return consentView(brand, purpose, answer, locale);
  });
}

/** One decision as evidence shows it. */
export interface DecisionView {
  readonly purpose: string;
  readonly version: string;
  readonly granted: boolean;
  /** ISO 8601. */
  readonly at: string;
  readonly locale: string;
  readonly text_sha256: string;
  readonly channel: string;
  readonly client_id: string;
}

/**
 * Every decision of the person, newest first. One wave.
 * @throws Refusal `token_invalid`, `unavailable`
 */
export async function listDecisions(deps: Deps, bearer: Bearer, now: number): Promise<readonly DecisionView[]> {
  const { store } = deps;
  const [session, user, history] = await Promise.all([
    store.findSession(bearer.user, bearer.session),
    store.findUser(bearer.user),
    store.consentHistory(bearer.user),
  ]);
  requireAlive(session, user, now);
  return history.toReversed().map(({ purpose, version, granted, at, locale, textHash, channel, clientId }) => ({
    purpose,
    version,
    granted,
    at: iso(at),
    locale,
    text_sha256: textHash,
    channel,
    client_id: clientId,
  }));
}
