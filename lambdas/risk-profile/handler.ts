import type { EventBridgeEvent } from 'aws-lambda';
import { isSessionId, isUserId } from '../shared/domain/id.ts';
import type { ReasonCode } from '../shared/domain/risk.ts';
import { startRuntime } from '../shared/http/runtime.ts';
import { addActivity } from '../shared/store/activity-store.ts';
import { bind } from '../shared/store/bind.ts';
import { findBrowserSession } from '../shared/store/browser-session-store.ts';
import { changeSeen } from '../shared/store/seen-store.ts';
import { findSession } from '../shared/store/session-store.ts';
import { findUser } from '../shared/store/user-store.ts';
import { rememberSignIn } from './remember-sign-in.ts';

const { clock, sealing, tables } = startRuntime();
const store = bind(tables, { addActivity, changeSeen, findBrowserSession, findSession, findUser });

interface SignedInEvent {
  readonly id: string;
  readonly at: string;
  readonly data: {
    readonly sub: string;
    readonly session: string;
    readonly client: string;
    readonly reasons?: readonly ReasonCode[];
  };
}

/** A failure is thrown: Lambda calls again, and then puts the event into the dead-letter queue. */
export async function handler({ detail }: EventBridgeEvent<string, SignedInEvent>): Promise<void> {
  const { sub, session, client, reasons = [] } = detail.data;
  if (!isUserId(sub) || !isSessionId(session)) return;
  const signedIn = { eventId: detail.id, at: Date.parse(detail.at), sub, session, client, reasons };
  await rememberSignIn({ sealing: await sealing(), store }, signedIn, clock());
}
