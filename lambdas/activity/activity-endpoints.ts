import type { UserId } from '../shared/domain/id.ts';
import type { PersonDeps } from '../shared/domain/signed-in-person.ts';
import { accountPages } from '../shared/http/account-pages.ts';
import type { Runtime } from '../shared/http/runtime.ts';
import type { listActivity } from '../shared/store/activity-store.ts';
import type { Bound } from '../shared/store/bind.ts';
import { activityPage } from './activity-page.tsx';
import { mostLines, viewActivity } from './view-activity.ts';

/** The page of recent sign-ins: one wave. */
export function activityEndpoints(
  runtime: Runtime,
  store: PersonDeps['store'] & Bound<{ readonly listActivity: typeof listActivity }>,
) {
  const { ask } = accountPages(runtime, store);
  const lines = { beside: (user: UserId) => store.listActivity(user, mostLines) };
  return {
    'GET /account/security/activity': ask(lines, async ({ visit, found }) => {
      const shown = viewActivity(visit.sealing, found);
      return visit.show((view) => activityPage(view, shown));
    }),
  };
}
