import { describe, expect, it } from 'vitest';
import { awaitMail, codeOf } from './support/inbox.ts';
import { type Member, signIn } from './support/journeys.ts';
import { startMailedFlow } from './support/mailed-flows.ts';
import {
  creationOptionsOf,
  enrolPasskey,
  passkeysPath,
  requestOptionsOf,
  signInByPasskey,
} from './support/passkeys.ts';
import { partition, readItem } from './support/tables.ts';
import { goodPassword, newVisitor, randomEmail } from './support/visitor.ts';

/** Signs somebody up who wants no password, at a brand that has such accounts. */
async function signUpWithout(): Promise<Member> {
  const visitor = newVisitor('solmar');
  const email = randomEmail();
  const consents = [{ purpose: 'terms', granted: true }];
  const started = await visitor.post('/v1/registrations', { client_id: visitor.client, email, consents });
  expect(started.status).toBe(202);
  const code = codeOf(await awaitMail(email, 1, 'solmar'));
  const answer = await visitor.post(`/v1/registrations/${started.json.flow}/verification`, { code });
  expect(answer.status).toBe(201);
  return { visitor, email, password: '', sub: answer.json.sub, tokens: answer.json };
}

describe('accounts with a passkey and no password', () => {
  it('PK10: made without a password; its last passkey stays; a recovery sets a password, and then it may go', async () => {
    const member = await signUpWithout();
    const { visitor, email, sub, tokens } = member;
    const { identHash } = (await readItem('solmar', 'Directory', `USER#${sub}`)) as { identHash: string };
    expect(await partition('solmar', 'Directory', `CRED#${identHash}`)).toEqual([]);
    expect((await signIn(visitor, email, goodPassword)).json.code).toBe('credentials_invalid');

    const options = await creationOptionsOf(visitor, tokens.access_token);
    expect(options.authenticatorSelection).toMatchObject({ residentKey: 'required', userVerification: 'required' });
    const passkey = await enrolPasskey(member);
    const byPasskey = async () => signInByPasskey(visitor, passkey.get(await requestOptionsOf(visitor)));
    const first = await byPasskey();
    expect(first.status).toBe(200);
    const [{ id }] = (await visitor.get(passkeysPath, { token: first.json.access_token })).json.passkeys;
    const removal = (token: string) => visitor.ask('DELETE', `${passkeysPath}/${id}`, { token });
    const kept = await removal(first.json.access_token);
    expect([kept.status, kept.json.code]).toEqual([409, 'factor_needed']);

    const { code, redeem } = await startMailedFlow('recovery', 'solmar', member);
    expect((await redeem(code)).status).toBeLessThan(300);
    expect((await byPasskey()).status).toBe(200);
    const again = await byPasskey();
    expect((await removal(again.json.access_token)).status).toBe(200);
    expect((await byPasskey()).json.code).toBe('passkey_unknown');
  });

  it('REG6: the answer is the same for an address that has an account', async () => {
    const { email } = await signUpWithout();
    const visitor = newVisitor('solmar');
    const ask = (address: string) => visitor.post('/v1/registrations', { client_id: visitor.client, email: address });
    const [known, unknown] = [await ask(email), await ask(randomEmail())];
    expect([known.status, Object.keys(known.json)]).toEqual([unknown.status, Object.keys(unknown.json)]);
  });

  it('a brand without such accounts asks for the password', async () => {
    const visitor = newVisitor();
    const refused = await visitor.post('/v1/registrations', { client_id: visitor.client, email: randomEmail() });
    expect(refused.status).toBe(400);
    expect(refused.json.errors).toMatchObject([{ field: 'password', rule: 'required' }]);
  });
});
