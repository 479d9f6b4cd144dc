import { subscribe } from 'node:diagnostics_channel';
import type { ClientRequest } from 'node:http';

/** Header that carries the wave of an AWS call from the worker to the proxy. */
export const WAVE_HEADER = 'x-local-wave';

interface UndiciRequest {
  addHeader(name: string, value: string): void;
}

/**
 * Numbers the waves of a worker's outgoing requests: a request that is made while another is unanswered belongs to its
 * wave; one that is made when all were answered begins the next. Counted where the requests are made, since there the
 * order is exact: seen from the proxy, two parallel calls may well come one after the other. Works for `node:http`
 * clients and for `fetch`. Returns how to begin at zero again.
 */
export function numberWaves(): () => void {
  let wave = 0;
  const unanswered = new Set<object>();
  const begin = (request: object): string => {
    if (unanswered.size === 0) wave++;
    unanswered.add(request);
    return String(wave);
  };

  subscribe('http.client.request.created', (message) => {
    const { request } = message as { readonly request: ClientRequest };
    request.setHeader(WAVE_HEADER, begin(request));
    // The answer's first byte counts: nobody can act on an answer earlier, and `close` comes later than the reader.
    request.once('response', () => unanswered.delete(request));
    request.once('close', () => unanswered.delete(request));
  });
  subscribe('undici:request:create', (message) => {
    const { request } = message as { readonly request: UndiciRequest & object };
    request.addHeader(WAVE_HEADER, begin(request));
  });
  for (const channel of ['undici:request:headers', 'undici:request:error']) {
    subscribe(channel, (message) => unanswered.delete((message as { readonly request: object }).request));
  }
  return () => {
    wave = 0;
    unanswered.clear();
  };
}
