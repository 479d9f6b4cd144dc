import type { Flow } from './flow.ts';

/**
 * Whose messages to one mailbox or number are counted together, apart from those that anybody asks for: those of browsers
 * that the owner has signed in at, and those that follow a first proof. What strangers ask for leaves both theirs, and who
 * has the password leaves the owner's own browsers theirs (RL7).
 */
export type Asker = 'remembered' | 'second-factor' | 'second-factor.remembered';

/** Who asks for the messages of a flow; nothing where it is anybody. */
export function askerOf({ purpose, remembered }: Pick<Flow, 'purpose' | 'remembered'>): Asker | undefined {
  if (purpose !== 'second-factor') return remembered && 'remembered';
  return remembered ? 'second-factor.remembered' : 'second-factor';
}
