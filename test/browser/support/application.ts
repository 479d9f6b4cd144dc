import { createHash, randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type BrandId, originOf } from '../../integration/support/visitor.ts';

/** An application of the brand that people are sent back to: a loopback one, whose port may be any (RFC 8252). */
export interface Application {
  /** Where the person goes to sign in. */
  readonly entrance: (parameters?: Readonly<Record<string, string>>) => string;
  readonly callback: string;
  /** Redeems the code of the address that the person came back to. */
  readonly redeem: (arrived: string) => Promise<{ readonly status: number; readonly idToken: Record<string, unknown> }>;
  readonly close: () => Promise<void>;
}

const claimsOf = (token: string) => JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8'));

export async function startApplication(brand: BrandId): Promise<Application> {
  const server = createServer((_, response) => {
    response.setHeader('content-type', 'text/html');
    response.end('<!doctype html><html lang="en"><title>Application</title><h1>Signed in</h1></html>');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const callback = `http://localhost:${port}/callback`;
  const verifier = randomBytes(32).toString('base64url');
  const clientId = `${brand}-web`;
  return {
    callback,
    entrance: (parameters = {}) => {
      const query = new URLSearchParams({
        client_id: clientId,
        redirect_uri: callback,
        response_type: 'code',
        scope: 'openid email',
        state: 'xyzzy',
        nonce: 'n-0S6',
        code_challenge: createHash('sha256').update(verifier).digest('base64url'),
        code_challenge_method: 'S256',
        ...parameters,
      });
      return `${originOf(brand)}/oauth2/authorize?${query}`;
    },
    redeem: async (arrived) => {
      const code = new URL(arrived).searchParams.get('code') ?? '';
      const body = new URLSearchParams({
        grant_type: 'authorization_code',
        client_id: clientId,
        redirect_uri: callback,
        code,
        code_verifier: verifier,
      });
      const response = await fetch(`${originOf(brand)}/oauth2/token`, { method: 'POST', body });
      const json = (await response.json()) as { readonly id_token?: string };
      return { status: response.status, idToken: json.id_token ? claimsOf(json.id_token) : {} };
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
