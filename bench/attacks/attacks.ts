import { randomBytes, randomInt } from 'node:crypto';
import { type People, password, randomEmail } from '../people.ts';
import { anywhere, near, openCrowd, prove, swarm, type Tally } from './crowd.ts';
import { type Customer, type Experience, meanwhile } from './customers.ts';

/** What an attack came to. */
export interface Result {
  readonly name: string;
  readonly what: string;
  readonly tally: Tally;
  /** Guesses that were compared with a secret, sign-ups that mailed, texts that went. */
  readonly judged: number;
  /** What the attacker got. */
  readonly won: string;
  readonly honest?: Experience;
}

/** Requests under way at once. */
const width = 8;
/** A password of nobody. */
export const wrong = 'thirteen loud crows at noon';
const of = ({ outcomes }: Tally, ...names: readonly string[]) =>
  names.reduce((sum, name) => sum + (outcomes.get(name) ?? 0), 0);
const many = (count: number) => Array.from({ length: count }, (_, at) => at);

/** A list of pairs of which one in a hundred is right, each from another network. */
export async function stuffing(people: People, customers: readonly Customer[], pairs: number): Promise<Result> {
  const crowd = openCrowd(people.origin);
  const right = Math.round(pairs / 100);
  const victims = customers.slice(0, right);
  const list = many(pairs).map((at) => ({ at, victim: at % 100 === 50 ? victims[Math.floor(at / 100)] : undefined }));
  let opened = 0;
  const attack = swarm(list, width, async ({ victim }) => {
    const pair = victim ? { email: victim.email, password } : { email: randomEmail(), password: wrong };
    const { status } = await crowd.post('/v1/login/password', {
      ip: anywhere(),
      json: { client_id: people.client, ...pair },
    });
    if (status === 200) opened++;
  });
  const [, honest] = await meanwhile(people, customers.slice(right), 'sign-in', attack);
  const tally = crowd.tally(width);
  const judged = of(tally, '200', 'credentials_invalid');
  const what = `${pairs} pairs, ${right} right, as many networks`;
  return { name: 'credential stuffing', what, tally, judged, won: `${opened} of ${right} accounts`, honest };
}

/** One password at many accounts, from one /24. */
export async function spraying(people: People, customers: readonly Customer[], accounts: number): Promise<Result> {
  const crowd = openCrowd(people.origin);
  const prefix = `10.${randomInt(256)}.${randomInt(256)}`;
  const attack = swarm(many(accounts), width, async () => {
    const json = { client_id: people.client, email: randomEmail(), password: wrong };
    await crowd.post('/v1/login/password', { ip: near(prefix), json });
  });
  const [, honest] = await meanwhile(people, customers, 'sign-in', attack);
  const tally = crowd.tally(width);
  const judged = of(tally, 'credentials_invalid');
  return {
    name: 'spraying',
    what: `one password, ${accounts} accounts, one /24`,
    tally,
    judged,
    won: 'nothing',
    honest,
  };
}

/** Guesses at one account, from everywhere; the owner's own browser goes on. */
export async function siege(people: People, [victim, ...rest]: readonly Customer[], guesses: number): Promise<Result> {
  if (!victim) throw new Error('nobody to besiege');
  const crowd = openCrowd(people.origin);
  const attack = swarm(many(guesses), width, async (at) => {
    const json = { client_id: people.client, email: victim.email, password: `${wrong} ${at}` };
    await crowd.post('/v1/login/password', { ip: anywhere(), json });
  });
  const [, honest] = await meanwhile(people, [victim, ...rest], 'sign-in', attack);
  const tally = crowd.tally(width);
  const judged = of(tally, 'credentials_invalid');
  return {
    name: 'brute force of one password',
    what: `${guesses} guesses, as many networks`,
    tally,
    judged,
    won: 'nothing',
    honest,
  };
}

/** Mailed codes of one account are asked for and guessed, from everywhere. */
export async function codeGuessing(people: People, [victim]: readonly Customer[], guesses: number): Promise<Result> {
  if (!victim) throw new Error('nobody to besiege');
  const crowd = openCrowd(people.origin);
  const flows: string[] = [];
  for (let turn = 0; turn < 10; turn++) {
    const json = { client_id: people.client, email: victim.email };
    const { body } = await crowd.post('/v1/login/code', { ip: anywhere(), json });
    if (typeof body.flow === 'string') flows.push(body.flow);
  }
  let opened = 0;
  await swarm(many(guesses), width, async (at) => {
    const json = { code: String(randomInt(1_000_000)).padStart(6, '0') };
    const { status } = await crowd.post(`/v1/login/code/${flows[at % flows.length]}`, { ip: anywhere(), json });
    if (status === 200) opened++;
  });
  const tally = crowd.tally(width);
  const judged = of(tally, '200', 'code_invalid');
  const what = `10 codes asked for, ${guesses} guesses`;
  return { name: 'brute force of a mailed code', what, tally, judged, won: `${opened} accounts` };
}

/** Sign-ups at one domain of the attacker's own, each from another network. */
export async function signUpFlood(people: People, customers: readonly Customer[], count: number): Promise<Result> {
  const crowd = openCrowd(people.origin);
  const domain = `shop-${randomBytes(4).toString('hex')}.example`;
  const attack = swarm(many(count), width, async () => {
    const email = `p${randomBytes(8).toString('hex')}@${domain}`;
    await crowd.post('/v1/registrations', { ip: anywhere(), json: { client_id: people.client, email, password } });
  });
  const [, honest] = await meanwhile(people, customers, 'sign-up', attack);
  const tally = crowd.tally(width);
  const judged = of(tally, '202');
  const what = `${count} sign-ups at one domain, as many networks`;
  return { name: 'sign-up flood', what, tally, judged, won: `${judged} mails, no account`, honest };
}

/** One solved challenge, sent many times at once. */
export async function replay(people: People, [victim]: readonly Customer[], copies: number): Promise<Result> {
  if (!victim) throw new Error('nobody to besiege');
  const crowd = openCrowd(people.origin);
  const ip = anywhere();
  const json = { client_id: people.client, email: victim.email, password: wrong };
  let proof: string | undefined;
  while (proof === undefined) proof = await prove((await crowd.post('/v1/login/password', { ip, json })).body);
  const robot = openCrowd(people.origin);
  await swarm(many(copies), width, async () => {
    await robot.post('/v1/login/password', { ip, json: { ...json, proof } });
  });
  const tally = robot.tally(width);
  const judged = of(tally, 'credentials_invalid');
  return { name: 'replay of a proof', what: `one proof, ${copies} times`, tally, judged, won: 'nothing' };
}

/** Texts to numbers of one range, each asked for from another network. */
export async function pumping(people: People, count: number): Promise<Result> {
  const crowd = openCrowd(people.origin);
  await swarm(many(count), width, async (at) => {
    const phone = `+346123${String(at).padStart(5, '0')}`;
    await crowd.post('/v1/login/text', { ip: anywhere(), json: { client_id: people.client, phone } });
  });
  const tally = crowd.tally(width);
  const judged = of(tally, '202');
  const what = `${count} numbers of one range, as many networks`;
  return { name: 'SMS pumping', what, tally, judged, won: 'no text: nobody has these numbers' };
}
