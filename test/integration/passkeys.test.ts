import { describe, expect, it } from 'vitest';
import { advance } from './support/cloud-desk.ts';
import { askDesk } from './support/faults.ts';
import { awaitMail, codeOf, mailsTo } from './support/inbox.ts';
import { type Member, signIn, signUp } from './support/journeys.ts';
import { startMailedFlow } from './support/mailed-flows.ts';
import { authorizationPath, follow, formTo, redeem, send } from './support/pages.ts';
import {
  creationOptionsOf,
  enrolPasskey,
  optionsIn,
  passkeysPath,
  requestOptionsOf,
  sendPasskey,
  signInByPasskey,
} from './support/passkeys.ts';
import { flags, newSoftwarePasskey, type Twist } from './support/software-authenticator.ts';
import { partition, patchItem, readItem } from './support/tables.ts';
import { newVisitor } from './support/visitor.ts';

const claimsOf = (token: string) => JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8'));

/** Somebody whose sign-in was of the level that a change of factors takes. */
async function memberByPasskey(member: Member, passkey: Awaited<ReturnType<typeof enrolPasskey>>): Promise<Member> {
  const { visitor } = member;
  const answer = await signInByPasskey(visitor, passkey.get(await requestOptionsOf(visitor)));
  expect(answer.status).toBe(200);
  return { ...member, tokens: answer.json };
}

describe('passkeys by JSON', () => {
  it('MFA8, MFA4: enrols, tells by mail, signs in without a name as phishing-resistant, lists, names and removes', async () => {
    const member = await signUp();
    const { visitor, tokens, email, sub } = member;
    const options = await creationOptionsOf(visitor, tokens.access_token);
    expect(options).toMatchObject({
      rp: { id: 'localhost' },
      user: { id: Buffer.from(sub).toString('base64url'), name: email },
      excludeCredentials: [],
      attestation: 'none',
    });
    const before = (await mailsTo(email)).length;
    const passkey = await enrolPasskey(
      member,
      { aaguid: 'bada5566-a7aa-401f-bd96-45619a55120d' },
      { name: 'Work laptop' },
    );
    await awaitMail(email, before + 1);

    const elsewhere = newVisitor();
    const question = await requestOptionsOf(elsewhere);
    expect(question).toMatchObject({ rpId: 'localhost', allowCredentials: [], userVerification: 'required' });
    const signedIn = await signInByPasskey(elsewhere, passkey.get(question));
    expect(signedIn.status).toBe(200);
    expect(claimsOf(signedIn.json.access_token)).toMatchObject({ sub, acr: 'phr', amr: ['pop', 'user', 'mfa'] });

    const warm = await signInByPasskey(elsewhere, passkey.get(await requestOptionsOf(elsewhere)));
    const [report] = await askDesk('northwind', 'GET', `calls?request=${warm.headers.get('x-local-request-id')}`);
    expect(report.waves).toBeLessThanOrEqual(3);

    const token = signedIn.json.access_token;
    const listed = await elsewhere.get(passkeysPath, { token });
    const [shown] = listed.json.passkeys;
    expect(shown).toMatchObject({ name: 'Work laptop', provider: '1Password', synced: true });
    expect(Date.parse(shown.last_used_at)).toBeGreaterThanOrEqual(Date.parse(shown.added_at));
    expect(listed.json.accepted).toMatchObject({ rpId: 'localhost', allAcceptedCredentialIds: [passkey.id] });
    // Names are personal: none of them stands in the table.
    expect(JSON.stringify(await partition('northwind', 'Directory', `FACTOR#${sub}`))).not.toContain('Work laptop');
    expect((await creationOptionsOf(elsewhere, token)).excludeCredentials).toMatchObject([{ id: passkey.id }]);

    const renamed = await elsewhere.ask('PATCH', `${passkeysPath}/${shown.id}`, { json: { name: 'Old one' }, token });
    expect(renamed.json.passkeys).toMatchObject([{ name: 'Old one' }]);
    expect((await elsewhere.ask('PATCH', `${passkeysPath}/unknown`, { json: { name: 'x' }, token })).json.code).toBe(
      'factor_unknown',
    );

    const removed = await elsewhere.ask('DELETE', `${passkeysPath}/${shown.id}`, { token });
    expect(removed.json).toMatchObject({ passkeys: [], accepted: { allAcceptedCredentialIds: [] } });
    await awaitMail(email, before + 2);
    expect(await partition('northwind', 'Directory', `FACTOR#${sub}`)).toEqual([]);
    const gone = await signInByPasskey(elsewhere, passkey.get(await requestOptionsOf(elsewhere)));
    expect([gone.status, gone.json.code]).toEqual([404, 'passkey_unknown']);
  });

  it('PK1: a challenge is good once, in its own ceremony, session, client and five minutes', async () => {
    const member = await signUp();
    const { visitor, tokens } = member;
    const passkey = await enrolPasskey(member);
    const again = await memberByPasskey(member, passkey);
    const own = again.tokens.access_token;
    const options = await creationOptionsOf(visitor, own);
    const other = newSoftwarePasskey({ origin: visitor.origin });
    const made = other.create(options);
    const across = await memberByPasskey(member, passkey);
    expect((await sendPasskey(visitor, across.tokens.access_token, made)).json.code).toBe('passkey_invalid');
    expect((await sendPasskey(visitor, own, made)).status).toBe(201);
    expect((await sendPasskey(visitor, own, made)).json.code).toBe('passkey_invalid');
    expect((await sendPasskey(visitor, tokens.access_token, made)).json.code).toBe('passkey_invalid');

    const question = await requestOptionsOf(visitor);
    const answer = passkey.get(question);
    const tries = await Promise.all(Array.from({ length: 12 }, () => signInByPasskey(visitor, answer)));
    expect(tries.map(({ status }) => status).toSorted()).toEqual([200, ...Array.from({ length: 11 }, () => 400)]);
    const foreign = { ...question, challenge: options.challenge };
    expect((await signInByPasskey(visitor, passkey.get(foreign))).json.code).toBe('passkey_invalid');
    const own32 = { ...question, challenge: Buffer.alloc(32, 7).toString('base64url') };
    expect((await signInByPasskey(visitor, passkey.get(own32))).json.code).toBe('passkey_invalid');
    const late = await requestOptionsOf(visitor);
    await advance('northwind', 301);
    expect((await signInByPasskey(visitor, passkey.get(late))).json.code).toBe('passkey_invalid');
  });

  it.each<[string, Twist]>([
    ['type', { type: 'webauthn.create' }],
    ['origin', { origin: 'https://evil.example' }],
    ['a frame', { crossOrigin: true }],
    ['relying party', { rpId: 'evil.example' }],
    ['presence', { flags: flags.uv | flags.be | flags.bs }],
    ['verification', { flags: flags.up | flags.be | flags.bs }],
    ['backup eligibility', { flags: flags.up | flags.uv }],
    ['signature', { forgeSignature: true }],
    ['user handle of nobody', { userHandle: Buffer.from('usr_aaaaaaaaaaaaaaaaaaaaaa').toString('base64url') }],
    ['no user handle', { userHandle: null }],
    ['credential id', { id: Buffer.alloc(32, 1).toString('base64url') }],
  ])('PK2, PK3, PK5, PK6: no sign-in with a wrong %s', async (_, twist) => {
    const member = await signUp();
    const passkey = await enrolPasskey(member);
    const visitor = newVisitor();
    const refused = await signInByPasskey(visitor, passkey.get(await requestOptionsOf(visitor), twist));
    expect([400, 404]).toContain(refused.status);
    expect(refused.json.code).toMatch(/^passkey_(invalid|unknown)$/);
    expect(refused.headers.getSetCookie()).toEqual([]);
  });

  it('PK5: another person’s credential, or one’s own under another person’s handle, opens nothing', async () => {
    const [one, other] = [await signUp(), await signUp()];
    const passkey = await enrolPasskey(one);
    await enrolPasskey(other);
    const visitor = newVisitor();
    const handle = Buffer.from(other.sub).toString('base64url');
    const refused = await signInByPasskey(
      visitor,
      passkey.get(await requestOptionsOf(visitor), { userHandle: handle }),
    );
    expect(refused.json.code).toBe('passkey_unknown');
  });

  it('PK4: one credential has one owner, also in parallel; ids of more than 1023 bytes are refused', async () => {
    const members = await Promise.all([signUp(), signUp()]);
    const shared = newSoftwarePasskey({ origin: members[0].visitor.origin });
    const made = await Promise.all(
      members.map(async ({ visitor, tokens }) => shared.create(await creationOptionsOf(visitor, tokens.access_token))),
    );
    const sent = await Promise.all(
      members.map(({ visitor, tokens }, at) => {
        const credential = made[at];
        if (!credential) throw new Error('nothing made');
        return sendPasskey(visitor, tokens.access_token, credential);
      }),
    );
    expect(sent.map(({ status }) => status).toSorted()).toEqual([201, 409]);
    expect(sent.find(({ status }) => status === 409)?.json.code).toBe('passkey_taken');
    await expect(enrolPasskey(await signUp(), { idBytes: 1024 })).rejects.toThrow(/400/);
  });

  it('PK8: a counter that does not grow is refused at one brand and flagged at the other', async () => {
    const strict = await signUp();
    const counting = await enrolPasskey(strict, { counts: true });
    const { visitor } = strict;
    expect((await signInByPasskey(visitor, counting.get(await requestOptionsOf(visitor)))).status).toBe(200);
    const copied = await signInByPasskey(visitor, counting.get(await requestOptionsOf(visitor), { counter: 1 }));
    expect(copied.json.code).toBe('passkey_invalid');

    const lenient = await signUp(newVisitor('solmar'));
    const seen = await enrolPasskey(lenient, { counts: true });
    const flagged = await signInByPasskey(
      lenient.visitor,
      seen.get(await requestOptionsOf(lenient.visitor), { counter: 1 }),
    );
    expect(flagged.status).toBe(200);
    const list = await lenient.visitor.get(passkeysPath, { token: flagged.json.access_token });
    expect(list.json.passkeys).toMatchObject([{ suspect: true }]);
  });

  it('MFA4, PK10: changes need a recent sign-in at the level of the account; the last way in stays', async () => {
    const member = await signUp();
    const { visitor, email, password, sub, tokens } = member;
    const passkey = await enrolPasskey(member);
    // The account has a second factor now: a session of the first alone changes nothing.
    const weak = await visitor.post(`${passkeysPath}/options`, undefined, { token: tokens.access_token });
    expect([weak.status, weak.json.code]).toEqual([401, 'recent_authentication_required']);
    expect(weak.headers.get('www-authenticate')).toContain('insufficient_user_authentication');
    expect((await signIn(visitor, email, password)).json.code).toBe('second_factor_required');

    const { identHash } = (await readItem('northwind', 'Directory', `USER#${sub}`)) as { identHash: string };
    const strong = await memberByPasskey(member, passkey);
    const [{ id }] = (await visitor.get(passkeysPath, { token: strong.tokens.access_token })).json.passkeys;
    await patchItem('northwind', 'Directory', `CRED#${identHash}`, 'factors', { passkeys: 10 });
    const full = await visitor.post(`${passkeysPath}/options`, undefined, { token: strong.tokens.access_token });
    expect([full.status, full.json.code]).toEqual([409, 'passkey_limit']);
    await patchItem('northwind', 'Directory', `CRED#${identHash}`, 'factors', { passkeys: 1 });

    await advance('northwind', 3600);
    const late = await visitor.ask('DELETE', `${passkeysPath}/${id}`, { token: strong.tokens.access_token });
    expect(late.status).toBe(401);
    const fresh = await memberByPasskey(member, passkey);
    const removed = await visitor.ask('DELETE', `${passkeysPath}/${id}`, { token: fresh.tokens.access_token });
    expect(removed.status).toBe(200);
    expect((await signIn(visitor, email, password)).status).toBe(200);
  });

  it('MFA4: parallel enrolments of one account do not outrun the limit', async () => {
    const member = await signUp(newVisitor('solmar'));
    const first = await enrolPasskey(member);
    const { identHash } = (await readItem('solmar', 'Directory', `USER#${member.sub}`)) as { identHash: string };
    const strong = await memberByPasskey(member, first);
    await patchItem('solmar', 'Directory', `CRED#${identHash}`, 'factors', { passkeys: 9 });
    const made = await Promise.all(
      Array.from({ length: 4 }, async () => {
        const options = await creationOptionsOf(member.visitor, strong.tokens.access_token);
        return newSoftwarePasskey({ origin: member.visitor.origin }).create(options);
      }),
    );
    const sent = await Promise.all(made.map((each) => sendPasskey(member.visitor, strong.tokens.access_token, each)));
    expect(sent.filter(({ status }) => status === 201).length).toBe(1);
    const rest = sent.filter(({ status }) => status !== 201).map(({ json }) => json.code);
    expect(rest.every((code) => code === 'conflict_retry' || code === 'passkey_limit')).toBe(true);
  });

  it('PK9: options and refusals are the same whoever has an account', async () => {
    const visitor = newVisitor();
    const [one, other] = [await requestOptionsOf(visitor), await requestOptionsOf(visitor)];
    expect({ ...one, challenge: '' }).toEqual({ ...other, challenge: '' });
    expect(one.challenge).not.toBe(other.challenge);
    const origins = await visitor.get('/.well-known/webauthn');
    expect(origins.json).toEqual({ origins: [visitor.origin, 'https://www.northwind.example'] });
    expect((await visitor.get('/.well-known/passkey-endpoints')).json.enroll).toBe(
      `${visitor.origin}/account/security/passkeys`,
    );
    const member = await signUp();
    const passkey = await enrolPasskey(member, { origin: 'https://www.northwind.example' });
    expect((await signInByPasskey(visitor, passkey.get(one))).status).toBe(200);
  });

  it('PK1, PK5, MFA8: a passkey is the second factor of its owner, once, in the flow that asked for it', async () => {
    const member = await signUp();
    const { visitor, email, password } = member;
    const passkey = await enrolPasskey(member);
    const stranger = await enrolPasskey(await signUp());
    const begin = async () => (await signIn(visitor, email, password)).json;
    const asked = await begin();
    expect(asked).toMatchObject({ code: 'second_factor_required', factors: ['passkey'] });
    const path = `/v1/login/second-factor/${asked.flow}`;
    const options = (await visitor.post(`${path}/passkey`, undefined)).json;
    expect(options).toMatchObject({ userVerification: 'preferred', allowCredentials: [{ id: passkey.id }] });
    const give = (credential: unknown, to = path) => visitor.post(to, { factor: 'passkey', credential });

    expect((await give(stranger.get(options))).json.code).toBe('passkey_unknown');
    const handleOf = (user: string) => Buffer.from(user).toString('base64url');
    const anothers = passkey.get(options, { userHandle: handleOf('usr_AAAAAAAAAAAAAAAAAAAAAA') });
    expect((await give(anothers)).json.code).toBe('passkey_invalid');
    const discoverable = await requestOptionsOf(visitor);
    expect((await give(passkey.get(discoverable))).json.code).toBe('passkey_invalid');
    const other = `/v1/login/second-factor/${(await begin()).flow}`;
    expect((await give(passkey.get(options), other)).json.code).toBe('passkey_invalid');
    // Authenticators that keep no names tell none.
    const present = passkey.get(options, { flags: flags.up | flags.be | flags.bs, userHandle: null });
    const tries = await Promise.all([1, 2, 3].map(() => give(present)));
    expect(tries.filter(({ status }) => status === 200).length).toBe(1);
    const passed = tries.find(({ status }) => status === 200);
    const amr = ['pwd', 'pop', 'user', 'mfa'];
    expect(claimsOf(passed?.json.access_token)).toMatchObject({ acr: 'phr', amr });
    expect((await give(present)).json.code).toBe('flow_expired');
    expect((await visitor.post(`${path}/passkey`, undefined)).json.code).toBe('flow_expired');
  });

  it('MFA8, MFA9: after a mail a passkey has to verify its user: it is both factors, or nobody gets anywhere', async () => {
    const member = await signUp(newVisitor(), { consents: [{ purpose: 'terms', granted: true }] });
    const passkey = await enrolPasskey(member);
    const { code, redeem: show } = await startMailedFlow('login-code', 'northwind', member);
    const asked = await show(code);
    expect(asked.json).toMatchObject({ code: 'second_factor_required', factors: ['passkey'] });
    const path = `/v1/login/second-factor/${asked.json.flow}`;
    const options = (await member.visitor.post(`${path}/passkey`, undefined)).json;
    expect(options.userVerification).toBe('required');
    const give = (credential: unknown) => member.visitor.post(path, { factor: 'passkey', credential });
    const locked = passkey.get(options, { flags: flags.up | flags.be | flags.bs });
    expect((await give(locked)).json.code).toBe('passkey_invalid');
    const passed = await give(passkey.get(options));
    expect(claimsOf(passed.json.access_token)).toMatchObject({ acr: 'phr', amr: ['otp', 'pop', 'user', 'mfa'] });
  });

  it('MFA9: the pages ask for it too, once: an application that wants phr gets it after a mail', async () => {
    const member = await signUp(newVisitor(), { consents: [{ purpose: 'terms', granted: true }] });
    const passkey = await enrolPasskey(member);
    await awaitMail(member.email, 2);
    const browser = newVisitor();
    const from = await follow(browser, await browser.get(authorizationPath(browser, { acr_values: 'phr' })));
    const entry = await follow(browser, await send(browser, formTo(from, '/sign-in'), { username: member.email }));
    const typing = await follow(browser, await send(browser, formTo(entry, '/sign-in/code/start')));
    const code = codeOf(await awaitMail(member.email, 3));
    const step = await follow(browser, await send(browser, formTo(typing, '/sign-in/code'), { code }));
    const options = optionsIn(step);
    expect(options.userVerification).toBe('required');
    const form = formTo(step, '/sign-in/second-factor');
    const locked = JSON.stringify(passkey.get(options, { flags: flags.up | flags.be | flags.bs }));
    expect((await send(browser, form, { credential: locked })).status).toBe(400);
    const right = JSON.stringify(passkey.get(options));
    const tokens = await redeem(browser, await follow(browser, await send(browser, form, { credential: right })));
    expect(claimsOf(tokens.json.id_token)).toMatchObject({ acr: 'phr' });
  });
});
