import { argon2, randomBytes } from 'node:crypto';
import { promisify } from 'node:util';
import { isSameSecret } from '../domain/same-secret.ts';

const run = promisify(argon2);

/** OWASP Password Storage: Argon2id with 19 MiB, two passes, one lane (REG5). */
const current = { memory: 19456, passes: 2, parallelism: 1 } as const;
const tagLength = 32;
const saltBytes = 16;

interface Parameters {
  readonly memory: number;
  readonly passes: number;
  readonly parallelism: number;
}

function digest(password: string, nonce: Uint8Array, parameters: Parameters, length: number): Promise<Uint8Array> {
  return run('argon2id', { message: password, nonce, tagLength: length, ...parameters });
}

const unpadded = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64').replace(/=+$/, '');

/** Hashes a normalised password into a PHC string (`$argon2id$v=19$m=…,t=…,p=…$salt$hash`). */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(saltBytes);
  const hash = await digest(password, salt, current, tagLength);
  const { memory, passes, parallelism } = current;
  return `$argon2id$v=19$m=${memory},t=${passes},p=${parallelism}$${unpadded(salt)}$${unpadded(hash)}`;
}

const phc = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)$/;

export interface Verdict {
  readonly matches: boolean;
  /** The hash was made with weaker parameters than today's: hash again while the password is at hand. */
  readonly outdated: boolean;
}

/**
 * Compares a normalised password with a PHC string in constant time. Without one (nobody has that address) the same work
 * is done for nothing, so that the time says nothing (LOG1).
 */
export async function verifyPassword(password: string, stored: string | undefined): Promise<Verdict> {
  const parts = stored === undefined ? null : phc.exec(stored);
  if (!parts) {
    await digest(password, Buffer.alloc(saltBytes), current, tagLength);
    return { matches: false, outdated: false };
  }
  const [, memory, passes, parallelism, salt = '', hash = ''] = parts;
  const parameters = { memory: Number(memory), passes: Number(passes), parallelism: Number(parallelism) };
  const expected = Buffer.from(hash, 'base64');
  const actual = await digest(password, Buffer.from(salt, 'base64'), parameters, expected.length);
  return {
    matches: isSameSecret(actual, expected),
    outdated: parameters.memory < current.memory || parameters.passes < current.passes,
  };
}
