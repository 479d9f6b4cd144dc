import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { capabilities } from '../../bin/capabilities.ts';
import { eventContracts } from '../../bin/contract-events.ts';
import { contracts } from '../../bin/contracts.ts';
import { openapi } from '../../bin/openapi.ts';
import { checkedVisitor } from './support/checked-visitor.ts';
import { openapiDocument } from './support/contract-check.ts';
import { askDesk } from './support/faults.ts';
import { awaitMail, codeOf } from './support/inbox.ts';
import { refresh, signIn, signUp } from './support/journeys.ts';

const root = resolve(import.meta.dirname, '../..');
const text = (path: string) => readFileSync(join(root, path), 'utf8');

describe('the contract as it is checked in', () => {
  it('ADM1: openapi.json is what the schemas say today (npm run contract)', () => {
    const { version } = JSON.parse(text('package.json')) as { readonly version: string };
    expect(JSON.parse(text('contract/openapi.json'))).toEqual(JSON.parse(JSON.stringify(openapi(version))));
  });

  it('GD3: the event schemas are what the catalogue says today, no more and no fewer', () => {
    const files = Object.fromEntries(
      readdirSync(join(root, 'contract/events')).map((name) => [name, text(`contract/events/${name}`)]),
    );
    expect(files).toEqual(Object.fromEntries(eventContracts()));
  });

  it('ADM1: routes and contracts name the same operations, both ways', () => {
    for (const { name, trigger } of capabilities) {
      const routes = trigger.kind === 'http' ? trigger.routes.map(({ method, path }) => `${method} ${path}`) : [];
      expect(Object.keys(contracts[name] ?? {}).toSorted()).toEqual(routes.toSorted());
    }
    const paths = Object.entries(openapiDocument.paths).flatMap(([path, item]) =>
      Object.keys(item).map((method) => `${method.toUpperCase()} ${path}`),
    );
    const routes = capabilities.flatMap(({ trigger }) =>
      trigger.kind === 'http' ? trigger.routes.map(({ method, path }) => `${method} ${path}`) : [],
    );
    expect(paths.toSorted()).toEqual(routes.toSorted());
  });

  it('ADM1: operation ids are unique, and every bearer route says so', () => {
    const operations = Object.values(openapiDocument.paths).flatMap((item) => Object.values(item)) as readonly {
      readonly operationId?: string;
    }[];
    const ids = operations.map(({ operationId }) => operationId);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { trigger } of capabilities) {
      for (const { method, path, auth } of trigger.kind === 'http' ? trigger.routes : []) {
        const operation = openapiDocument.paths[path]?.[method.toLowerCase()] as { readonly security?: unknown };
        if (auth === 'bearer') expect(operation.security).toEqual([{ bearer: [] }]);
      }
    }
  });
});

describe.each(['northwind', 'solmar'] as const)('answers and events at %s', (brand) => {
  it('ADM7: a long journey keeps to the contract at each step, and so does each event on the bus', async () => {
    const visitor = checkedVisitor(brand);
    const name = 'Ida Umlauf-Østergård';
    const member = await signUp(visitor, { profile: { name } });
    const { email, password } = member;
    const { access_token: token, refresh_token } = (await signIn(visitor, email, password)).json;
    await refresh(visitor, refresh_token);
    const byCode = await visitor.post('/v1/login/code', { client_id: visitor.client, email });
    const code = codeOf(await awaitMail(email, 2, brand));
    expect((await visitor.post(`/v1/login/code/${byCode.json.flow}`, { code })).status).toBe(200);
    for (const path of ['/v1/account', '/v1/consents', '/v1/consents/history', '/v1/account/sessions']) {
      expect((await visitor.get(path, { token })).status).toBe(200);
    }
    const recovery = await visitor.post('/v1/recoveries', { client_id: visitor.client, email });
    const proof = codeOf(await awaitMail(email, 3, brand));
    const body = { code: proof, password: 'four kind otters in the rain' };
    expect((await visitor.post(`/v1/recoveries/${recovery.json.flow}/password`, body)).status).toBe(204);
    await awaitMail(email, 4, brand);

    const schemas = new Map(
      [...eventContracts()].map(([name, schema]) => [name.replace('.json', ''), z.fromJSONSchema(JSON.parse(schema))]),
    );
    const all = (await askDesk(brand, 'GET', 'events')) as readonly {
      readonly event: { readonly detail: { readonly type?: string } };
    }[];
    const events = all.map(({ event }) => event.detail).filter(({ type }) => type !== undefined && schemas.has(type));
    expect(events.length).toBeGreaterThan(0);
    for (const detail of events) {
      const { success, error } = schemas.get(String(detail.type))?.safeParse(detail) ?? {};
      expect([detail.type, success, error?.message]).toEqual([detail.type, true, undefined]);
    }
    const said = JSON.stringify(events);
    expect([email, name].filter((personal) => said.includes(personal))).toEqual([]);
  });
});
