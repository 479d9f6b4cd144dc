import type { Entry } from '../domain/let-in.ts';
import { tellStopped, tellStoppedStep } from './activity-store.ts';
import { beginStep } from './begin.ts';
import { beginBrowserSession } from './browser-session-store.ts';
import { beginPendingSignIn, pendingSignInStep } from './flow-store.ts';
import { beginSession } from './session-store.ts';
import type { Tables } from './tables.ts';

/** The step that writes where a proof leads, inside the transaction that consumes the proof. */
export function enterStep(tables: Tables, entry: Entry) {
  if (entry.to === 'nowhere') return tellStoppedStep(tables, entry.denied);
  return entry.to === 'session'
    ? beginStep(tables, entry.beginning)
    : pendingSignInStep(tables, entry.pending, entry.asked);
}

/** Writes where a proof leads: one write. @throws Refusal `unavailable` */
export async function enter(tables: Tables, entry: Entry): Promise<void> {
  if (entry.to === 'nowhere') return tellStopped(tables, entry.denied);
  if (entry.to === 'second-factor') return beginPendingSignIn(tables, entry.pending, entry.asked);
  const { beginning } = entry;
  if (beginning.at === 'client') await beginSession(tables, beginning.session, beginning.signedIn);
  else await beginBrowserSession(tables, beginning.session, beginning.signedIn);
}
