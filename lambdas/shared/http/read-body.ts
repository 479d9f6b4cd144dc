import type * as z from 'zod/mini';
import { type FieldError, Refusal } from '../domain/refusal.ts';
import { errorsOf, type Operation } from './contract.ts';
import type { Request } from './request.ts';

/** No honest request comes near; larger ones are refused before anything is parsed or hashed (RL8). */
const maxBodyBytes = 32 * 1024;

/** More broken rules than this help nobody, and a refusal must not be many times its request. */
const maxErrors = 16;

const mediaTypes = { json: 'application/json', form: 'application/x-www-form-urlencoded' } as const;

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // No cause: what a client mistypes is no fault of ours, and its log has no error for it.
    throw new Refusal('request_malformed');
  }
}

/**
 * RFC 6749 section 3.2: a parameter that comes twice makes the request invalid, and one without a value was left out. A field
 * of a page may be empty: the page says so beside it.
 */
function parseForm(text: string, operation: Operation): unknown {
  const isProtocol = errorsOf(operation) === 'oauth';
  const pairs = [...new URLSearchParams(text)].filter(([, value]) => value !== '' || !isProtocol);
  const fields = Object.fromEntries(pairs);
  if (Object.keys(fields).length < pairs.length) throw new Refusal('request_malformed');
  return fields;
}

function brokenRules(issue: z.core.$ZodIssue): readonly FieldError[] {
  const field = issue.path.join('.') || 'body';
  switch (issue.code) {
    case 'invalid_type':
      return [{ field, rule: issue.input === undefined ? 'required' : 'type' }];
    case 'too_small':
      return [{ field, rule: 'too_short', params: { min: Number(issue.minimum) } }];
    case 'too_big':
      return [{ field, rule: 'too_long', params: { max: Number(issue.maximum) } }];
    case 'unrecognized_keys':
      return issue.keys.map((key) => ({
        field: [...issue.path, key].join('.').slice(0, 64),
        rule: 'unknown_field' as const,
      }));
    case 'invalid_format':
    case 'custom':
      return [{ field, rule: 'format' }];
    default:
      return [{ field, rule: 'not_allowed' }];
  }
}

/** @throws Refusal `field_invalid` naming each field and rule, never the value */
function validate(schema: z.ZodMiniType, input: unknown): unknown {
  const result = schema.safeParse(input, { reportInput: true });
  if (result.success) return result.data;
  throw new Refusal('field_invalid', { errors: result.error.issues.flatMap(brokenRules).slice(0, maxErrors) });
}

/**
 * Refuses a body that no endpoint should look into, whether its operation declares one or not.
 * @throws Refusal `body_too_large`
 */
export function checkBodySize({ rawBody }: Pick<Request, 'rawBody'>): void {
  if (Buffer.byteLength(rawBody) > maxBodyBytes) throw new Refusal('body_too_large');
}

/**
 * Parses and validates the body that an operation takes; its size was checked.
 * @throws Refusal `unsupported_media_type`, `request_malformed`, `field_invalid`
 */
export function readBody(request: Request<string | undefined>, operation: Operation): unknown {
  if (!operation.body) return undefined;
  const text = request.body ?? '';
  const encoding = operation.encoding ?? 'json';
  const mediaType = (request.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase();
  if (mediaType !== mediaTypes[encoding]) throw new Refusal('unsupported_media_type');
  return validate(operation.body, encoding === 'json' ? parseJson(text) : parseForm(text, operation));
}
