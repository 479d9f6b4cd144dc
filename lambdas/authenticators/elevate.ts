import { assuranceOf, type Method } from '../shared/domain/assurance.ts';
import { newBeginning } from '../shared/domain/beginning.ts';
import type { Brand, Client } from '../shared/domain/brand.ts';
import type { BrowserSession } from '../shared/domain/browser-session.ts';
import type { Random } from '../shared/domain/id.ts';
import type { OwnAccount } from '../shared/domain/own-account.ts';
import type { SessionDevice } from '../shared/domain/session.ts';
import { standingOf } from '../shared/domain/session-standing.ts';
import type { Elevation } from '../shared/store/change-factors.ts';
import type { SealingRing } from '../shared/vault/sealing-ring.ts';

interface Deps {
  readonly brand: Brand;
  readonly random: Random;
  readonly sealing: Pick<SealingRing, 'sealEphemeral'>;
}

const together = (proven: readonly Method[], method: Method) => [...new Set([...proven, method])];

/** A client's session counts for the factor that was just proven beside what its sign-in proved. */
export function elevatedSession({ methods }: OwnAccount, method: Method): Elevation {
  const all = together(methods, method);
  return { at: 'client', methods: all, ...assuranceOf(all) };
}

/** A stronger session takes the place of the browser's: nobody is asked again for what they have just proven (SES2). */
export function elevatedBrowser(
  { brand, random, sealing }: Deps,
  session: BrowserSession,
  method: Method,
  { client, device }: { readonly client: Client; readonly device: SessionDevice },
  now: number,
): Extract<Elevation, { readonly at: 'browser' }> {
  const { lifetimes } = brand;
  const methods = together(standingOf(session, brand.authentication, now).methods, method);
  const making = { lifetimes, random, now, sealEphemeral: sealing.sealEphemeral };
  const proven = { userId: session.userId, methods, device, since: session };
  return { at: 'browser', beginning: newBeginning(making, { at: 'browser', client }, proven) };
}
