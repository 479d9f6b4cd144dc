import { createHash } from 'node:crypto';
import { seconds } from '../domain/time.ts';
import { absent } from './clauses.ts';
import { updateWhere } from './conditional-write.ts';
import { only, type Tables } from './tables.ts';
import { ensure, update } from './transaction.ts';

/** The `jti` of something that counts once. */
export interface SingleUse {
  readonly kind: 'assertion' | 'dpop' | 'not-me' | 'passkey' | 'work';
  /** Whose `jti` it is: client, key thumbprint or ceremony, since no two need to agree on them. */
  readonly of: string;
  readonly jti: string;
  /** Epoch seconds after which it is refused for its age. */
  readonly until: number;
}

function keyOf({ kind, of, jti }: SingleUse) {
  const hash = createHash('sha256').update(`${of}|${jti}`).digest('base64url');
  return { pk: `JTI#${kind}#${hash}`, sk: only };
}

function writeOf(use: SingleUse, now: number) {
  const { until } = use;
  return [keyOf(use), { set: { ttl: Math.max(until, seconds(now)) + 3600 } }, [absent('pk')]] as const;
}

/** The step that spends a `jti`, inside the transaction of what it is spent on. */
export function spendOnceStep(tables: Tables, use: SingleUse, now: number) {
  return update(tables.sessions, ...writeOf(use, now));
}

/** The check that a `jti` is not spent, for what comes before the step that spends it. */
export function unspentStep(tables: Tables, use: SingleUse) {
  return ensure(tables.sessions, keyOf(use), [absent('pk')]);
}

/**
 * Spends a `jti`: one conditional write, of which one of many wins.
 * @returns whether it was spent for the first time
 * @throws Refusal `unavailable`: without the record nothing counts as new
 */
export async function spendOnce(tables: Tables, use: SingleUse, now: number): Promise<boolean> {
  return (await updateWhere(tables, tables.sessions, ...writeOf(use, now))).done;
}
