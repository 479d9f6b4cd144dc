import { describe, expect, it } from 'vitest';
import { awaitMail, codeOf } from './support/inbox.ts';
import { refresh, signIn, signUp } from './support/journeys.ts';
import { newVisitor } from './support/visitor.ts';

describe.each(['northwind', 'solmar'] as const)('the first journey at %s', (brand) => {
  it('signs up, signs in, calls the API, recovers, changes consent and signs out', async () => {
    const visitor = newVisitor(brand);
    const member = await signUp(visitor);

    const signedIn = await signIn(visitor, member.email, member.password);
    expect(signedIn.status).toBe(200);
    const token = signedIn.json.access_token;

    const userinfo = await visitor.get('/oauth2/userinfo', { token });
    expect(userinfo.json).toMatchObject({ sub: member.sub, email: member.email, email_verified: true });

    const renewed = await refresh(visitor, signedIn.json.refresh_token);
    expect(renewed.status).toBe(200);

    const { json: shown } = await visitor.get('/v1/consents', { token });
    const optional = shown.consents.find((each: { required: boolean }) => !each.required);
    const given = await visitor.ask('PUT', `/v1/consents/${optional.purpose}`, {
      token,
      json: { granted: true, version: optional.version },
    });
    expect(given.json).toMatchObject({ purpose: optional.purpose, granted: true });

    const started = await visitor.post('/v1/recoveries', { client_id: visitor.client, email: member.email });
    expect(started.status).toBe(202);
    const code = codeOf(await awaitMail(member.email, 2, brand));
    const fresh = 'four kind otters in the rain';
    const recovered = await visitor.post(`/v1/recoveries/${started.json.flow}/password`, { code, password: fresh });
    expect(recovered.status).toBe(204);

    expect((await visitor.get('/v1/account', { token })).status).toBe(401);
    expect((await signIn(visitor, member.email, member.password)).status).toBe(401);
    const again = await signIn(visitor, member.email, fresh);
    expect(again.status).toBe(200);
    const out = await visitor.ask('DELETE', '/v1/account/sessions', { token: again.json.access_token });
    expect(out.status).toBe(204);
    expect((await refresh(visitor, again.json.refresh_token)).json.error).toBe('invalid_grant');
  });
});
