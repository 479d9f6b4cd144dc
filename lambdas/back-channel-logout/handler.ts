import type { EventBridgeEvent } from 'aws-lambda';
import type { Client } from '../shared/domain/brand.ts';
import type { PublishedEvent } from '../shared/domain/events.ts';
import type { EventId, SessionId, UserId } from '../shared/domain/id.ts';
import { log } from '../shared/http/log.ts';
import { startRuntime } from '../shared/http/runtime.ts';
import { bind } from '../shared/store/bind.ts';
import { findBrowserSession } from '../shared/store/browser-session-store.ts';
import { claimTelling, markTold } from '../shared/store/logout-telling.ts';
import { endSession, listSessions } from '../shared/store/session-store.ts';
import { findUser } from '../shared/store/user-store.ts';
import { endClientSessions } from './end-client-sessions.ts';
import { logoutToken } from './logout-token.ts';
import { tellClient } from './tell-client.ts';
import { whatEnded } from './what-ended.ts';

const { brand, issuer, random, clock, tables, signing } = startRuntime();
const store = bind(tables, { findUser, findBrowserSession, listSessions, endSession, claimTelling, markTold });

const teller = (by: string) => async (client: Client, sub: UserId, sid: SessionId) => {
  const token = await logoutToken({ issuer, signing: await signing(), by, now: clock() }, client, sub, sid);
  const outcome = await tellClient(client.backchannelLogoutUri ?? '', token);
  log('info', 'logout.told', { client: client.id, outcome });
};

/** A failure is thrown: Lambda calls again, and then puts the event into the dead-letter queue (LO2). */
export async function handler({ detail }: EventBridgeEvent<string, PublishedEvent>): Promise<void> {
  const found = whatEnded(detail);
  if (!found) return;
  const { sub, ending } = found;
  const tell = teller(detail.id);
  await endClientSessions({ brand, random, store, tell }, sub, ending, detail.id as EventId, clock());
}
