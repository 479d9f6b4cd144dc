import type { ResponseTarget } from './authorization-request.ts';

/** What the client is told, by name (RFC 6749 section 4.1.2). `iss` is always there (RFC 9207; OP7). */
export function responseParameters(
  issuer: string,
  target: ResponseTarget,
  said: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  return { ...said, ...(target.state !== undefined && { state: target.state }), iss: issuer };
}

/** The address of a query response; parameters that the redirect URI has of its own stay (RFC 6749 section 3.1.2). */
export function queryResponse(redirectUri: string, parameters: Readonly<Record<string, string>>): string {
  const joint = redirectUri.includes('?') ? '&' : '?';
  return `${redirectUri}${joint}${new URLSearchParams(parameters)}`;
}
