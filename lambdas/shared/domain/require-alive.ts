import { Refusal } from './refusal.ts';
import { isAlive, type Session } from './session.ts';
import type { User } from './user.ts';

/**
 * The owner of a session that is alive; both were read beside the work that needs them.
 * @throws Refusal `token_invalid`
 */
export function requireAlive(session: Session | undefined, user: User | undefined, now: number): User {
  if (!user || !isAlive(session, user, now)) throw new Refusal('token_invalid');
  return user;
}
