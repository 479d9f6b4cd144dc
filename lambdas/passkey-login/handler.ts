import { api } from '../shared/http/api.ts';
import { lateEndpoints } from '../shared/http/late-endpoints.ts';
import { lateErrorPage } from '../shared/http/late-error-page.ts';
import { startRuntime } from '../shared/http/runtime.ts';
import { workDeps } from '../shared/http/work-deps.ts';
import { bind } from '../shared/store/bind.ts';
import { followBrowserSession } from '../shared/store/browser-session-store.ts';
import { enter } from '../shared/store/enter.ts';
import { spendOnce } from '../shared/store/jti-store.ts';
import { findPasskey, usePasskey } from '../shared/store/passkey-store.ts';
import { countUp } from '../shared/store/rate-store.ts';
import { findSeen } from '../shared/store/seen-store.ts';
import { findDataKey, findUser } from '../shared/store/user-store.ts';
import { contract } from './contract.ts';
import { passkeyEndpoints } from './passkey-endpoints.ts';

const runtime = startRuntime();
const reads = { findPasskey, findUser, findDataKey, findSeen, followBrowserSession };
const work = workDeps(runtime);
const store = bind(runtime.tables, { ...reads, usePasskey, spendOnce, countUp, enter });

export const handler = api(
  runtime,
  contract,
  {
    ...passkeyEndpoints(runtime, { work, store }),
    ...lateEndpoints(contract, async () =>
      (await import('./page-endpoints.ts')).pageEndpoints(runtime, { work, store }),
    ),
  },
  lateErrorPage,
);
