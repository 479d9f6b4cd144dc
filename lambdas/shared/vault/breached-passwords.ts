import { createHash } from 'node:crypto';
import { hasBreached } from '../domain/breach-range.ts';
import type { BreachedPasswords } from '../domain/password-policy.ts';

/** Milliseconds that a range may take to arrive. */
const rangePatience = 800;

/** Seconds that a range is kept: the service's own cache serves it for a month. */
const keptFor = 3600;
/** Ranges kept in memory, the oldest given up first: 40 KB each. */
const mostKept = 50;

type Warn = (message: string, fields: Readonly<Record<string, unknown>>) => void;

interface Kept {
  readonly text: string;
  /** Milliseconds. */
  readonly at: number;
}

/**
 * Asks the range API of Have I Been Pwned by k-anonymity: five of forty digits of the SHA-1 leave, in a crowd of about a
 * thousand others, and padding hides from an onlooker which range was answered. Fails open: without an answer in time the
 * offline list is what stands.
 * @param endpoint `PWNED_ENDPOINT`; nothing is asked where the brand has none
 */
export function breachedPasswords(endpoint: string | undefined, warn: Warn): BreachedPasswords {
  const ranges = new Map<string, Kept>();

  async function rangeOf(origin: string, prefix: string, patience: number): Promise<string> {
    const known = ranges.get(prefix);
    if (known && Date.now() - known.at < keptFor * 1000) return known.text;
    const reply = await fetch(`${origin}/range/${prefix}`, {
      headers: { 'add-padding': 'true', 'user-agent': 'latchkey' },
      redirect: 'error',
      signal: AbortSignal.timeout(patience),
    });
    if (!reply.ok) throw new Error(`status ${reply.status}`);
    const text = await reply.text();
    ranges.delete(prefix);
    ranges.set(prefix, { text, at: Date.now() });
    const [oldest] = ranges.keys();
    if (ranges.size > mostKept && oldest !== undefined) ranges.delete(oldest);
    return text;
  }

  return async (password, patience = rangePatience) => {
    if (endpoint === undefined) return false;
    const digest = createHash('sha1').update(password).digest('hex').toUpperCase();
    try {
      return hasBreached(await rangeOf(endpoint, digest.slice(0, 5), patience), digest.slice(5));
    } catch (error) {
      warn('breaches.unanswered', { reason: error instanceof Error ? error.name : 'unknown' });
      return false;
    }
  };
}
