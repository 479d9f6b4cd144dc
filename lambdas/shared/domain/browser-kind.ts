import { createHash } from 'node:crypto';

/** What stays of a User-Agent header when the browser is updated, as 16 characters: enough to tell kinds apart. */
export function browserKind(userAgent: string): string {
  const lasting = userAgent.replace(/\d+([._]\d+)*/g, '');
  return createHash('sha256').update(lasting).digest('base64url').slice(0, 16);
}
