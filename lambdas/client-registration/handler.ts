import { Refusal } from '../shared/domain/refusal.ts';
import { api } from '../shared/http/api.ts';
import { startRuntime } from '../shared/http/runtime.ts';
import { bind } from '../shared/store/bind.ts';
import {
  addRegistration,
  endRegistration,
  findRegistration,
  mayRegister,
  replaceRegistration,
} from '../shared/store/client-store.ts';
import { clientInformation } from './client-information.ts';
import { deleteClient, ownRegistration, replaceClient } from './configure-client.ts';
import { contract } from './contract.ts';
import { registerClient } from './register-client.ts';

const runtime = startRuntime();
const { brand, issuer, random, clock } = runtime;
const changes = { addRegistration, replaceRegistration, endRegistration };
const store = bind(runtime.tables, { mayRegister, findRegistration, ...changes });

/** Where the brand lets nobody register there is nothing here. */
function deps() {
  const { dynamicRegistration: allowed } = brand;
  if (!allowed) throw new Refusal('not_found');
  return { brand, allowed, random, store };
}

export const handler = api(runtime, contract, {
  'POST /oauth2/register': async (request) => {
    const done = await registerClient(deps(), request.headers.authorization, () => request.body, clock());
    const { registered, credentials } = done;
    const body = clientInformation(issuer, registered, credentials);
    return { status: 201, headers: { pragma: 'no-cache' }, body, audit: { client: registered.client.id } };
  },

  'GET /oauth2/register/{client}': async ({ headers, path }) => {
    const { accessToken, ...found } = await ownRegistration(deps(), headers.authorization, path.client ?? '');
    return { status: 200, body: clientInformation(issuer, found, { accessToken }), audit: { client: found.client.id } };
  },

  'PUT /oauth2/register/{client}': async (request) => {
    const { headers, path } = request;
    const read = () => request.body;
    const done = await replaceClient(deps(), headers.authorization, path.client ?? '', read, clock());
    const { registered, credentials } = done;
    const body = clientInformation(issuer, registered, credentials);
    return { status: 200, headers: { pragma: 'no-cache' }, body, audit: { client: registered.client.id } };
  },

  'DELETE /oauth2/register/{client}': async ({ headers, path }) => {
    await deleteClient(deps(), headers.authorization, path.client ?? '', clock());
    return { status: 204 };
  },
});
