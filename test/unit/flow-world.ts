import { cancelAddressChange } from '../../lambdas/account/cancel-address-change.ts';
import { confirmAddressChange } from '../../lambdas/account/confirm-address-change.ts';
import { startAddressChange } from '../../lambdas/account/start-address-change.ts';
import { proveCode } from '../../lambdas/login/prove-code.ts';
import { startCodeSignIn } from '../../lambdas/login/start-code-sign-in.ts';
import { setRecoveredPassword } from '../../lambdas/recovery/set-recovered-password.ts';
import { startRecovery } from '../../lambdas/recovery/start-recovery.ts';
import { resendSignUpCode } from '../../lambdas/registration/resend-sign-up-code.ts';
import { startRegistration } from '../../lambdas/registration/start-registration.ts';
import { verifyRegistration } from '../../lambdas/registration/verify-registration.ts';
import type { Brand } from '../../lambdas/shared/domain/brand.ts';
import { normaliseEmail } from '../../lambdas/shared/domain/email-address.ts';
import { type FlowId, isFlowId, systemRandom } from '../../lambdas/shared/domain/id.ts';
import { sessionOrRefusal } from '../../lambdas/shared/domain/let-in.ts';
import { ownAccount } from '../../lambdas/shared/domain/own-account.ts';
import { Refusal } from '../../lambdas/shared/domain/refusal.ts';
import { spentLimits } from '../../lambdas/shared/domain/spent-limits.ts';
import { type Bearer, verifyAccessToken } from '../../lambdas/shared/oidc/access-token.ts';
import { begunTokens } from '../../lambdas/shared/oidc/begun-tokens.ts';
import { byJson } from '../../lambdas/shared/oidc/client-entrance.ts';
import { bind } from '../../lambdas/shared/store/bind.ts';
import { followBrowserSession } from '../../lambdas/shared/store/browser-session-store.ts';
import { changeAddress } from '../../lambdas/shared/store/change-address.ts';
import { resetPassword } from '../../lambdas/shared/store/change-password.ts';
import { createAccount } from '../../lambdas/shared/store/create-account.ts';
import { findCredentials, findPassword } from '../../lambdas/shared/store/credential-store.ts';
import { cancelFlow, countTry, findFlow, renewCode, startFlow } from '../../lambdas/shared/store/flow-store.ts';
import { spendOnce } from '../../lambdas/shared/store/jti-store.ts';
import { findNumber } from '../../lambdas/shared/store/phone-store.ts';
import { countUp, findCounted, untilWindowEnds } from '../../lambdas/shared/store/rate-store.ts';
import { findSeen } from '../../lambdas/shared/store/seen-store.ts';
import { findSession } from '../../lambdas/shared/store/session-store.ts';
import { signInByCode } from '../../lambdas/shared/store/sign-in-by-code.ts';
import { findDataKey, findOwner, findUser } from '../../lambdas/shared/store/user-store.ts';
import { checkProof, newChallenge } from '../../lambdas/shared/vault/proof-of-work.ts';
import { open, seal } from '../../lambdas/shared/vault/sealed-box.ts';
import { sampleBrands } from './mail-samples.ts';
import { atOnce, MemoryTables, type Network } from './memory-tables.ts';
import { sampleIssuer, sampleSealing, sampleSigning } from './sample-keys.ts';

export const start = Date.parse('2026-11-21T14:05:00Z');
const plenty = { max: 1_000_000, window: 3600 };
const [northwind] = sampleBrands;
/** The brand with limits of address and network out of the way: what is left is the code's own. */
export const brand: Brand = {
  ...northwind,
  limits: {
    ...northwind.limits,
    codesPerAddress: plenty,
    startsPerIp: plenty,
    startsPerAccount: plenty,
    triesPerIp: plenty,
  },
};
const ring = sampleSealing();
const signing = await sampleSigning();
const device = { ip: '192.0.2.1', userAgent: 'Test' };
const caller = { ip: device.ip, acceptLanguage: undefined };
const signInCaller = { ...device, acceptLanguage: undefined, remembered: () => undefined, locale: 'en' } as const;
const web = brand.clients.find(({ id }) => id === 'northwind-web');
if (!web) throw new Error('the brand has no web client');
const client = web;
const never = async () => false;
/** The JSON journeys: the client of a flow lets the person in with all that it is registered for. */
const way = byJson(brand, undefined);
const at = 'client';

/** `ok`, or the code of the refusal. A fault is thrown. */
export type Outcome = string;

async function outcomeOf(work: Promise<unknown>): Promise<Outcome> {
  try {
    return (await work) === false ? 'over' : 'ok';
  } catch (error) {
    if (error instanceof Refusal) return error.code;
    throw error;
  }
}

function addressOf(text: string) {
  const address = normaliseEmail(text);
  if (!address) throw new Error(`${text} is no address`);
  return address;
}

/** The journeys that mail a code, at their real use cases and store verbs, over tables in memory. */
export function flowWorld(network: Network = atOnce) {
  const state = { quiet: true };
  const memory = new MemoryTables((apply, operation, input) =>
    state.quiet ? atOnce(apply, operation, input) : network(apply, operation, input),
  );
  /** How often a guess was compared with each code, by the code's nonce. */
  const judged = new Map<string, number>();
  const sealing: typeof ring = {
    ...ring,
    mailedCode: (flow) => {
      judged.set(flow.nonce, (judged.get(flow.nonce) ?? 0) + 1);
      return ring.mailedCode(flow);
    },
  };
  const reads = {
    findFlow,
    findOwner,
    findNumber,
    findUser,
    findDataKey,
    findSession,
    findPassword,
    findCredentials,
    findSeen,
  };
  const writes = { startFlow, renewCode, countTry, countUp, createAccount, signInByCode, resetPassword };
  const fences = { spendOnce, findCounted, countNearby: async () => {} };
  const store = bind(memory.tables, {
    ...reads,
    ...writes,
    ...fences,
    changeAddress,
    cancelFlow,
    followBrowserSession,
  });
  const deps = {
    ...{ brand, issuer: sampleIssuer, lifetimes: brand.lifetimes, random: systemRandom, sealing, open, seal, store },
    ...{
      signing: signing.ring,
      untilWindowEnds,
      isCommon: () => false,
      isBreached: never,
      usesThrowawayMailbox: never,
    },
    work: { checkProof, newChallenge, alerts: async () => [], spent: spentLimits() },
    hashPassword: async (password: string) => `hash of ${password}`,
    verifyPassword: async (password: string, stored?: string) => ({
      matches: stored === `hash of ${password}`,
      outdated: false,
    }),
  };

  function itemOf(id: FlowId) {
    const item = memory.items.get(`Sessions FLOW#${id} #`);
    if (!item) throw new Error('no such flow');
    return item;
  }

  const begin = {
    registration: (email: string, now: number) =>
      startRegistration(deps, { at, client, email: addressOf(email), password: 'wooden lantern swims' }, caller, now),
    'login-code': (email: string, now: number) =>
      startCodeSignIn(deps, { at, client, email: addressOf(email) }, caller, now),
    recovery: (email: string, now: number) => startRecovery(deps, { at, client, email: addressOf(email) }, caller, now),
  };
  const prove = {
    registration: (id: FlowId, code: string, now: number) => verifyRegistration(deps, id, code, way, device, now),
    'login-code': (id: FlowId, code: string, now: number) => proveCode(deps, id, { code }, way, signInCaller, now),
    recovery: (id: FlowId, code: string, now: number) =>
      setRecoveredPassword(
        deps,
        id,
        { at, code, password: `velvet otter ${systemRandom(6).toString('hex')}` },
        device,
        now,
      ),
  };

  return {
    memory,
    judged,
    /** From here on the network is in force. */
    loud: () => {
      state.quiet = false;
    },
    codeOf: (id: FlowId): string => {
      const { purpose, codeNonce } = itemOf(id);
      return ring.mailedCode({ id, purpose, nonce: codeNonce });
    },
    itemOf,
    begin: async (purpose: keyof typeof begin, email: string, now: number): Promise<FlowId> => {
      const { flow } = await begin[purpose](email, now);
      if (!isFlowId(flow)) throw new Error('no flow id');
      return flow;
    },
    /** Shows a code to the use case of `purpose`, whatever the flow was begun for. */
    prove: (purpose: keyof typeof prove, id: FlowId, code: string, now: number) =>
      outcomeOf(prove[purpose](id, code, now)),
    resend: (id: FlowId, now: number) => outcomeOf(resendSignUpCode(deps, id, at, device.ip, now)),
    /** Signs a new person up; what they hold then. */
    register: async (email: string, now: number): Promise<Bearer> => {
      const { flow } = await begin.registration(email, now);
      const { purpose, codeNonce } = itemOf(flow as FlowId);
      const code = ring.mailedCode({ id: flow, purpose, nonce: codeNonce });
      const { entry } = await verifyRegistration(deps, flow as FlowId, code, way, device, now);
      const beginning = sessionOrRefusal(entry, now);
      const tokens = await begunTokens({ ...deps, signing: signing.ring, now }, beginning);
      return verifyAccessToken(tokens.access_token, sampleIssuer, async () => signing.publicKeys, now);
    },
    changeAddress: async (bearer: Bearer, email: string, now: number): Promise<FlowId> => {
      const { flow } = await startAddressChange(
        deps,
        await ownAccount(deps, bearer, now),
        { email: addressOf(email) },
        device.ip,
        now,
      );
      return flow as FlowId;
    },
    confirm: (bearer: Bearer, id: FlowId, code: string, now: number) =>
      outcomeOf(ownAccount(deps, bearer, now).then((own) => confirmAddressChange(deps, own, id, code, device, now))),
    cancel: (id: FlowId, now: number) => outcomeOf(cancelAddressChange(deps, id, now)),
    /** Whose address it is, and whether a password is filed under it. */
    ownerOf: (email: string) => memory.items.get(`Directory IDENT#${ring.lookup('email', addressOf(email))} #`)?.userId,
    passwordOf: (email: string) =>
      memory.items.get(`Directory CRED#${ring.lookup('email', addressOf(email))} password`)?.hash,
  };
}

/** A code that is not this one. */
export function wrongOf(code: string, by = 1): string {
  return String((Number(code) + by) % 1_000_000).padStart(6, '0');
}
