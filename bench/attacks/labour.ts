import { randomBytes, randomInt } from 'node:crypto';
import { type Challenge, solveChallenge } from 'altcha-lib';
import { deriveKey } from 'altcha-lib/algorithms/pbkdf2';
import { type People, password, randomEmail } from '../people.ts';
import { type Result, wrong } from './attacks.ts';
import { anywhere, type Crowd, type Got, openCrowd, type Sent, swarm } from './crowd.ts';
import { type Customer, meanwhile } from './customers.ts';

/** Requests under way at once. */
const width = 8;
/** Seconds of one step of a search on this kind of machine (docs/abuse.md): what is busy at once is not measured twice. */
const stepSeconds = 0.0005;

const many = (count: number) => Array.from({ length: count }, (_, at) => at);

/** An attacker who does the work that is asked for: sends, solves, and sends again. */
function labourer(crowd: Crowd) {
  let steps = 0;
  const post = async (path: string, { json, ...sent }: Sent & { readonly json: object }): Promise<Got> => {
    const first = await crowd.post(path, { ...sent, json });
    if (first.body.challenge === undefined) return first;
    const challenge = first.body.challenge as Challenge;
    const solution = await solveChallenge({ challenge, deriveKey });
    steps += solution?.counter ?? 0;
    const proof = Buffer.from(JSON.stringify({ challenge, solution })).toString('base64');
    return crowd.post(path, { ...sent, json: { ...json, proof } });
  };
  return { post, seconds: () => steps * stepSeconds };
}

/** What so much came to for a second of the attacker's CPU. */
const perSecond = (count: number, seconds: number) =>
  seconds === 0 ? 'no work was asked for' : `${(count / seconds).toFixed(1)} a CPU second (${seconds.toFixed(0)} s)`;

/** Guesses at as many accounts from as many networks, with the work that is asked for. */
export async function workingStuffing(
  people: People,
  customers: readonly Customer[],
  guesses: number,
): Promise<Result> {
  const crowd = openCrowd(people.origin);
  const { post, seconds } = labourer(crowd);
  const attack = swarm(many(guesses), width, async () => {
    await post('/v1/login/password', {
      ip: anywhere(),
      json: { client_id: people.client, email: randomEmail(), password: wrong },
    });
  });
  const [, honest] = await meanwhile(people, customers, 'sign-in', attack);
  const tally = crowd.tally(width);
  const judged = tally.outcomes.get('credentials_invalid') ?? 0;
  const what = `${guesses} accounts and networks, does the work`;
  return { name: 'stuffing by work', what, tally, judged, won: perSecond(judged, seconds()), honest };
}

/** Five guesses at each of many codes, of as many addresses and networks, with the work that the codes take. */
export async function manyCodes(people: People, customers: readonly Customer[], flows: number): Promise<Result> {
  const crowd = openCrowd(people.origin);
  const { post, seconds } = labourer(crowd);
  const attack = swarm(many(flows), width, async () => {
    const { body } = await post('/v1/login/code', {
      ip: anywhere(),
      json: { client_id: people.client, email: randomEmail() },
    });
    if (typeof body.flow !== 'string') return;
    for (const _ of many(5)) {
      const code = String(randomInt(1_000_000)).padStart(6, '0');
      await crowd.post(`/v1/login/code/${body.flow}`, { ip: anywhere(), json: { code } });
    }
  });
  const [, honest] = await meanwhile(people, customers, 'sign-in', attack);
  const tally = crowd.tally(width);
  const judged = tally.outcomes.get('code_invalid') ?? 0;
  const what = `${flows} codes, five guesses each, does the work`;
  return { name: 'codes over many flows', what, tally, judged, won: perSecond(judged, seconds()), honest };
}

/** Sign-ups that are asked for a code again and again, each from another network. */
export async function resends(people: People, customers: readonly Customer[], flows: number): Promise<Result> {
  const crowd = openCrowd(people.origin);
  const { post, seconds } = labourer(crowd);
  let mails = 0;
  const attack = swarm(many(flows), width, async () => {
    const json = { client_id: people.client, email: randomEmail(), password };
    const { body } = await post('/v1/registrations', { ip: anywhere(), json });
    if (typeof body.flow !== 'string') return;
    mails += 1;
    for (const _ of many(6)) {
      const { status } = await crowd.post(`/v1/registrations/${body.flow}/resend`, { ip: anywhere(), json: {} });
      if (status === 202) mails += 1;
    }
  });
  const [, honest] = await meanwhile(people, customers, 'sign-up', attack);
  const what = `${flows} sign-ups, six resends each, does the work`;
  const won = `mails: ${perSecond(mails, seconds())}`;
  return { name: 'resends', what, tally: crowd.tally(width), judged: mails, won, honest };
}

/** Codes to one mailbox by as many of its sub-addresses, from as many networks, with the work that is asked for. */
export async function bombing(people: People, customers: readonly Customer[], count: number): Promise<Result> {
  const crowd = openCrowd(people.origin);
  const { post, seconds } = labourer(crowd);
  const name = randomBytes(6).toString('hex');
  const attack = swarm(many(count), width, async (at) => {
    const json = { client_id: people.client, email: `${name}+${at}@example.com` };
    await post(at % 2 === 0 ? '/v1/login/code' : '/v1/recoveries', { ip: anywhere(), json });
  });
  const [, honest] = await meanwhile(people, customers, 'sign-in', attack);
  const tally = crowd.tally(width);
  const judged = tally.outcomes.get('202') ?? 0;
  const what = `${count} sub-addresses of one mailbox, does the work`;
  return { name: 'sub-addresses', what, tally, judged, won: perSecond(judged, seconds()), honest };
}

/** An account of one's own, to have mails sent to as many others. */
export async function ownPumping(people: People, [own]: readonly Customer[], count: number): Promise<Result> {
  if (!own) throw new Error('nobody to pump with');
  const crowd = openCrowd(people.origin);
  const json = { client_id: people.client, email: own.email, password };
  const { body } = await crowd.post('/v1/login/password', { ip: anywhere(), json, cookies: own.cookies });
  const token = String(body.access_token);
  const robot = openCrowd(people.origin);
  await swarm(many(count), width, async () => {
    await robot.post('/v1/account/email', { ip: anywhere(), json: { email: randomEmail() }, token });
  });
  const tally = robot.tally(width);
  const judged = tally.outcomes.get('202') ?? 0;
  const what = `${count} addresses, as many networks, one account`;
  return { name: 'pumping by an own account', what, tally, judged, won: `${judged} mails` };
}

async function noticesTo({ origin }: People, email: string): Promise<number> {
  const mails = await fetch(`${origin}/_local/mail?to=${encodeURIComponent(email)}`);
  const all = (await mails.json()) as readonly { readonly tags?: { readonly kind?: string } }[];
  return all.filter(({ tags }) => tags?.kind === 'new-sign-in' || tags?.kind === 'sign-in-stopped').length;
}

/** Sign-ins at an own account from browsers that it does not know, each of which is told to its owner. */
export async function noticeDrain(people: People, [own, ...rest]: readonly Customer[], count: number): Promise<Result> {
  if (!own) throw new Error('nobody to sign in');
  const crowd = openCrowd(people.origin);
  const { post, seconds } = labourer(crowd);
  const before = await noticesTo(people, own.email);
  const attack = swarm(many(count), width, async () => {
    await post('/v1/login/password', {
      ip: anywhere(),
      json: { client_id: people.client, email: own.email, password },
    });
  });
  const [, honest] = await meanwhile(people, rest, 'sign-up', attack);
  const notices = (await noticesTo(people, own.email)) - before;
  const tally = crowd.tally(width);
  const judged = tally.outcomes.get('200') ?? 0;
  const won = `${notices} notices; sign-ins: ${perSecond(judged, seconds())}`;
  return { name: 'notice drain', what: `${count} sign-ins at an own account`, tally, judged, won, honest };
}
