import type { Brand, Locale, Purpose } from '../shared/domain/brand.ts';
import { type Consent, evidence } from '../shared/domain/consent.ts';
import { newEvent } from '../shared/domain/event.ts';
import type { Random } from '../shared/domain/id.ts';
import { check } from '../shared/domain/refusal.ts';
import type { SignedInPerson } from '../shared/domain/signed-in-person.ts';
import type { Bound } from '../shared/store/bind.ts';
import type { sayInBrowser } from '../shared/store/say-in-browser.ts';

interface Deps {
  readonly brand: Brand;
  readonly random: Random;
  readonly store: Bound<{ readonly sayInBrowser: typeof sayInBrowser }>;
}

/**
 * What a person has to be asked again: required purposes whose version in force is not agreed to, and optional ones that
 * were agreed to in an older version. What was never agreed to is not asked for at every door (GD2, GD7).
 */
export function duePurposes(brand: Brand, consents: readonly Consent[]): readonly Purpose[] {
  return brand.purposes.filter(({ id, version, required }) => {
    const said = consents.find(({ purpose }) => purpose === id);
    const current = said?.version === version;
    return required ? !(current && said.granted) : said?.granted === true && !current;
  });
}

interface Answers {
  readonly due: readonly Purpose[];
  /** Ids of the purposes that are ticked. */
  readonly ticked: ReadonlySet<string>;
  readonly locale: Locale;
  readonly clientId: string;
}

/**
 * Records the answers to the purposes that were due.
 * @returns `false` where the session is dead
 * @throws Refusal `purpose_required`, `unavailable`
 */
export function answerPurposes(
  { brand, random, store }: Deps,
  { session, user }: SignedInPerson,
  { due, ticked, locale, clientId }: Answers,
  now: number,
): Promise<boolean> {
  const missing = due.filter(({ id, required }) => required && !ticked.has(id));
  check(missing.length === 0, 'purpose_required', {
    errors: missing.map(({ id }) => ({ field: `purpose.${id}`, rule: 'purpose_required' as const })),
  });
  const shown = { locale, defaultLocale: brand.locales.default, channel: 'sign-in', clientId, at: now } as const;
  const consents = due.map((purpose) => {
    const granted = ticked.has(purpose.id);
    const data = { sub: user.id, purpose: purpose.id, version: purpose.version, client: clientId };
    const event = newEvent(granted ? 'consent.granted' : 'consent.withdrawn', data, now, random);
    return { consent: evidence({ purpose, granted, ...shown }), event };
  });
  return store.sayInBrowser(user.id, session.id, { consents }, now);
}
