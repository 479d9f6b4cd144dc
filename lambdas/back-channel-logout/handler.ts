import type { EventBridgeEvent } from 'aws-lambda';
import type { Client } from '../shared/domain/brand.ts';
import { isSessionId, isUserId, type SessionId, type UserId } from '../shared/domain/id.ts';
import { log } from '../shared/http/log.ts';
import { startRuntime } from '../shared/http/runtime.ts';
import { bind } from '../shared/store/bind.ts';
import { endSession, listSessions } from '../shared/store/session-store.ts';
import { endClientSessions } from './end-client-sessions.ts';
import { logoutToken } from './logout-token.ts';
import { tellClient } from './tell-client.ts';

const { brand, issuer, random, clock, tables, signing } = startRuntime();
const store = bind(tables, { endSession, listSessions });

async function tell(client: Client, sub: UserId, sid: SessionId): Promise<void> {
  const token = await logoutToken({ issuer, signing: await signing(), random, now: clock() }, client, sub, sid);
  const outcome = await tellClient(client.backchannelLogoutUri ?? '', token);
  log('info', 'logout.told', { client: client.id, outcome });
}

interface Ended {
  readonly data: { readonly sub: string; readonly session: string };
}

/** A failure is thrown: Lambda calls again, and then puts the event into the dead-letter queue (LO2). */
export async function handler({ detail }: EventBridgeEvent<string, Ended>): Promise<void> {
  const { sub, session } = detail.data;
  if (!isUserId(sub) || !isSessionId(session)) return;
  await endClientSessions({ brand, random, store, tell }, sub, session, clock());
}
