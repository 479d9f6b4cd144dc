import * as z from 'zod/mini';
import type { Operation } from './contract.ts';

/** No field of a page comes near; a ticket is the longest. */
const field = z.string().check(z.maxLength(8192));

/** The page itself: HTML, whatever went wrong. */
export function pageShown(summary: string) {
  return { summary, errors: 'page', reply: { status: 200, type: 'text/html' } } as const satisfies Operation;
}

/**
 * A form of a page. Fields are judged by the endpoint, so that a mistake is shown beside its field; answered by 303 where
 * it went well.
 */
export function pageForm<const Names extends readonly string[]>(summary: string, fields: Names) {
  const named = ['csrf', 'ticket', 'journey', 'locale', 'back', ...fields].map(
    (name) => [name, z.optional(field)] as const,
  );
  const body = z.catchall(z.object(Object.fromEntries(named)), field);
  return { summary, encoding: 'form', errors: 'page', body, reply: { status: 303 } } as const;
}
