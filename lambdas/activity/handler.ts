import { describeDevice } from '../shared/domain/describe-device.ts';
import { requireAlive } from '../shared/domain/require-alive.ts';
import { iso } from '../shared/domain/time.ts';
import { api } from '../shared/http/api.ts';
import { ownBearer } from '../shared/http/bearer.ts';
import { lateEndpoints } from '../shared/http/late-endpoints.ts';
import { lateErrorPage } from '../shared/http/late-error-page.ts';
import { startRuntime } from '../shared/http/runtime.ts';
import { listActivity } from '../shared/store/activity-store.ts';
import { bind } from '../shared/store/bind.ts';
import { findBrowserSession } from '../shared/store/browser-session-store.ts';
import { findSession } from '../shared/store/session-store.ts';
import { findDataKey, findUser } from '../shared/store/user-store.ts';
import { contract } from './contract.ts';
import { type ActivityLine, mostLines, viewActivity } from './view-activity.ts';

const runtime = startRuntime();
const store = bind(runtime.tables, { listActivity, findBrowserSession, findSession, findUser, findDataKey });

function lineOf({ at, outcome, reasons, clientId, device }: ActivityLine) {
  const { city, country } = device.edge ?? {};
  return {
    at: iso(at),
    outcome,
    reasons: [...reasons],
    client_id: clientId,
    device: describeDevice(device.userAgent),
    ip: device.ip,
    ...(city && { city }),
    ...(country && { country }),
  };
}

export const handler = api(
  runtime,
  contract,
  {
    'GET /v1/account/activity': async (request) => {
      const [who, sealing] = await Promise.all([ownBearer(runtime, request), runtime.sealing()]);
      const [session, owner, lines] = await Promise.all([
        store.findSession(who.user, who.session),
        store.findUser(who.user),
        store.listActivity(who.user, mostLines),
      ]);
      requireAlive(session, owner, runtime.clock());
      const activity = viewActivity(sealing, lines).map(lineOf);
      return { status: 200, body: { activity }, audit: { sub: who.user, client: who.clientId } };
    },

    ...lateEndpoints(contract, async () => (await import('./activity-endpoints.ts')).activityEndpoints(runtime, store)),
  },
  lateErrorPage,
);
