import { Refusal } from '../domain/refusal.ts';
import type { Request } from './request.ts';

/**
 * Refuses a form that another site sends: browsers name where a post comes from (Fetch Metadata, RFC 6454; WEB2).
 * A caller that names nothing is no browser, and has no cookies to abuse.
 * @throws Refusal `cross_site_request`
 */
export function refuseForeignPost({ headers }: Request, issuer: string): void {
  const site = headers['sec-fetch-site'];
  const foreignSite = site !== undefined && site !== 'same-origin' && site !== 'none';
  const foreignOrigin = headers.origin !== undefined && headers.origin !== 'null' && headers.origin !== issuer;
  if (foreignSite || foreignOrigin) throw new Refusal('cross_site_request');
}
