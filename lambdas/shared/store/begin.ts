import type { Beginning } from '../domain/beginning.ts';
import { beginBrowserSessionStep, leaveBrowserSessionStep } from './browser-session-store.ts';
import { beginSessionStep } from './session-store.ts';
import type { Tables } from './tables.ts';

/** The steps that begin a session, of whichever kind, inside a transaction; what it takes the place of ends by them. */
export function beginSteps(tables: Tables, beginning: Beginning, now: number) {
  if (beginning.at === 'client') return [beginSessionStep(tables, beginning.session, beginning.signedIn)];
  const { session, signedIn, left } = beginning;
  const ends = left.map((each) => leaveBrowserSessionStep(tables, each, now));
  return [beginBrowserSessionStep(tables, session, signedIn), ...ends];
}
