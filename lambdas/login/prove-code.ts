import { assessSignIn, knownUse, type UseDeps } from '../shared/domain/assess-sign-in.ts';
import type { Entrance } from '../shared/domain/beginning.ts';
import type { Brand, Client } from '../shared/domain/brand.ts';
import { findClient } from '../shared/domain/clients.ts';
import { judgeCode } from '../shared/domain/code-flow.ts';
import { type FlowSecrets, flowItemKey } from '../shared/domain/flow.ts';
import type { FlowId, Random } from '../shared/domain/id.ts';
import { type Entry, letIn } from '../shared/domain/let-in.ts';
import { networkOf } from '../shared/domain/network.ts';
import { Refusal } from '../shared/domain/refusal.ts';
import { deviceOf, type SignInCaller } from '../shared/domain/sign-in-caller.ts';
import { checkLimits } from '../shared/domain/throttle.ts';
import type { Bound } from '../shared/store/bind.ts';
import type { findCredentials } from '../shared/store/credential-store.ts';
import type { countTry } from '../shared/store/flow-store.ts';
import type { countUp } from '../shared/store/rate-store.ts';
import type { signInByCode } from '../shared/store/sign-in-by-code.ts';
import type { findOwner } from '../shared/store/user-store.ts';
import type { SealingRing } from '../shared/vault/sealing-ring.ts';

export interface CodeDeps {
  readonly brand: Brand;
  readonly random: Random;
  readonly sealing: SealingRing;
  readonly store: Bound<{
    readonly countTry: typeof countTry;
    readonly countUp: typeof countUp;
    readonly findOwner: typeof findOwner;
    readonly findCredentials: typeof findCredentials;
    readonly signInByCode: typeof signInByCode;
  }> &
    UseDeps['store'];
}

/**
 * Proves a mailed code: the try is counted, then judged; the code is consumed by the transaction that goes on
 * from it, under the condition that the person is active (LOG7, VC2).
 * @param entranceOf where the client of the flow lets the person in; may refuse before the code is spent
 * @throws Refusal `too_many_requests`, `code_spent`, `flow_expired`, `code_invalid`, `unavailable`; those of `letIn`
 */
export async function proveCode(
  deps: CodeDeps,
  id: FlowId,
  code: string,
  entranceOf: (client: Client) => Entrance,
  caller: SignInCaller,
  now: number,
): Promise<{ readonly entry: Entry; readonly identHash: string }> {
  const { brand, random, sealing, store } = deps;
  const network = sealing.lookup('ip', networkOf(caller.ip));
  const [attempt, tries] = await Promise.all([
    store.countTry(id, 'login-code', now, brand.limits.triesPerCode),
    store.countUp({ scope: 'ip-tries', hash: network, limit: brand.limits.triesPerIp }, now),
  ]);
  checkLimits([tries]);
  const flow = judgeCode(attempt, code, sealing.mailedCode);
  const client = findClient(brand, flow.clientId);
  if (!client) throw new Refusal('flow_expired');
  const entrance = entranceOf(client);

  const [userId, { enrolled }, known] = await Promise.all([
    store.findOwner(flow.identHash),
    store.findCredentials(flow.identHash),
    knownUse(deps, caller, flow.identHash),
  ]);
  if (!userId) throw new Refusal('code_invalid', { errors: [{ field: 'code', rule: 'code_invalid' }] });
  const { email } = sealing.openEphemeral(flowItemKey(flow.id), flow.sealed) as FlowSecrets;
  const { locale } = flow;
  const proof = {
    userId,
    email,
    methods: ['mailed-code'],
    device: deviceOf(caller),
    locale,
    enrolled,
    risk: assessSignIn(deps, caller, known, { ip: tries }, now),
  } as const;
  const entry = letIn({ brand, random, now, ...sealing }, entrance, proof);
  if (!(await store.signInByCode(flow, userId, entry, now))) throw new Refusal('flow_expired');
  return { entry, identHash: flow.identHash };
}
