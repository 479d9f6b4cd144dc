import { scopesOfClaims } from '../domain/personal-claims.ts';
import type { RequestedClaims } from '../domain/session.ts';

/** `prompt` values of OIDC Core section 3.1.2.1 and of "Initiating User Registration". */
export const prompts = ['none', 'login', 'consent', 'create', 'select_account'] as const;
export type Prompt = (typeof prompts)[number];

export const responseModes = ['query', 'form_post'] as const;
export type ResponseMode = (typeof responseModes)[number];

/** An authorization request whose every parameter was checked: what a page carries sealed from step to step. */
export interface AuthorizationRequest {
  readonly clientId: string;
  /** The name that a client gave itself which registered itself: pages know it by this word alone. */
  readonly selfRegistered?: string;
  readonly redirectUri: string;
  /** Space-separated; within what the client is registered for. */
  readonly scope: string;
  readonly responseMode: ResponseMode;
  readonly state?: string;
  readonly nonce?: string;
  /** S256 (RFC 7636 section 4.2). */
  readonly codeChallenge?: string;
  /** Thumbprint of the key that the code is bound to (RFC 9449 section 10). */
  readonly dpopJkt?: string;
  /** Single claims beside those of the scope, within what the client may ask for. */
  readonly claims?: RequestedClaims;
  readonly prompt: readonly Prompt[];
  /** Of `acr_values` or `claims.id_token.acr`, best first, as the client wrote them; empty where it asks for none. */
  readonly acrValues: readonly string[];
  /** The client takes nothing less: `unmet_authentication_requirements` otherwise (OIDC Core section 5.5.1.1). */
  readonly acrEssential?: boolean;
  /** Seconds. */
  readonly maxAge?: number;
  readonly loginHint?: string;
  readonly uiLocales?: string;
  /** The person that `id_token_hint` names. */
  readonly hintedSub?: string;
  /** The code of the device that waits for it (RFC 8628): then no authorization code comes of it. */
  readonly userCode?: string;
  /** Milliseconds at which it was made: a sign-in must be younger where `prompt=login` asks for one. */
  readonly at: number;
}

/** What a person is asked for: the scope, and the scopes of single claims, in whose words they are shown. */
export function askedScopes({ scope, claims }: Pick<AuthorizationRequest, 'scope' | 'claims'>): readonly string[] {
  const single = claims ? scopesOfClaims([...claims.idToken, ...claims.userinfo]) : [];
  return [...new Set([...scope.split(' ').filter(Boolean), ...single])];
}

/** Where an answer to the client goes: proven before anything is sent there (OP1). */
export interface ResponseTarget {
  readonly clientId: string;
  readonly redirectUri: string;
  readonly responseMode: ResponseMode;
  readonly state?: string;
}
