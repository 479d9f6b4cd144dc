import type { Brand } from '../shared/domain/brand.ts';
import { evidence } from '../shared/domain/consent.ts';
import { newEvent } from '../shared/domain/event.ts';
import type { Random } from '../shared/domain/id.ts';
import { check } from '../shared/domain/refusal.ts';
import { wishedLocale } from '../shared/messages/negotiate-locale.ts';
import type { Bearer } from '../shared/oidc/access-token.ts';
import type { Bound } from '../shared/store/bind.ts';
import type { recordConsent } from '../shared/store/record-consent.ts';
import type { findUser } from '../shared/store/user-store.ts';
import { type ConsentView, consentView } from './consent-view.ts';

interface Deps {
  readonly brand: Brand;
  readonly random: Random;
  readonly store: Bound<{ readonly recordConsent: typeof recordConsent; readonly findUser: typeof findUser }>;
}

/**
 * Records a decision on the version that was shown: state, evidence and event in one write, withdrawing as easily as
 * giving (GDPR 7(3); GD1-GD3). The text is the one that `GET /v1/consents` showed under the same Accept-Language. One
 * wave; two where that header names no language of the brand, and the person's own decides.
 * @throws Refusal `purpose_unknown`, `purpose_version_stale`, `purpose_required`, `token_invalid`, `conflict_retry`, `unavailable`
 */
export async function decideConsent(
  deps: Deps,
  bearer: Bearer,
  id: string,
  input: { readonly granted: boolean; readonly version: string },
  acceptLanguage: string | undefined,
  now: number,
): Promise<ConsentView> {
  const { brand, random, store } = deps;
  const purpose = brand.purposes.find((each) => each.id === id);
  check(purpose !== undefined, 'purpose_unknown');
  const { granted } = input;
  const current = input.version === purpose.version;
  check(current, 'purpose_version_stale', { errors: [{ field: 'version', rule: 'not_allowed' }] });
  check(granted || !purpose.required, 'purpose_required', { errors: [{ field: 'granted', rule: 'not_allowed' }] });

  const { user: sub, clientId: client } = bearer;
  const wished = wishedLocale(brand.locales.offered, { acceptLanguage });
  const locale = wished ?? (await store.findUser(sub))?.locale ?? brand.locales.default;
  const shown = {
    locale,
    defaultLocale: brand.locales.default,
    channel: 'account',
    clientId: client,
    at: now,
  } as const;
  const consent = evidence({ purpose, granted, ...shown });
  const type = granted ? 'consent.granted' : 'consent.withdrawn';
  const event = newEvent(type, { sub, purpose: purpose.id, version: purpose.version, client }, now, random);
  const outcome = await store.recordConsent(sub, bearer.session, consent, event);
  check(outcome !== 'asker_dead', 'token_invalid');
  check(outcome === 'recorded', 'conflict_retry');
  return consentView(brand, purpose, consent, locale);
}
