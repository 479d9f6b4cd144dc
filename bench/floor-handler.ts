/**
 * The least that any server could do for an operation: the same signatures, checks of signatures and plain HTTP round
 * trips, and nothing else. Measured like the functions, in the same run.
 */
import { Agent, request } from 'node:http';
import { generateKeyPair, jwtVerify, SignJWT } from 'jose';

/** What the operation does that cannot be left out. */
export interface FloorEvent {
  /** Origin of a server that answers `/floor`. */
  readonly side: string;
  readonly signatures: readonly string[];
  readonly verifications: number;
  /** Calls of each wave. */
  readonly perWave: readonly number[];
}

const agent = new Agent({ keepAlive: true });
const body = JSON.stringify({ TableName: 'Directory', Key: { pk: { S: 'x'.repeat(60) }, sk: { S: '#' } } });
const keys = new Map([
  ['ES256', await generateKeyPair('ES256')],
  ['RS256', await generateKeyPair('RS256')],
]);

function post(side: string): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const sent = request(`${side}/floor`, { method: 'POST', agent }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk: string) => {
        text += chunk;
      });
      response.on('end', () => resolve(JSON.parse(text)));
    });
    sent.on('error', reject).end(body);
  });
}

async function sign(alg: string): Promise<string> {
  const pair = keys.get(alg);
  if (!pair) throw new Error(`the floor has no key for ${alg}`);
  return new SignJWT({ scope: 'openid profile', sid: 'x'.repeat(40) })
    .setProtectedHeader({ alg, kid: 'x'.repeat(43) })
    .setIssuer('https://id.example.com')
    .setSubject('x'.repeat(26))
    .setExpirationTime('5m')
    .sign(pair.privateKey);
}

let known: string | undefined;

async function verify(): Promise<void> {
  known ??= await sign('ES256');
  const pair = keys.get('ES256');
  if (pair) await jwtVerify(known, pair.publicKey);
}

/** Does it. */
export async function handler({ side, signatures, verifications, perWave }: FloorEvent): Promise<object> {
  for (let i = 0; i < verifications; i++) await verify();
  for (const calls of perWave) await Promise.all(Array.from({ length: calls }, () => post(side)));
  const tokens = await Promise.all(signatures.map(sign));
  return { statusCode: 200, body: JSON.stringify({ tokens }) };
}
