import type { Answer } from './visitor.ts';

/** Headers that are new in each answer. */
const fresh = /^(date|apigw-requestid|x-local-request-id)$/;

/**
 * Everything that an answer shows a stranger, but for what is new in each: ids of request and flow, and the time. Two
 * answers with one face cannot be told apart.
 */
export function face({ status, headers, text }: Answer): string {
  const shown = [...headers].filter(([name]) => !fresh.test(name));
  const body = text
    .replace(/urn:latchkey:request:[0-9a-f-]{36}/, 'urn:latchkey:request:…')
    .replace(/"flow":"flw_[\w-]{22}"/, '"flow":"flw_…"');
  return JSON.stringify([status, shown, body]);
}
