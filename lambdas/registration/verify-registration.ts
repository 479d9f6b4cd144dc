import type { Entrance, WayIn } from '../shared/domain/beginning.ts';
import type { Brand } from '../shared/domain/brand.ts';
import type { BrowserSession } from '../shared/domain/browser-session.ts';
import { findClient } from '../shared/domain/clients.ts';
import { countGuess, type GuessDeps } from '../shared/domain/count-guess.ts';
import { newEvent } from '../shared/domain/event.ts';
import { type Flow, flowItemKey } from '../shared/domain/flow.ts';
import { type FormerSessionDeps, formerSession } from '../shared/domain/former-session.ts';
import { type FlowId, newUserId, type Random } from '../shared/domain/id.ts';
import { type JudgeDeps, judgeGuess } from '../shared/domain/judge-guess.ts';
import { type Entry, letIn } from '../shared/domain/let-in.ts';
import { Refusal } from '../shared/domain/refusal.ts';
import { noRisk } from '../shared/domain/risk.ts';
import type { SessionDevice } from '../shared/domain/session.ts';
import { type PersonalData, userItemKey } from '../shared/domain/user.ts';
import type { Bound } from '../shared/store/bind.ts';
import type { createAccount, NewAccount } from '../shared/store/create-account.ts';
import type { seal } from '../shared/vault/sealed-box.ts';
import type { SealingRing } from '../shared/vault/sealing-ring.ts';
import type { PendingAccount } from './pending-account.ts';

export interface VerificationDeps {
  readonly brand: Brand;
  readonly random: Random;
  readonly sealing: SealingRing;
  readonly seal: typeof seal;
  readonly store: GuessDeps['store'] &
    JudgeDeps['store'] &
    FormerSessionDeps['store'] &
    Bound<{
      readonly createAccount: typeof createAccount;
    }>;
}

/** An account that has just been made, and the session that begins with it. */
export interface VerifiedRegistration {
  readonly entry: Entry;
  readonly identHash: string;
  /** Otherwise the person goes on to make a passkey. */
  readonly hasPassword: boolean;
}

/** The account that a proven flow becomes. */
function newAccount(
  deps: VerificationDeps,
  flow: Flow,
  entrance: Entrance,
  device: SessionDevice,
  former: BrowserSession | undefined,
  now: number,
): NewAccount {
  const { brand, random, sealing } = deps;
  const pending = sealing.openEphemeral(flowItemKey(flow.id), flow.sealed) as PendingAccount;
  const { passwordHash: hash } = pending;
  const sub = newUserId(random);
  const dataKey = sealing.newDataKey(sub);
  const personal: PersonalData = { email: pending.email, profile: pending.profile };
  const { email } = pending;
  const { locale } = flow;
  const methods = ['mailed-code'] as const;
  // A new account has no factor, and nothing that a risk could be measured by.
  const proof = { userId: sub, email, methods, device, locale, enrolled: undefined, risk: noRisk, former };
  return {
    user: {
      id: sub,
      status: 'active',
      identHash: flow.identHash,
      sealed: deps.seal(dataKey.key, personal, userItemKey(sub)),
      locale: flow.locale,
      createdAt: now,
      updatedAt: now,
      version: 1,
      sessionsValidFrom: now,
    },
    dataKey: { wrapped: dataKey.wrapped, kek: dataKey.kek },
    credential: hash === undefined ? undefined : { userId: sub, hash, status: 'active', changedAt: now },
    consents: pending.decisions.map((consent) => {
      const { purpose, version, granted, clientId } = consent;
      const type = granted ? 'consent.granted' : 'consent.withdrawn';
      return { consent, event: newEvent(type, { sub, purpose, version, client: clientId }, now, random) };
    }),
    registered: newEvent('user.registered', { sub, client: entrance.client.id, locale: flow.locale }, now, random),
    entry: letIn({ brand, random, now, ...sealing }, entrance, proof),
  };
}

/**
 * Proves the address of a sign-up: the try is counted, then judged, then the flow becomes an account and a session in
 * one transaction. Two waves, and one between them where the browser has a session, which ends.
 * @throws Refusal `too_many_requests`, `code_spent`, `flow_expired`, `code_invalid`, `identifier_taken`, `conflict_retry`,
 * `unavailable`; those of the way in
 */
export async function verifyRegistration(
  deps: VerificationDeps,
  id: FlowId,
  code: string,
  way: WayIn,
  device: SessionDevice,
  now: number,
): Promise<VerifiedRegistration> {
  const { brand, store } = deps;
  const { attempt } = await countGuess(deps, id, { purpose: 'registration', at: way.at }, device.ip, now);
  const flow = await judgeGuess(deps, attempt, code, { ip: device.ip, asn: device.edge?.asn }, now);
  const client = findClient(brand, flow.clientId);
  if (!client) throw new Refusal('flow_expired');

  const entrance = way.entranceOf(client);
  const former = await formerSession(deps, entrance, now);
  const account = newAccount(deps, flow, entrance, device, former, now);
  const outcome = await store.createAccount(flow, account, now);
  if (outcome === 'flow_gone') throw new Refusal('flow_expired');
  if (outcome === 'address_taken') throw new Refusal('identifier_taken');
  return { entry: account.entry, identHash: flow.identHash, hasPassword: account.credential !== undefined };
}
