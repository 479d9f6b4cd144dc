import { Refusal } from '../shared/domain/refusal.ts';

/** Milliseconds that a client has to answer. */
const patience = 5000;

/**
 * Delivers a logout token (OIDC Back-Channel Logout section 2.5). The address is the brand's configuration, never a
 * client's wish, and a redirect is not followed, so nobody can steer this function to another host (LO2).
 * @throws Refusal `unavailable` where the client may take it later
 */
export async function tellClient(uri: string, logoutToken: string): Promise<'told' | 'refused'> {
  let status: number;
  try {
    const reply = await fetch(uri, {
      method: 'POST',
      redirect: 'manual',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ logout_token: logoutToken }),
      signal: AbortSignal.timeout(patience),
    });
    await reply.body?.cancel();
    status = reply.status;
  } catch (cause) {
    throw new Refusal('unavailable', { cause });
  }
  if (status === 429 || status >= 500) throw new Refusal('unavailable');
  return status < 300 ? 'told' : 'refused';
}
