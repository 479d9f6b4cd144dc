import { findClient } from '../domain/clients.ts';
import { check, Refusal } from '../domain/refusal.ts';
import { type Bearer, verifyAccessToken } from '../oidc/access-token.ts';
import { provePossession } from './proven-key.ts';
import type { Request } from './request.ts';
import type { Runtime } from './runtime.ts';

/** No token of ours comes near; longer ones are not worth a signature check. */
const maxTokenLength = 4096;

/** RFC 6750 section 2.2: the token of a form, which comes as a bearer token. */
function formToken({ headers, rawBody }: Request): string | undefined {
  const mediaType = (headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase();
  if (mediaType !== 'application/x-www-form-urlencoded') return undefined;
  const tokens = new URLSearchParams(rawBody).getAll('access_token').filter((token) => token !== '');
  check(tokens.length <= 1, 'request_malformed');
  return tokens[0] === undefined ? undefined : `Bearer ${tokens[0]}`;
}

/** What a request presents, in the one way that it may (RFC 6750 section 2). @throws Refusal `request_malformed` */
function presented(request: Request, also: 'form' | undefined): string | undefined {
  const { authorization } = request.headers;
  const inForm = also === 'form' ? formToken(request) : undefined;
  check(authorization === undefined || inForm === undefined, 'request_malformed');
  return authorization ?? inForm;
}

/**
 * The person's token of a request: from the Authorization header (RFC 6750 section 2.1), never from a query (OP13). A token that is bound to a key comes with a proof of it and under its own scheme, any other as a bearer token
 * (RFC 9449 section 7.2; DPOP1). Whether the session is alive is judged beside the work, in the same wave.
 * @param also where else it may stand; a form is for UserInfo alone
 * @throws Refusal `token_missing`, `token_invalid`, `dpop_proof_invalid`, `request_malformed`, `unavailable`
 */
export async function bearer(runtime: Runtime, request: Request, also?: 'form'): Promise<Bearer> {
  const header = presented(request, also);
  if (header === undefined) throw new Refusal('token_missing');
  const [, scheme = '', token] = /^(Bearer|DPoP) ([A-Za-z0-9._~+/-]+=*)$/i.exec(header) ?? [];
  if (token === undefined || token.length > maxTokenLength) throw new Refusal('token_invalid');
  const who = await verifyAccessToken(token, runtime.issuer, runtime.publicKeys, runtime.clock());
  check((scheme.toLowerCase() === 'dpop') === (who.jkt !== undefined), 'token_invalid');
  if (who.jkt !== undefined) await provePossession(runtime, request, token, who.jkt);
  return who;
}

/**
 * The person's token at the own API: self-service is for the brand's own applications. A partner's token, though its
 * audience names us for UserInfo, opens nothing here; nor does one by which somebody else acts.
 * @throws Refusal `token_missing`, `token_invalid`, `client_not_allowed`, `unavailable`
 */
export async function ownBearer(runtime: Runtime, request: Request): Promise<Bearer> {
  const who = await bearer(runtime, request);
  check(findClient(runtime.brand, who.clientId)?.firstParty === true && !who.act, 'client_not_allowed');
  return who;
}
