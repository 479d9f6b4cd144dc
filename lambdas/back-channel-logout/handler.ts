import type { DynamoDBBatchResponse, DynamoDBStreamEvent } from 'aws-lambda';
import type { Client } from '../shared/domain/brand.ts';
import type { SessionId, UserId } from '../shared/domain/id.ts';
import { processChanges } from '../shared/domain/process-changes.ts';
import { describeError, log } from '../shared/http/log.ts';
import { startRuntime } from '../shared/http/runtime.ts';
import { bind } from '../shared/store/bind.ts';
import { endSession, listSessions } from '../shared/store/session-store.ts';
import { readChanges } from '../shared/store/stream-changes.ts';
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

export async function handler({ Records }: DynamoDBStreamEvent): Promise<DynamoDBBatchResponse> {
  const { changes, unreadable } = readChanges(Records);
  const ended = changes.filter(({ event }) => event.type === 'browser_session.ended');
  const failed = await processChanges(ended, {
    partyOf: ({ item }) => String(item.pk),
    deal: ({ item }) => {
      const sub = String(item.pk).slice('SESSION#'.length) as UserId;
      return endClientSessions({ brand, random, store, tell }, sub, item.sk as SessionId, clock());
    },
    report: ({ event }, error) => log('error', 'logout.failed', { event: event.id, ...describeError(error) }),
  });
  return { batchItemFailures: [...unreadable, ...failed].map((itemIdentifier) => ({ itemIdentifier })) };
}
