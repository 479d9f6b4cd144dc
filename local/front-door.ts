import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { Certificate } from './certificate.ts';
import { Refusal } from './refusal.ts';

export type Answer = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/** The one port that people and tests talk to: the API, and the developer pages under `/_local`. */
export interface FrontDoor {
  /** `http://localhost:<port>`, or `https:` with a certificate. */
  readonly origin: string;
  /** Opens the API and the developer pages; before that every request gets a 503. */
  open(api: Answer, desk: Answer): void;
  close(): Promise<void>;
}

/** API Gateway's limit for all header lines together, in bytes; beyond it is a 431. */
const MAX_HEADERS = 10_240;

/** Listens on the loopback interface only. Refuses a port that is taken. */
export async function openFrontDoor(port: number, certificate?: Certificate): Promise<FrontDoor> {
  let api: Answer | undefined;
  let desk: Answer | undefined;
  const respond = (request: IncomingMessage, response: ServerResponse) => {
    const answer = isDesk(request.url ?? '/') ? desk : api;
    if (answer === undefined) return void response.writeHead(503, { 'retry-after': '1' }).end();
    answer(request, response).catch((error: unknown) => {
      // The client went away in the middle of its request.
      if (request.errored !== null) return;
      console.error('The local cloud failed on a request', error);
      if (!response.headersSent) response.writeHead(500);
      response.end();
    });
  };
  const options = { maxHeaderSize: MAX_HEADERS, key: certificate?.key, cert: certificate?.cert };
  const server = certificate === undefined ? createServer(options, respond) : createTlsServer(options, respond);
  await listen(server, port);
  const address = server.address();
  const actual = address !== null && typeof address === 'object' ? address.port : port;
  return {
    origin: `${certificate === undefined ? 'http' : 'https'}://localhost:${actual}`,
    open(newApi, newDesk) {
      api = newApi;
      desk = newDesk;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function isDesk(url: string): boolean {
  return url === '/_local' || url.startsWith('/_local/') || url.startsWith('/_local?');
}

/** Refuses a port that cannot be listened on, before anything slow begins. */
export async function requirePort(port: number): Promise<void> {
  const probe = createServer();
  await listen(probe, port);
  await new Promise((resolve) => probe.close(resolve));
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const next = `choose another one, as in PORT=${port + 1} npm start`;
      if (error.code === 'EADDRINUSE') return reject(new Refusal(`Port ${port} is taken: ${next}.`));
      reject(error.code === 'EACCES' ? new Refusal(`Port ${port} is for the superuser only: ${next}.`) : error);
    });
    server.listen(port, '127.0.0.1', () => resolve());
  });
}
