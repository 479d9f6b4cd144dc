import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { facts } from './support/brand-facts.ts';
import { secondFactor } from './support/factors.ts';
import { eventually } from './support/faults.ts';
import { type HarnessCloud, startHarnessCloud } from './support/harness-cloud.ts';
import { codeOf, type ReceivedMail, wrongCode } from './support/inbox.ts';
import { signIn } from './support/journeys.ts';
import { randomNumber } from './support/phones.ts';
import { goodPassword, newVisitor, randomEmail, randomIp, type Visitor } from './support/visitor.ts';

const claimsOf = (token: string) => JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());
const { risk } = facts.solmar.authentication;

describe('a text as the second step of the JSON journeys', () => {
  let harness: HarnessCloud;
  const visitor = () => newVisitor('solmar', randomIp(), { origin: harness.url });
  // At a brand that texts, and takes any new browser for a risk.
  beforeAll(async () => {
    const thresholds = { ...risk.thresholds, secondFactor: risk.weights.new_device };
    harness = await startHarnessCloud({ brand: 'solmar', authentication: { risk: { ...risk, thresholds } } });
  });
  afterAll(() => harness.stop());

  /** The newest message to an address or a number, once there are so many. */
  const arrived = async (to: string, count: number) =>
    eventually(async () => {
      const all = await (await fetch(`${harness.url}/_local/mail?to=${encodeURIComponent(to)}`)).json();
      return (all as readonly ReceivedMail[]).at(-count);
    }, `${count} messages to ${to}`);
  const codeTo = async (to: string, count: number) => codeOf(await arrived(to, count));

  /** Somebody with a proven number, in the browser of the sign-up. */
  async function withNumber(browser: Visitor) {
    const [email, password, number] = [randomEmail(), goodPassword, randomNumber()];
    const named = { client_id: browser.client, email, password };
    const started = await browser.post('/v1/registrations', named);
    const code = await codeTo(email, 1);
    const { json } = await browser.post(`/v1/registrations/${started.json.flow}/verification`, { code });
    const token = json.access_token;
    const asked = await browser.post('/v1/account/phone', { phone: number }, { token });
    const proof = { code: await codeTo(number, 1) };
    const proven = await browser.post(`/v1/account/phone/${asked.json.flow}`, proof, { token });
    expect(proven.status, proven.text).toBe(200);
    return { email, password, number };
  }

  it('MFA5, VC6: is asked for where the circumstances are unusual, again on request, and counts once', async () => {
    const { email, password, number } = await withNumber(visitor());
    const elsewhere = visitor();
    const asked = await signIn(elsewhere, email, password);
    expect(asked).toMatchObject({ status: 403, json: { code: 'second_factor_required', factors: ['sms'] } });
    const { flow } = asked.json;
    const first = await codeTo(number, 2);

    const path = `/v1/login/second-factor/${flow}/code`;
    expect((await elsewhere.post(path, { factor: 'mailed-code' })).json.code).toBe('factor_unknown');
    const resent = await elsewhere.post(path, { factor: 'sms' });
    expect([resent.status, resent.json.next]).toEqual([202, 'verify']);
    const second = await codeTo(number, 3);
    if (first !== second) expect((await secondFactor(elsewhere, flow, 'sms', first)).json.code).toBe('code_invalid');
    expect((await secondFactor(elsewhere, flow, 'sms', wrongCode(second))).json.code).toBe('code_invalid');
    expect((await secondFactor(elsewhere, flow, 'mailed-code', second)).json.code).toBe('factor_unknown');

    const signedIn = await secondFactor(elsewhere, flow, 'sms', second);
    expect(signedIn.status, signedIn.text).toBe(200);
    expect(claimsOf(signedIn.json.id_token)).toMatchObject({ acr: 'aal2', amr: ['pwd', 'sms', 'mfa'] });
    expect((await secondFactor(elsewhere, flow, 'sms', second)).json.code).toBe('flow_expired');
  });

  it('VC6, RL3: so many new codes and no more, whoever asks', async () => {
    const { email, password, number } = await withNumber(visitor());
    const elsewhere = visitor();
    const { json } = await signIn(elsewhere, email, password);
    await codeTo(number, 2);
    const path = `/v1/login/second-factor/${json.flow}/code`;
    const statuses: number[] = [];
    for (let i = 0; i < 6; i++) statuses.push((await elsewhere.post(path, { factor: 'sms' })).status);
    expect(statuses).toEqual([202, 202, 202, 202, 410, 410]);
  });

  it('MFA5, MFA8: whose number was the first proof is asked for a mail, not for the same number again', async () => {
    const { email, number } = await withNumber(visitor());
    const elsewhere = visitor();
    const started = await elsewhere.post('/v1/login/text', { client_id: elsewhere.client, phone: number });
    const code = await codeTo(number, 2);
    const asked = await elsewhere.post(`/v1/login/code/${started.json.flow}`, { code });
    expect(asked).toMatchObject({ status: 403, json: { code: 'second_factor_required', factors: ['mailed-code'] } });
    // The mails before: the sign-up's, and the notice of the number.
    const mailed = await codeTo(email, 3);
    const signedIn = await secondFactor(elsewhere, asked.json.flow, 'mailed-code', mailed);
    expect(claimsOf(signedIn.json.id_token)).toMatchObject({ acr: 'aal1', amr: ['sms', 'otp'] });
  });
});
