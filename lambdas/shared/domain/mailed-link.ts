import type { CountedTry } from './code-flow.ts';
import type { Flow } from './flow.ts';
import type { FlowId } from './id.ts';
import { Refusal } from './refusal.ts';
import { isSameSecret } from './same-secret.ts';

/** The keyed functions of links; the sealing ring's. Each purpose has a key of its own (VC4). */
export type LinkMac = (purpose: 'link' | 'link-browser', text: string) => Buffer;

/**
 * The proof in a mailed link: 256 bits, derived from the same nonce as the code beside it, hence nowhere stored. A new
 * code kills both (VC6).
 */
export function linkToken(mac: LinkMac, { id, codeNonce }: Pick<Flow, 'id' | 'codeNonce'>): string {
  return mac('link', `${id}|${codeNonce}`).toString('base64url');
}

/** The link of a mail. Its host is configuration (VC8); opening it changes nothing (VC7). */
export function mailedLink(issuer: string, mac: LinkMac, flow: Pick<Flow, 'id' | 'codeNonce'>): string {
  const query = new URLSearchParams({ flow: flow.id satisfies FlowId, token: linkToken(mac, flow) });
  return `${issuer}/sign-in/link?${query}`;
}

/** By what a flow knows the browser that began it again: a keyed hash of the browser's own mark. */
export function browserHash(mac: LinkMac, nonce: string): string {
  return mac('link-browser', nonce).toString('base64url');
}

/** Whether a link is the flow's own, and of its present code. */
export function isLinkOf(mac: LinkMac, flow: Pick<Flow, 'id' | 'codeNonce'>, token: string): boolean {
  return isSameSecret(token, linkToken(mac, flow));
}

/**
 * Judges a counted try with a link: as good as the code, in the browser that asked for it and in no other.
 * @throws Refusal `code_spent`, `flow_expired`
 */
export function judgeLink(mac: LinkMac, attempt: CountedTry, token: string, browser: string): Flow {
  if (attempt.state === 'spent') throw new Refusal('code_spent');
  if (attempt.state === 'gone') throw new Refusal('flow_expired');
  const { flow } = attempt;
  if (flow.browser === undefined || flow.browser !== browser || !isLinkOf(mac, flow, token)) {
    throw new Refusal('flow_expired');
  }
  return flow;
}
