import { api } from '../shared/http/api.ts';
import { lateErrorPage } from '../shared/http/late-error-page.ts';
import { startRuntime } from '../shared/http/runtime.ts';
import { contract } from './contract.ts';
import { decisionEndpoints } from './decision-endpoints.ts';

const runtime = startRuntime();

export const handler = api(runtime, contract, decisionEndpoints(runtime), lateErrorPage);
