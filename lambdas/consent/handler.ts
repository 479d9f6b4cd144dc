import { api } from '../shared/http/api.ts';
import { ownBearer } from '../shared/http/bearer.ts';
import { startRuntime } from '../shared/http/runtime.ts';
import { bind } from '../shared/store/bind.ts';
import { consentHistory, currentConsents } from '../shared/store/consent-store.ts';
import { recordConsent } from '../shared/store/record-consent.ts';
import { findSession } from '../shared/store/session-store.ts';
import { findUser } from '../shared/store/user-store.ts';
import { contract } from './contract.ts';
import { decideConsent } from './decide-consent.ts';
import { listConsents, listDecisions } from './list-consents.ts';

const runtime = startRuntime();
const { brand, random, clock } = runtime;
const store = bind(runtime.tables, { findSession, findUser, currentConsents, consentHistory, recordConsent });
const deps = { brand, random, store };

export const handler = api(runtime, contract, {
  'GET /v1/consents': async (request) => {
    const who = await ownBearer(runtime, request);
    const consents = await listConsents(deps, who, request.headers['accept-language'], clock());
    return { status: 200, body: { consents }, audit: { sub: who.user } };
  },

  'PUT /v1/consents/{purpose}': async (request) => {
    const who = await ownBearer(runtime, request);
    const { path, body, headers } = request;
    const consent = await decideConsent(deps, who, path.purpose ?? '', body, headers['accept-language'], clock());
    return { status: 200, body: consent, audit: { sub: who.user } };
  },

  'GET /v1/consents/history': async (request) => {
    const who = await ownBearer(runtime, request);
    return { status: 200, body: { history: await listDecisions(deps, who, clock()) }, audit: { sub: who.user } };
  },
});
