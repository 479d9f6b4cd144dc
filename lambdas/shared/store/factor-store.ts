import type { FactorSummary } from '../domain/factors.ts';
import type { UserId } from '../domain/id.ts';
import { absent, type Change, type Clause, equals } from './clauses.ts';
import type { Item } from './conditional-write.ts';
import { readAll } from './read.ts';
import type { Tables } from './tables.ts';
import { put, remove, update } from './transaction.ts';
import { ownsAddressStep } from './user-store.ts';

/** Sort keys of a person's factors; a passkey is filed under the SHA-256 of its credential id, base64url. */
export type FactorKey = 'totp' | 'recovery' | 'phone' | `passkey#${string}`;

/** Where a factor is filed. */
export const factorKeyOf = (user: UserId, factor: FactorKey) => ({ pk: `FACTOR#${user}`, sk: factor });
const keyOf = factorKeyOf;
/** Where the summary of an address is filed. */
export const summaryKey = (identHash: string) => ({ pk: `CRED#${identHash}`, sk: 'factors' });

/** How the summary changes with a factor: `set` marks or counts anew, `add` counts, `remove` takes a mark away. */
export interface SummaryChange {
  readonly set?: Partial<Omit<FactorSummary, 'userId' | 'version'>>;
  readonly add?: { readonly passkeys?: number; readonly recovery?: number };
  readonly remove?: readonly (keyof Omit<FactorSummary, 'userId' | 'version'>)[];
  /** The change rests on this summary as it was read; another change meanwhile makes it fail. */
  readonly seen?: FactorSummary;
}

/**
 * The steps that change the summary which a sign-in reads; they go into the transaction that changes the factor itself.
 * An address that moved meanwhile makes them fail, so that no factor is ever filed where no sign-in looks.
 */
export function changeSummarySteps(tables: Tables, identHash: string, userId: UserId, change: SummaryChange) {
  const { set, add, remove: gone, seen } = change;
  const unchanged = seen ? [seen.version === undefined ? absent('version') : equals('version', seen.version)] : [];
  const counted: Change = {
    set: { ...set, userId },
    add: { ...add, version: 1 },
    ...(gone && { remove: gone }),
  };
  return [
    ownsAddressStep(tables, identHash, userId),
    update(tables.directory, summaryKey(identHash), counted, unchanged),
  ];
}

/** The steps that make the summary what is left of it, as it was read; a change meanwhile makes them fail. */
export function replaceSummarySteps(
  tables: Tables,
  identHash: string,
  userId: UserId,
  left: NonNullable<SummaryChange['set']>,
  seen: FactorSummary | undefined,
) {
  const kinds = ['totp', 'sms', 'textsSince', 'unreachable', 'passkeys', 'recovery'] as const;
  const gone = kinds.filter((kind) => left[kind] === undefined);
  return changeSummarySteps(tables, identHash, userId, { set: left, remove: gone, seen: seen ?? { userId } });
}

/** The steps that file the summary under another address, as it was read; a change meanwhile makes them fail. */
export function moveSummarySteps(tables: Tables, from: string, to: string, summary: FactorSummary) {
  return [
    remove(tables.directory, summaryKey(from), [equals('version', summary.version)]),
    put(tables.directory, { ...(summary as unknown as Item), ...summaryKey(to) }, [absent('pk')]),
  ];
}

/** The step that files a factor; its conditions say what may stand there. */
export function putFactorStep(
  tables: Tables,
  user: UserId,
  factor: FactorKey,
  item: Item,
  conditions: readonly Clause[],
) {
  return put(tables.directory, { ...item, ...keyOf(user, factor) }, conditions);
}

/** The step that changes a factor. */
export function changeFactorStep(
  tables: Tables,
  user: UserId,
  factor: FactorKey,
  change: Change,
  conditions: readonly Clause[],
) {
  return update(tables.directory, keyOf(user, factor), change, conditions);
}

/** The step that removes a factor. */
export function removeFactorStep(tables: Tables, user: UserId, factor: FactorKey, conditions: readonly Clause[]) {
  return remove(tables.directory, keyOf(user, factor), conditions);
}

/** Everything that a person has enrolled, pending enrolments included; `sk` names each. @throws Refusal `unavailable` */
export async function listFactors(tables: Tables, user: UserId): Promise<readonly Item[]> {
  return readAll(tables, tables.directory, `FACTOR#${user}`);
}
