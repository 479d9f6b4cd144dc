import type { EmailAddress } from '../shared/domain/email-address.ts';
import { type FlowSecrets, flowItemKey } from '../shared/domain/flow.ts';
import { type FlowId, isFlowId } from '../shared/domain/id.ts';
import { isLinkOf } from '../shared/domain/mailed-link.ts';
import type { AuthorizationRequest } from '../shared/oidc/authorization-request.ts';
import type { Bound } from '../shared/store/bind.ts';
import type { findFlow } from '../shared/store/flow-store.ts';
import type { SealingRing } from '../shared/vault/sealing-ring.ts';

export interface LinkDeps {
  readonly sealing: SealingRing;
  readonly store: Bound<{ readonly findFlow: typeof findFlow }>;
}

/** What a mailed link leads to. */
export interface OpenedLink {
  readonly flow: FlowId;
  /** Keyed hash of the browser that asked for it. */
  readonly browser: string;
  readonly email: EmailAddress;
  /** What the pages were doing when it was asked for. */
  readonly asked?: AuthorizationRequest;
  readonly back?: string;
}

/**
 * Looks behind a mailed link. It reads and changes nothing, so that a mail scanner that opens every link does no harm
 * (VC7). `undefined` for a link that is not ours, is over, or was followed by a newer code (VC6).
 * @throws Refusal `unavailable`
 */
export async function openLink(
  { sealing, store }: LinkDeps,
  id: string,
  token: string,
  now: number,
): Promise<OpenedLink | undefined> {
  if (!isFlowId(id)) return undefined;
  const flow = await store.findFlow(id, { purpose: 'login-code', at: 'browser' }, now);
  if (flow?.browser === undefined || !isLinkOf(sealing.mac, flow, token)) return undefined;
  const { email, asked, back } = sealing.openEphemeral(flowItemKey(id), flow.sealed) as FlowSecrets &
    Pick<OpenedLink, 'asked' | 'back'>;
  return { flow: id, browser: flow.browser, email, ...(asked && { asked }), ...(back && { back }) };
}
