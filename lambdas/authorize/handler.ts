import { api } from '../shared/http/api.ts';
import { lateErrorPage } from '../shared/http/late-error-page.ts';
import { startRuntime } from '../shared/http/runtime.ts';
import { authorizeEndpoints } from './authorize-endpoints.ts';
import { contract } from './contract.ts';

const runtime = startRuntime();
const endpoints = authorizeEndpoints(runtime);

export const handler = api(
  runtime,
  contract,
  {
    'GET /oauth2/authorize': endpoints.byQuery,
    'POST /oauth2/authorize': endpoints.byForm,
    'GET /oauth2/authorize/continue': endpoints.goOn,
    'POST /oauth2/par': endpoints.push,
  },
  lateErrorPage,
);
