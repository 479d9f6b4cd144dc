import type { Assurance, Method } from '../domain/assurance.ts';
import type { Beginning } from '../domain/beginning.ts';
import type { ItemEvent } from '../domain/event.ts';
import type { Flow } from '../domain/flow.ts';
import type { RecoveryCodes } from '../domain/recovery-codes.ts';
import type { Asker } from '../domain/session.ts';
import type { User } from '../domain/user.ts';
import { askerLivesStep } from './asker-lives.ts';
import { beginSteps } from './begin.ts';
import { equals, present } from './clauses.ts';
import {
  changeSummarySteps,
  type FactorKey,
  putFactorStep,
  removeFactorStep,
  type SummaryChange,
} from './factor-store.ts';
import { consumeStep } from './flow-store.ts';
import { elevateSessionStep } from './session-store.ts';
import type { Tables } from './tables.ts';
import { transact } from './transaction.ts';
import { changeUserStep, signOutChange } from './user-store.ts';

/** A change of what a person has enrolled, on the word of one of their sessions. */
export interface FactorChange {
  /** As read. */
  readonly user: Pick<User, 'id' | 'identHash'>;
  readonly by: Asker;
  /** What the person is told of by mail; it stands on the user's item. */
  readonly event: ItemEvent;
  /** Every session but the one that asks ends (SES4). */
  readonly endsOthers: boolean;
  /** What the asking session becomes by the proof of a new factor. */
  readonly elevation?: Elevation;
  /** What of the person changes along, as the version that was read. */
  readonly along?: {
    readonly version: number;
    /** Their data, sealed, or a setting. */
    readonly set?: Partial<Pick<User, 'sealed' | 'codeChannel'>>;
    /** Settings that are gone with it. */
    readonly remove?: readonly (keyof User)[];
  };
}

/** A session that counts for more: a client's in its place, a browser's by a new one (SES2). */
export type Elevation =
  | ({ readonly at: 'client'; readonly methods: readonly Method[] } & Assurance)
  | { readonly at: 'browser'; readonly beginning: Beginning };

/** The steps that make the asking session what the elevation says, or check that it is alive. */
function askerSteps(tables: Tables, { user, by, elevation }: FactorChange, now: number) {
  if (!elevation) return [askerLivesStep(tables, user.id, by, now)];
  if (elevation.at === 'client') return [elevateSessionStep(tables, user.id, by.session, elevation, now)];
  return beginSteps(tables, elevation.beginning, now);
}

/** The steps that every change of factors takes beside those of the factor itself. */
export function factorChangeSteps(tables: Tables, change: FactorChange, summary: SummaryChange, now: number) {
  const { user, by, event, endsOthers, along, elevation } = change;
  const keep = elevation?.at === 'browser' ? elevation.beginning.session.id : by.session;
  const signOut = endsOthers ? signOutChange({ validFrom: now, keep }) : {};
  const personal = along && { ...along.set, version: along.version + 1 };
  const told = {
    set: { ...signOut.set, ...personal, updatedAt: now, event },
    remove: [...(signOut.remove ?? []), ...(along?.remove ?? [])],
  };
  return [
    ...askerSteps(tables, change, now),
    changeUserStep(tables, user.id, told, by.session, along ? [equals('version', along.version)] : []),
    ...changeSummarySteps(tables, user.identHash, user.id, summary),
  ];
}

/** A proven authenticator app. */
export interface TotpFactor {
  /** The secret, sealed under the person's data key. */
  readonly sealed: string;
  /** The step of the code that proved it: no code of it or before is good again (MFA2). */
  readonly lastStep: number;
}

/**
 * Makes an authenticator app count, by the code that consumes its enrolment (MFA3); one that was there before is replaced.
 * @returns `false` where enrolment or session are over, or the address moved meanwhile
 * @throws Refusal `unavailable`
 */
export async function addTotp(
  tables: Tables,
  flow: Flow,
  factor: TotpFactor,
  change: FactorChange,
  now: number,
): Promise<boolean> {
  const item = { ...factor, state: 'active', addedAt: now };
  const outcome = await transact(tables, [
    consumeStep(tables, flow, now),
    putFactorStep(tables, change.user.id, 'totp', item, []),
    ...factorChangeSteps(tables, change, { set: { totp: true } }, now),
  ]);
  return outcome.done;
}

/** What goes with a factor that is removed. */
export interface Removal {
  readonly factor: FactorKey;
  readonly summary: SummaryChange;
  /** It was the last one: recovery codes stand in for none. */
  readonly withRecoveryCodes: boolean;
}

/**
 * Removes a factor, under the condition that what was read of the others still holds (PK10).
 * @throws Refusal `unavailable`
 */
export async function removeFactor(
  tables: Tables,
  { factor, summary, withRecoveryCodes }: Removal,
  change: FactorChange,
  now: number,
): Promise<boolean> {
  const { id } = change.user;
  const outcome = await transact(tables, [
    removeFactorStep(tables, id, factor, [present('pk')]),
    ...(withRecoveryCodes ? [removeFactorStep(tables, id, 'recovery', [])] : []),
    ...factorChangeSteps(tables, change, summary, now),
  ]);
  return outcome.done;
}

/** Files a new set of recovery codes; the old one is dead with the same write (MFA6). @throws Refusal `unavailable` */
export async function putRecoveryCodes(
  tables: Tables,
  codes: RecoveryCodes,
  change: FactorChange,
  now: number,
): Promise<boolean> {
  const summary = { set: { recovery: Object.keys(codes).length } };
  const outcome = await transact(tables, [
    putFactorStep(tables, change.user.id, 'recovery', { ...codes, addedAt: now }, []),
    ...factorChangeSteps(tables, change, summary, now),
  ]);
  return outcome.done;
}
