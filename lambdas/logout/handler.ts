import { api } from '../shared/http/api.ts';
import { lateErrorPage } from '../shared/http/late-error-page.ts';
import { startRuntime } from '../shared/http/runtime.ts';
import { contract } from './contract.ts';
import { logoutEndpoints } from './logout-endpoints.ts';

const runtime = startRuntime();
const endpoints = logoutEndpoints(runtime);

export const handler = api(
  runtime,
  contract,
  {
    'GET /oauth2/logout': endpoints.byQuery,
    'POST /oauth2/logout': endpoints.byForm,
    'POST /oauth2/logout/confirm': endpoints.confirm,
  },
  lateErrorPage,
);
