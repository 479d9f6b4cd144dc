import type { Locale } from '../domain/brand.ts';
import { type FieldRule, type ProblemCode, type ProblemMessageId, problemStatuses } from '../domain/problem.ts';
import { inWordsOf, type Wording } from './brand-texts.ts';
import type { MessageValues, Translation } from './message.ts';
import type { en } from './problems/en.ts';

type ProblemMessages = Translation<typeof en>;

/** One chunk per locale: a function loads the language that it answers in. */
const catalogues: Readonly<Record<Locale, () => Promise<ProblemMessages>>> = {
  en: async () => (await import('./problems/en.ts')).en,
  de: async () => (await import('./problems/de.ts')).de,
  fr: async () => (await import('./problems/fr.ts')).fr,
  es: async () => (await import('./problems/es.ts')).es,
  it: async () => (await import('./problems/it.ts')).it,
  'pt-BR': async () => (await import('./problems/pt-br.ts')).ptBr,
  ja: async () => (await import('./problems/ja.ts')).ja,
  ar: async () => (await import('./problems/ar.ts')).ar,
};

/** A broken rule of a field: a rule of the schema, or a problem code such as `password_too_short`. */
interface BrokenRule {
  readonly field: string;
  readonly rule: FieldRule | ProblemCode;
  readonly params?: MessageValues;
}

interface SaidProblem {
  readonly code: ProblemCode;
  readonly params?: MessageValues;
  readonly errors?: readonly BrokenRule[];
}

export interface ProblemTexts {
  readonly title: string;
  readonly detail: string;
  readonly errors?: readonly { readonly field: string; readonly rule: string; readonly detail: string }[];
}

function sentenceOf(rule: FieldRule | ProblemCode): ProblemMessageId {
  return rule in problemStatuses ? `${rule as ProblemCode}.detail` : `rule.${rule as FieldRule}`;
}

/** The sentences that a person reads about a problem, in the words of a brand, for the body of RFC 9457. */
export async function problemTexts(brand: Wording, problem: SaidProblem, locale: Locale): Promise<ProblemTexts> {
  const messages = inWordsOf(brand, locale, 'problems', await catalogues[locale]());
  const say = async (id: ProblemMessageId, values: MessageValues = {}): Promise<string> => {
    const message = messages[id];
    if (!message.includes('{')) return message;
    // Few refusals have arguments: the ICU parser is loaded by the first that has.
    return (await import('./format-message.ts')).formatMessage(locale, message, values);
  };
  const { code } = problem;
  const errors = problem.errors?.map(async ({ field, rule, params }) => ({
    field,
    rule,
    detail: await say(sentenceOf(rule), params),
  }));
  return {
    title: await say(`${code}.title`),
    detail: await say(`${code}.detail`, problem.params),
    ...(errors && { errors: await Promise.all(errors) }),
  };
}
