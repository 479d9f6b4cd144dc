import { createHash } from 'node:crypto';

/** Long, well known and on no short list: for trying what a brand that asks for breaches says to them. */
const breached = ['correct horse battery staple', 'the quick brown fox jumps over the lazy dog'];

/** Lines of a range, nearly all of them padding. */
const lines = 800;

const digestOf = (text: string) => createHash('sha1').update(text).digest('hex').toUpperCase();

/** Answers `GET /range/{prefix}` in the form of Have I Been Pwned with padding; `undefined` for another path. */
export function breachRange(path: string): string | undefined {
  const prefix = /^\/range\/([0-9A-Fa-f]{5})$/.exec(path)?.[1]?.toUpperCase();
  if (prefix === undefined) return undefined;
  const known = breached.map(digestOf).filter((digest) => digest.startsWith(prefix));
  // Padding was seen never.
  const padding = Array.from({ length: lines }, (_, at) => `${digestOf(`${prefix}${at}`).slice(5)}:0`);
  return [...known.map((digest) => `${digest.slice(5)}:4711`), ...padding].sort().join('\r\n');
}
