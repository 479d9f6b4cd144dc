import { request } from 'node:http';
import type { Answer, Visitor } from './visitor.ts';

export interface RawRequest {
  readonly method: string;
  readonly path: string;
  /** Sent as they are: `host` and whatever else fetch does not let through. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
}

/** A request that no browser would send, from the visitor's place on the network. */
export function askRaw(visitor: Visitor, { method, path, headers = {}, body }: RawRequest): Promise<Answer> {
  const { port } = new URL(visitor.origin);
  return new Promise((resolve, reject) => {
    const sent = request(
      { host: '127.0.0.1', port, method, path, headers: { 'x-local-source-ip': visitor.ip, ...headers } },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () => resolve(answerOf(response.statusCode ?? 0, response.headersDistinct, chunks)));
      },
    );
    sent.on('error', reject);
    sent.end(body);
  });
}

function answerOf(status: number, distinct: NodeJS.Dict<string[]>, chunks: readonly Buffer[]): Answer {
  const headers = new Headers();
  for (const [name, values = []] of Object.entries(distinct)) for (const value of values) headers.append(name, value);
  const text = Buffer.concat(chunks).toString();
  try {
    return { status, headers, text, json: JSON.parse(text) };
  } catch {
    return { status, headers, text, json: undefined };
  }
}

/** Everything by which a proxy or an attacker may claim that the request went to another host (VC8). */
export const evilHosts: Readonly<Record<string, string>> = {
  host: 'evil.example',
  'x-forwarded-host': 'evil.example',
  'x-original-host': 'evil.example',
  'x-forwarded-proto': 'https',
  forwarded: 'for=1.2.3.4;host=evil.example;proto=https',
};
