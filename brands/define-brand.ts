import type { ZodError } from 'zod';
import type { BrandDefinition } from './brand-definition.ts';
import { brandSchema } from './brand-schema.ts';
import { ConfigurationError } from './configuration-error.ts';
import { abuseProblems } from './rules/abuse-problems.ts';
import { authenticationProblems } from './rules/authentication-problems.ts';
import { clientProblems } from './rules/client-problems.ts';
import { journeyProblems } from './rules/journey-problems.ts';
import { lifetimeProblems } from './rules/lifetime-problems.ts';
import { limitProblems } from './rules/limit-problems.ts';
import { localeProblems } from './rules/locale-problems.ts';
import { lookProblems } from './rules/look-problems.ts';
import { passwordProblems } from './rules/password-problems.ts';
import { type Problem, quoted, type Rule } from './rules/problem.ts';
import { registrationProblems } from './rules/registration-problems.ts';
import { riskProblems } from './rules/risk-problems.ts';
import { senderProblems } from './rules/sender-problems.ts';
import { stageProblems } from './rules/stage-problems.ts';
import { textProblems } from './rules/text-problems.ts';
import { wordingProblems } from './rules/wording-problems.ts';

const rules: readonly Rule[] = [
  nameProblems,
  lookProblems,
  senderProblems,
  localeProblems,
  passwordProblems,
  lifetimeProblems,
  limitProblems,
  abuseProblems,
  authenticationProblems,
  textProblems,
  riskProblems,
  clientProblems,
  registrationProblems,
  stageProblems,
  journeyProblems,
  wordingProblems,
];

/**
 * Checks a brand and gives it back. `id` is also the name of its file, so that a message can name it.
 *
 * @throws ConfigurationError for the first setting that is unsafe or impossible, in one sentence that names file, key
 * and allowed values: `brands/northwind.ts: clients[0].redirectUris[1] "http://x" must be https (http only for localhost)`.
 */
export function defineBrand(definition: BrandDefinition): BrandDefinition {
  const parsed = brandSchema.safeParse(definition);
  if (!parsed.success) throw refusal(definition, shapeProblem(parsed.error));
  for (const rule of rules) {
    for (const problem of rule(definition)) throw refusal(definition, problem);
  }
  return definition;
}

function refusal(definition: BrandDefinition, { key, says }: Problem): ConfigurationError {
  return new ConfigurationError(`brands/${definition.id}.ts: ${key} ${says}`);
}

/** Stack names, host names and asset folders carry the id. */
function* nameProblems({ id, name }: BrandDefinition): Generator<Problem> {
  if (!/^[a-z][a-z0-9]{1,15}$/.test(id)) {
    yield { key: 'id', says: `${quoted(id)} must be 2 to 16 lower-case letters and digits, a letter first` };
  }
  if (!/^[^\p{Cc}<>]{1,64}$/u.test(name)) {
    yield { key: 'name', says: `${quoted(name)} must be 1 to 64 characters without angle brackets and line breaks` };
  }
}

/** The first complaint of the schema as a problem: key in the notation of the rules, then what is allowed. */
function shapeProblem(error: ZodError): Problem {
  const [issue] = error.issues;
  if (issue === undefined) throw error;
  const keys = issue.code === 'unrecognized_keys' ? [...issue.path, ...issue.keys.slice(0, 1)] : issue.path;
  const key = keys
    .map((part, i) => (typeof part === 'number' ? `[${part}]` : `${i > 0 ? '.' : ''}${String(part)}`))
    .join('');
  switch (issue.code) {
    case 'unrecognized_keys':
      return { key, says: 'is not a setting; see BrandDefinition in brands/brand-definition.ts' };
    case 'invalid_value':
      return { key, says: `must be one of ${issue.values.join(', ')}` };
    case 'invalid_type':
      return { key, says: `must be of type ${issue.expected}` };
    default:
      return { key, says: issue.message };
  }
}
