import { once } from 'node:events';
import { createServer } from 'node:http';
import { startWebApp } from '../examples/web-app/web-app.ts';
import type { Brand } from '../lambdas/shared/domain/brand.ts';
import { homeClient } from '../lambdas/shared/domain/clients.ts';

/** The port that the brands register in their dev stage. */
const REGISTERED = 3000;

/** The port for the example application: the one that was asked for, the registered one, or a free one where it is taken. */
export async function examplePort(wanted: number | undefined): Promise<number> {
  return wanted ?? (await freePort(REGISTERED)) ?? (await freePort(0)) ?? REGISTERED;
}

/** Lets the brand's own client return to the example application and tell it of sign-outs, on whichever port it listens. */
export function withExample(brand: Brand, port: number): Brand {
  const home = homeClient(brand);
  const back = `http://localhost:${port}/`;
  const clients = brand.clients.map((client) => {
    if (client !== home) return client;
    const others = client.postLogoutRedirectUris?.filter((uri) => uri !== back) ?? [];
    return { ...client, postLogoutRedirectUris: [...others, back], backchannelLogoutUri: `${back}backchannel-logout` };
  });
  return { ...brand, clients };
}

/** Serves `examples/web-app` for the brand's own client; returns how to stop it. */
export async function serveExample(issuer: string, brand: Brand, port: number): Promise<() => Promise<void>> {
  return startWebApp({ issuer, clientId: homeClient(brand)?.id ?? '', port });
}

async function freePort(port: number): Promise<number | undefined> {
  const server = createServer().listen(port, '127.0.0.1');
  try {
    await once(server, 'listening');
    const address = server.address();
    return address !== null && typeof address === 'object' ? address.port : undefined;
  } catch {
    return undefined;
  } finally {
    server.close();
  }
}
