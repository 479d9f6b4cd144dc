import type { Beginning } from '../domain/beginning.ts';
import { beginBrowserSession, beginBrowserSessionStep } from './browser-session-store.ts';
import { beginSession, beginSessionStep } from './session-store.ts';
import type { Tables } from './tables.ts';

/** The step that begins a session, of whichever kind, inside a transaction. */
export function beginStep(tables: Tables, beginning: Beginning) {
  return beginning.at === 'client'
    ? beginSessionStep(tables, beginning.session, beginning.signedIn)
    : beginBrowserSessionStep(tables, beginning.session, beginning.signedIn);
}

/** Begins a session of whichever kind: one write. @throws Refusal `unavailable` */
export async function begin(tables: Tables, beginning: Beginning): Promise<void> {
  if (beginning.at === 'client') await beginSession(tables, beginning.session, beginning.signedIn);
  else await beginBrowserSession(tables, beginning.session, beginning.signedIn);
}
