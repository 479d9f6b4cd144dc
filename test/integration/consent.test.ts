import { createHash } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import { northwind } from '../../brands/northwind.ts';
import { solmar } from '../../brands/solmar.ts';
import { checkedVisitor } from './support/checked-visitor.ts';
import { awaitEvent } from './support/cloud-desk.ts';
import { askDesk } from './support/faults.ts';
import { type Member, signUp } from './support/journeys.ts';
import { partition } from './support/tables.ts';

interface ConsentView {
  readonly purpose: string;
  readonly version: string;
  readonly text: string;
  readonly required: boolean;
  readonly granted: boolean;
  readonly at?: string;
}
interface Decision {
  readonly purpose: string;
  readonly granted: boolean;
  readonly at: string;
  readonly [field: string]: unknown;
}

const speaking = (language: string | undefined): Readonly<Record<string, string>> =>
  language === undefined ? {} : { 'accept-language': language };
const sha256 = (text: string) => createHash('sha256').update(text).digest('base64url');
const brands = {
  northwind: { definition: northwind, optional: 'newsletter', languages: ['en', 'de', 'fr'] },
  solmar: { definition: solmar, optional: 'offers', languages: ['es', 'pt-BR', 'ar'] },
} as const;

describe.each(['northwind', 'solmar'] as const)('consent at %s', (brand) => {
  const { definition, optional, languages } = brands[brand];
  let member: Member;
  let token: string;
  beforeEach(async () => {
    member = await signUp(checkedVisitor(brand));
    token = member.tokens.access_token;
  });

  async function shown(language?: string): Promise<readonly ConsentView[]> {
    return (await member.visitor.get('/v1/consents', { token, headers: speaking(language) })).json.consents;
  }
  async function purpose(id: string, language?: string): Promise<ConsentView> {
    const found = (await shown(language)).find((each) => each.purpose === id);
    if (!found) throw new Error(`no purpose ${id}`);
    return found;
  }
  const decide = (id: string, json: unknown, language?: string) =>
    member.visitor.ask('PUT', `/v1/consents/${id}`, {
      token,
      json,
      headers: speaking(language),
    });
  const history = async () =>
    (await member.visitor.get('/v1/consents/history', { token })).json.history as readonly Decision[];

  it('GD2: every purpose in the language asked for; the optional ones are not granted unless the person said so', async () => {
    for (const language of languages) {
      const consents = await shown(`xx, ${language};q=0.9, en;q=0.1`);
      const expected = definition.purposes.map(({ id, version, required, text }) => ({
        purpose: id,
        version,
        required,
        text: text[language],
      }));
      expect(consents.map(({ granted: _, at: __, ...rest }) => rest)).toEqual(expected);
    }
    for (const each of await shown()) if (!each.required) expect([each.granted, each.at]).toEqual([false, undefined]);
  });

  it('GD1: each decision is evidence: version, time, language, channel, client and hash of the very text', async () => {
    for (const language of languages) {
      const { text, version } = await purpose(optional, language);
      const given = await decide(optional, { granted: true, version }, language);
      expect(given.status).toBe(200);
      expect(given.json).toEqual({ ...(await purpose(optional, language)), granted: true, text });
      const [latest] = await history();
      expect(latest).toEqual({
        purpose: optional,
        version,
        granted: true,
        at: given.json.at,
        locale: language,
        text_sha256: sha256(text),
        channel: 'account',
        client_id: member.visitor.client,
      });
    }
  });

  it('GD1: without a language in the request it is the person’s own, in the text and in the evidence', async () => {
    const own = languages[1];
    await member.visitor.ask('PATCH', '/v1/account', { token, json: { locale: own } });
    for (const language of [undefined, 'xx', '*']) {
      const { text, version } = await purpose(optional, language);
      expect(text).toBe(definition.purposes.find(({ id }) => id === optional)?.text[own]);
      expect((await decide(optional, { granted: true, version }, language)).json.text).toBe(text);
      const [latest] = await history();
      expect([latest?.locale, latest?.text_sha256]).toEqual([own, sha256(text)]);
    }
  });

  it('GD3: withdrawing is the same one request; past records stay; both are told to others without a name', async () => {
    const { version } = await purpose(optional);
    const before = await history();
    const given = await decide(optional, { granted: true, version }, languages[0]);
    const withdrawn = await decide(optional, { granted: false, version }, languages[0]);
    expect([given.json.granted, withdrawn.json.granted]).toEqual([true, false]);
    expect(await purpose(optional)).toMatchObject({ granted: false, at: withdrawn.json.at });

    const after = await history();
    expect(after.slice(0, 2).map(({ granted }) => granted)).toEqual([false, true]);
    expect(after.slice(2)).toEqual(before);
    const times = after.map(({ at }) => Date.parse(at));
    expect(times).toEqual(times.toSorted((a, b) => b - a));

    const data = { sub: member.sub, purpose: optional, version, client: member.visitor.client };
    for (const type of ['consent.granted', 'consent.withdrawn']) {
      const events = await askDesk(brand, 'GET', 'events');
      await awaitEvent(brand, type, member.sub);
      expect(JSON.stringify(events).includes(member.email)).toBe(false);
    }
    expect((await awaitEvent(brand, 'consent.withdrawn', member.sub)).data).toEqual(data);
    const waves = await Promise.all(
      [given, withdrawn].map(async ({ headers }) => {
        const [report] = await askDesk(brand, 'GET', `calls?request=${headers.get('x-local-request-id')}`);
        return report.waves;
      }),
    );
    expect(waves).toEqual([1, 1]);
  });

  it('GD1: the evidence is only ever added to, also under 10 parallel decisions', async () => {
    const { version } = await purpose(optional);
    const before = await history();
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, at) => decide(optional, { granted: at % 2 === 0, version }, languages[0])),
    );
    const done = answers.filter(({ status }) => status === 200);
    expect(done.length).toBeGreaterThan(0);
    for (const lost of answers.filter(({ status }) => status !== 200)) {
      expect([lost.status, lost.json.code]).toEqual([409, 'conflict_retry']);
    }
    const after = await history();
    expect(after).toHaveLength(before.length + done.length);
    expect(await purpose(optional)).toMatchObject({ granted: after[0]?.granted, at: after[0]?.at });
    const items = await partition(brand, 'Directory', `CONSENT#${member.sub}`);
    expect(JSON.stringify(items).includes(member.email)).toBe(false);
  });

  it('GD7: a stale version, an unknown purpose and a required one are refused, each in its own words', async () => {
    const { version } = await purpose(optional);
    const required = definition.purposes.find((each) => each.required);
    const refused: readonly (readonly [string, unknown, number, string])[] = [
      [optional, { granted: true, version: 'old' }, 409, 'purpose_version_stale'],
      ['nonsense', { granted: true, version }, 404, 'purpose_unknown'],
      ['__proto__', { granted: true, version }, 404, 'purpose_unknown'],
      ['history', { granted: true, version }, 404, 'purpose_unknown'],
      [required?.id ?? '', { granted: false, version: required?.version }, 400, 'purpose_required'],
      [optional, { granted: 'yes', version }, 400, 'field_invalid'],
      [optional, { granted: true }, 400, 'field_invalid'],
      [optional, { granted: true, version, sub: 'usr_AAAAAAAAAAAAAAAAAAAAAA' }, 400, 'field_invalid'],
    ];
    const before = await history();
    for (const [id, json, status, code] of refused) {
      const answer = await decide(id, json);
      expect([answer.status, answer.json.code]).toEqual([status, code]);
    }
    expect(await history()).toEqual(before);
  });

  it('GD1: what was agreed to at sign-up is in the evidence, under the channel of that day', async () => {
    const consents = definition.purposes.map(({ id, version }) => ({ purpose: id, version, granted: id !== optional }));
    const other = await signUp(checkedVisitor(brand), { consents, locale: languages[1] });
    const asked = { token: other.tokens.access_token };
    const { json } = await other.visitor.get('/v1/consents/history', asked);
    expect(json.history).toHaveLength(consents.length);
    for (const decision of json.history) {
      const { text } = definition.purposes.find(({ id }) => id === decision.purpose) ?? {};
      expect(decision).toMatchObject({
        channel: 'registration',
        locale: languages[1],
        granted: decision.purpose !== optional,
      });
      expect(decision.text_sha256).toBe(sha256(String(text?.[languages[1]])));
    }
  });
});
