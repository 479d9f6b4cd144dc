import type { UserId } from '../domain/id.ts';
import type { Asker } from '../domain/session.ts';
import { browserSessionLivesStep } from './browser-session-store.ts';
import { sessionLivesStep } from './session-store.ts';
import type { Tables } from './tables.ts';

/** The check that a change carries: the session on whose word it is made is alive, wherever it was begun. */
export function askerLivesStep(tables: Tables, user: UserId, { at, session }: Asker, now: number) {
  const step = at === 'browser' ? browserSessionLivesStep : sessionLivesStep;
  return step(tables, user, session, now);
}
