import { Refusal } from '../domain/refusal.ts';
import { errorsOf, type Operation } from './contract.ts';
import type { Request } from './request.ts';

type Guarded = Pick<Request, 'headers' | 'routeKey'>;

/** Another origin than ours is named. `null` is nobody's: it reads no answer of ours (CORS), and hides our own pages too. */
function isForeign({ headers: { origin } }: Guarded, issuer: string): boolean {
  return origin !== undefined && origin !== 'null' && origin !== issuer;
}

/**
 * A form that another site sends: browsers name where a post comes from (Fetch Metadata, RFC 6454; WEB2). A caller that
 * names nothing is no browser, and has no cookies to abuse.
 */
function isForeignForm(request: Guarded, issuer: string): boolean {
  const site = request.headers['sec-fetch-site'];
  return (site !== undefined && site !== 'same-origin' && site !== 'none') || isForeign(request, issuer);
}

/**
 * A page that a script of another origin asks for: the gateway would let scripts of the brand's clients read it, with the
 * person's cookies where they are of the same site (ADR 0007; OP8). Browsers name the origin of whoever will read an
 * answer, and none where a person goes somewhere; should one repeat that of a form at the redirect after it, it says
 * that it navigates, which no script can.
 */
function isForeignScript(request: Guarded, issuer: string): boolean {
  return isForeign(request, issuer) && request.headers['sec-fetch-mode'] !== 'navigate';
}

/**
 * Keeps pages to the person who looks at them: no script of another origin reads one, and no other site sends its form.
 * The forms of clients, which ask for an authorization or a sign-out, declare no body: they come from everywhere.
 * @throws Refusal `cross_site_request`
 */
export function guardPage(request: Guarded, operation: Operation, issuer: string): void {
  if (errorsOf(operation) !== 'page') return;
  const isRead = request.routeKey.startsWith('GET ');
  const isOurForm = !isRead && operation.body !== undefined;
  const refused = (isRead && isForeignScript(request, issuer)) || (isOurForm && isForeignForm(request, issuer));
  if (refused) throw new Refusal('cross_site_request');
}
