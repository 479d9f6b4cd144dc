import type { Entry } from '../domain/let-in.ts';
import { Refusal } from '../domain/refusal.ts';
import { tellStopped } from './activity-store.ts';
import { beginSteps } from './begin.ts';
import { beginBrowserSession } from './browser-session-store.ts';
import { beginPendingSignIn, pendingSignInStep } from './flow-store.ts';
import { beginSession } from './session-store.ts';
import type { Tables } from './tables.ts';
import { type Committed, type Step, transact } from './transaction.ts';

function enterSteps(tables: Tables, entry: Entry, now: number): readonly Step[] {
  if (entry.to === 'nowhere') return [];
  if (entry.to === 'second-factor') return [pendingSignInStep(tables, entry.pending, entry.asked)];
  return beginSteps(tables, entry.beginning, now);
}

/**
 * Writes where a proof leads, in one transaction with the steps that consume the proof: all of it, or nothing. Where it leads
 * nowhere, that is told beside it: once an hour, so that it cannot be a step, which would let the others fail with it.
 * @throws Refusal `conflict_retry` where the session that the browser had ended meanwhile; `unavailable`
 */
export async function enterWith(
  tables: Tables,
  consuming: readonly Step[],
  entry: Entry,
  now: number,
): Promise<Committed> {
  const [outcome] = await Promise.all([
    transact(tables, [...consuming, ...enterSteps(tables, entry, now)]),
    entry.to === 'nowhere' && tellStopped(tables, entry.denied),
  ]);
  if (!outcome.done && outcome.failed >= consuming.length) throw new Refusal('conflict_retry');
  return outcome;
}

/**
 * Writes where a proof leads: one write; a transaction where the browser has a session, which ends by it (SES2).
 * @throws Refusal `conflict_retry` where that session ended meanwhile; `unavailable`
 */
export async function enter(tables: Tables, entry: Entry, now: number): Promise<void> {
  if (entry.to === 'nowhere') return tellStopped(tables, entry.denied);
  if (entry.to === 'second-factor') return beginPendingSignIn(tables, entry.pending, entry.asked);
  const { beginning } = entry;
  if (beginning.at === 'client') await beginSession(tables, beginning.session, beginning.signedIn);
  else if (beginning.left.length > 0) await enterWith(tables, [], entry, now);
  else await beginBrowserSession(tables, beginning.session, beginning.signedIn);
}
