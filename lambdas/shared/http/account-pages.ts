import type { UserId } from '../domain/id.ts';
import { type Owned, showsLevel } from '../domain/recent-sign-in.ts';
import { Refusal } from '../domain/refusal.ts';
import { standingOf } from '../domain/session-standing.ts';
import { type PersonDeps, type SignedInPerson, signedInPerson } from '../domain/signed-in-person.ts';
import type { User } from '../domain/user.ts';
import { open } from '../vault/sealed-box.ts';
import { hostedPages, type Visit } from './page-visit.ts';
import { recentlySignedIn, signInAgain, stepUp } from './re-authentication.ts';
import type { Reply } from './reply.ts';
import type { Request } from './request.ts';
import type { Runtime } from './runtime.ts';
import { claimedSession } from './session-cookie.ts';

/** Somebody in their own account, and what was read beside them. */
export interface AtHome<Found> {
  readonly visit: Visit;
  readonly person: SignedInPerson;
  readonly found: Found;
}

/** What a page of the account is like. */
export interface AccountPage<Found> {
  /** What is read in the same wave as the person. */
  readonly beside: (user: UserId) => Promise<Found>;
  /** Only after a recent sign-in of the level of what this reads: whoever has none is sent to prove more, and comes back. */
  readonly recent?: (user: User) => Promise<Owned>;
}

/** For pages that need nothing but the person. */
export const alone: AccountPage<undefined> = { beside: async () => undefined };

/**
 * Lets endpoints of account pages be written as what they do: the person is read and opened, in one wave; whoever is not
 * signed in, or not recently enough, is asked to and comes back.
 */
export function accountPages(runtime: Runtime, store: PersonDeps['store']) {
  const { ask, take } = hostedPages(runtime);

  const entered =
    <Found>({ beside, recent }: AccountPage<Found>, act: (given: AtHome<Found>) => Promise<Reply>) =>
    async (visit: Visit): Promise<Reply> => {
      const { sealing, now } = visit;
      const claimed = claimedSession(sealing, visit.request.cookies);
      if (!claimed) return signInAgain(visit);
      const person = signedInPerson({ sealing, open, store }, claimed, now);
      const [home, found] = await Promise.all([person, beside(claimed.user)]);
      if (!home) return signInAgain(visit);
      if (recent) {
        if (!recentlySignedIn(runtime.brand, home.session, now)) return signInAgain(visit, home);
        const shown = standingOf(home.session, runtime.brand.authentication, now);
        if (!showsLevel(shown, await recent(home.user))) return stepUp(visit);
      }
      const audit = { sub: home.user.id };
      try {
        const reply = await act({ visit: visit.of(home.user.locale), person: home, found });
        return { ...reply, audit: { ...audit, ...reply.audit } };
      } catch (error) {
        // The session died between the look at it and the change.
        if (error instanceof Refusal && error.code === 'token_invalid') return signInAgain(visit);
        throw error;
      }
    };

  return {
    /** A page of the account that is asked for; nothing changes. */
    ask: <Found>(page: AccountPage<Found>, act: (given: AtHome<Found>) => Promise<Reply>) => ask(entered(page, act)),

    /** A form of the account that is sent. `path`: where the form stands, if not at the path that it is sent to. */
    take: <Found>(
      page: AccountPage<Found>,
      act: (given: AtHome<Found>) => Promise<Reply>,
      path?: string,
    ): ((request: Request) => Promise<Reply>) => take(entered(page, act), path),
  };
}
