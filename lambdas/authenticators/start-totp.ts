import type { Client, Locale } from '../shared/domain/brand.ts';
import { newFlow } from '../shared/domain/code-flow.ts';
import { newEvent } from '../shared/domain/event.ts';
import type { FlowId } from '../shared/domain/id.ts';
import type { OwnAccount } from '../shared/domain/own-account.ts';
import { check, Refusal } from '../shared/domain/refusal.ts';
import { newTotpSecret, totpUri } from '../shared/domain/totp.ts';
import type { Bound } from '../shared/store/bind.ts';
import type { startFlow } from '../shared/store/flow-store.ts';
import type { untilWindowEnds } from '../shared/store/rate-store.ts';
import type { SealingRing } from '../shared/vault/sealing-ring.ts';
import { type OwnFactorsDeps, ownFactors } from './own-factors.ts';

export interface StartTotpDeps extends Omit<OwnFactorsDeps, 'store'> {
  readonly sealing: SealingRing;
  readonly untilWindowEnds: typeof untilWindowEnds;
  readonly store: OwnFactorsDeps['store'] & Bound<{ readonly startFlow: typeof startFlow }>;
}

/** An authenticator app that waits for its first code. */
export interface TotpEnrolment {
  readonly flow: FlowId;
  /** Base32. */
  readonly secret: string;
  /** What a QR code holds. */
  readonly uri: string;
  readonly expires_in: number;
}

/** Enrolments begun by one person: as many as codes to one address. */
const scope = 'enrolment';

/**
 * Begins to set up an authenticator app: the secret waits, sealed, in a flow, and counts for nothing until a code of it
 * is right (MFA3). An app that is there stays until then.
 * @throws Refusal `factor_unknown` where the brand offers none; `recent_authentication_required`, `too_many_requests`, `unavailable`
 */
export async function startTotp(
  deps: StartTotpDeps,
  own: OwnAccount,
  { client, locale }: { readonly client: Pick<Client, 'id'>; readonly locale: Locale },
  now: number,
): Promise<TotpEnrolment> {
  const { brand, random, sealing, store } = deps;
  check(brand.authentication.factors.includes('totp'), 'factor_unknown');
  await ownFactors(deps, own, now);
  const { user, personal, by } = own;
  const { email } = personal;
  const secret = newTotpSecret(random);
  const kind = { purpose: 'totp', at: by.at } as const;
  const start = { ...kind, clientId: client.id, locale, secrets: { email, secret }, userId: user.id };
  const flow = newFlow({ lifetimes: brand.lifetimes, random, now, ...sealing }, start);
  const event = newEvent('factor.started', { sub: user.id, factor: 'totp' }, now, random);
  const counter = { scope, hash: user.id, limit: brand.limits.codesPerAddress } as const;
  if (await store.startFlow(flow, event, [counter])) {
    throw new Refusal('too_many_requests', { retryAfter: deps.untilWindowEnds(counter, now) });
  }
  return { flow: flow.id, secret, uri: totpUri(secret, brand.name, email), expires_in: brand.lifetimes.code };
}
