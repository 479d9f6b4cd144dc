import type { Brand } from '../shared/domain/brand.ts';
import { findClient } from '../shared/domain/clients.ts';
import { judgeCode } from '../shared/domain/code-flow.ts';
import { newEvent } from '../shared/domain/event.ts';
import type { FlowId, UserId } from '../shared/domain/id.ts';
import { networkOf } from '../shared/domain/network.ts';
import { check, Refusal } from '../shared/domain/refusal.ts';
import type { SessionDevice } from '../shared/domain/session.ts';
import { newSession } from '../shared/domain/session-start.ts';
import { checkLimits } from '../shared/domain/throttle.ts';
import { grantedScope } from '../shared/oidc/scope.ts';
import { type TokenContext, type TokenResponse, tokenResponse } from '../shared/oidc/token-response.ts';
import type { Bound } from '../shared/store/bind.ts';
import type { countTry } from '../shared/store/flow-store.ts';
import type { countUp } from '../shared/store/rate-store.ts';
import type { signInByCode } from '../shared/store/sign-in-by-code.ts';
import type { findOwner } from '../shared/store/user-store.ts';

interface Deps extends Omit<TokenContext, 'now'> {
  readonly brand: Brand;
  readonly store: Bound<{
    readonly countTry: typeof countTry;
    readonly countUp: typeof countUp;
    readonly findOwner: typeof findOwner;
    readonly signInByCode: typeof signInByCode;
  }>;
}

/**
 * Signs in with a mailed code: the try is counted, then judged; the code is consumed by the transaction that begins the
 * session, under the condition that the person is active (LOG7, VC2).
 * @throws Refusal `too_many_requests`, `code_spent`, `flow_expired`, `code_invalid`, `scope_not_allowed`, `unavailable`
 */
export async function signInWithCode(
  deps: Deps,
  id: FlowId,
  input: { readonly code: string; readonly scope?: string | undefined },
  device: SessionDevice,
  now: number,
): Promise<{ readonly tokens: TokenResponse; readonly sub: UserId; readonly identHash: string }> {
  const { brand, random, sealing, store } = deps;
  const network = sealing.lookup('ip', networkOf(device.ip));
  const [attempt, tries] = await Promise.all([
    store.countTry(id, 'login-code', now, brand.limits.triesPerCode),
    store.countUp({ scope: 'ip-tries', hash: network, limit: brand.limits.triesPerIp }, now),
  ]);
  checkLimits([tries]);
  const flow = judgeCode(attempt, input.code, sealing.mailedCode);
  const client = findClient(brand, flow.clientId);
  if (!client) throw new Refusal('flow_expired');
  const scope = grantedScope(client, input.scope);
  check(scope !== undefined, 'scope_not_allowed', { errors: [{ field: 'scope', rule: 'not_allowed' }] });

  const sub = await store.findOwner(flow.identHash);
  if (!sub) throw new Refusal('code_invalid', { errors: [{ field: 'code', rule: 'code_invalid' }] });
  const making = { lifetimes: brand.lifetimes, random, now, sealEphemeral: sealing.sealEphemeral };
  const session = newSession(making, { userId: sub, client, scope, amr: ['otp'], device });
  const signedIn = newEvent(
    'user.signed_in',
    { sub, session: session.id, client: client.id, amr: ['otp'] },
    now,
    random,
  );
  if (!(await store.signInByCode(flow, session, signedIn, now))) throw new Refusal('flow_expired');
  return { tokens: await tokenResponse({ ...deps, now }, client, session), sub, identHash: flow.identHash };
}
