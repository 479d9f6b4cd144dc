import type { Locale } from '../domain/brand.ts';
import { problemStatuses } from '../domain/problem.ts';
import type { Refusal } from '../domain/refusal.ts';
import type { Wording } from '../messages/brand-texts.ts';
import { pageTexts } from '../messages/page-texts.ts';
import { problemTexts } from '../messages/problem-texts.ts';
import type { Mistakes } from '../pages/view.ts';

/** Fields of a use case by the id that they have on a page. */
export type FieldIds = Readonly<Record<string, string>>;

/**
 * A refusal in the words of a page: beside the field where it names one that the page shows, else above the form. Rules
 * of the policy are said as the API says them; what a person mistyped, as the page does.
 */
export async function mistakesOf(brand: Wording, refusal: Refusal, locale: Locale, ids: FieldIds): Promise<Mistakes> {
  const { code, details } = refusal;
  const params = { ...(details.retryAfter !== undefined && { seconds: details.retryAfter }), ...details.params };
  const [messages, texts] = await Promise.all([
    pageTexts(brand, locale) as Promise<Readonly<Record<string, string>>>,
    problemTexts(brand, { code, params, ...(details.errors && { errors: details.errors }) }, locale),
  ]);
  const shown = (texts.errors ?? []).flatMap(({ field, rule, detail }) => {
    const id = ids[field];
    if (id === undefined) return [];
    const general = rule in problemStatuses ? undefined : messages[`form.${id}.invalid`];
    return [[id, messages[`form.${id}.${rule}`] ?? general ?? detail] as const];
  });
  return shown.length > 0 ? { fields: Object.fromEntries(shown) } : { summary: texts.detail, fields: {} };
}
