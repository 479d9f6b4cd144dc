import type { Beginning } from '../domain/beginning.ts';
import { type TokenContext, type TokenResponse, tokenResponse } from './token-response.ts';

/** The tokens of a session that a proof has begun at a client. @throws Error for a browser session: it has none */
export function begunTokens(context: TokenContext, beginning: Beginning): Promise<TokenResponse> {
  if (beginning.at !== 'client') throw new Error('a browser session has no tokens');
  return tokenResponse(context, beginning.client, beginning.session);
}
