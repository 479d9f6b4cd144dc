import type { Beginning } from '../domain/beginning.ts';
import { beginBrowserSessionStep } from './browser-session-store.ts';
import { beginSessionStep } from './session-store.ts';
import type { Tables } from './tables.ts';

/** The step that begins a session, of whichever kind, inside a transaction. */
export function beginStep(tables: Tables, beginning: Beginning) {
  return beginning.at === 'client'
    ? beginSessionStep(tables, beginning.session, beginning.signedIn)
    : beginBrowserSessionStep(tables, beginning.session, beginning.signedIn);
}
