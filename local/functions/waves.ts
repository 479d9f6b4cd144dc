import { subscribe } from 'node:diagnostics_channel';
import type { ClientRequest } from 'node:http';

/** Header that carries the wave of an AWS call from the worker to the proxy. */
export const WAVE_HEADER = 'x-local-wave';

interface UndiciRequest {
  addHeader(name: string, value: string): void;
}

/**
 * Numbers the waves of a worker's outgoing requests: one more than the highest wave that was answered when the request
 * was made. Requests that are made together share a wave, and the highest number is the count of sequential round trips.
 * Counted where the requests are made, since there the order is exact: seen from the proxy, two parallel calls may well
 * come one after the other. Works for `node:http` clients and for `fetch`. Returns how to begin at zero again.
 */
export function numberWaves(): () => void {
  let answered = 0;
  let waves = new WeakMap<object, number>();
  const begin = (request: object): string => {
    waves.set(request, answered + 1);
    return String(answered + 1);
  };
  const answer = (request: object): void => {
    answered = Math.max(answered, waves.get(request) ?? 0);
  };

  subscribe('http.client.request.created', (message) => {
    const { request } = message as { readonly request: ClientRequest };
    request.setHeader(WAVE_HEADER, begin(request));
    // The answer's first byte counts: nobody can act on an answer earlier, and `close` comes later than the reader.
    request.once('response', () => answer(request));
    request.once('close', () => answer(request));
  });
  subscribe('undici:request:create', (message) => {
    const { request } = message as { readonly request: UndiciRequest & object };
    request.addHeader(WAVE_HEADER, begin(request));
  });
  for (const channel of ['undici:request:headers', 'undici:request:error']) {
    subscribe(channel, (message) => answer((message as { readonly request: object }).request));
  }
  return () => {
    answered = 0;
    waves = new WeakMap();
  };
}
