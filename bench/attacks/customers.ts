import { setTimeout as sleep } from 'node:timers/promises';
import { type People, password, randomEmail, startSignUps } from '../people.ts';
import { anywhere, type Crowd, openCrowd, prove } from './crowd.ts';

/** Somebody with an account, at home in one browser. */
export interface Customer {
  readonly email: string;
  readonly cookies: readonly string[];
}

/** What honest people met while an attack went on. */
export interface Experience {
  readonly tries: number;
  /** Let in at once. */
  readonly worked: number;
  /** Let in after work that a browser does by itself. */
  readonly proven: number;
  readonly refused: number;
  /** Milliseconds of the slower half of those that were let in begin here. */
  readonly median: number;
}

/** Signs people up and remembers their browsers. */
export async function recruit(people: People, count: number): Promise<readonly Customer[]> {
  await startSignUps(people, count);
  const crowd = openCrowd(people.origin);
  const customers: Customer[] = [];
  for (const { email, flow, code } of people.flows.splice(0)) {
    const { cookies } = await crowd.post(`/v1/registrations/${flow}/verification`, { ip: anywhere(), json: { code } });
    customers.push({ email, cookies });
  }
  return customers;
}

/** One person's try at something: without work, and with the work that is asked for. */
async function attempt(
  crowd: Crowd,
  path: string,
  json: Readonly<Record<string, unknown>>,
  cookies: readonly string[],
): Promise<'worked' | 'proven' | 'refused'> {
  const ip = anywhere();
  const first = await crowd.post(path, { ip, json, cookies });
  if (first.status < 300) return 'worked';
  const proof = await prove(first.body);
  if (proof === undefined) return 'refused';
  const second = await crowd.post(path, { ip, json: { ...json, proof }, cookies });
  return second.status < 300 ? 'proven' : 'refused';
}

/** What customers do again and again while `attack` runs; every third at a browser that nobody knows. */
export async function meanwhile<T>(
  people: People,
  customers: readonly Customer[],
  kind: 'sign-in' | 'sign-up',
  attack: Promise<T>,
): Promise<readonly [T, Experience]> {
  const crowd = openCrowd(people.origin);
  const ends: { readonly end: 'worked' | 'proven' | 'refused'; readonly ms: number }[] = [];
  let over = false;
  const done = attack.finally(() => {
    over = true;
  });
  const live = async () => {
    for (let turn = 0; !over; turn++) {
      const { email, cookies } = customers[turn % customers.length] ?? { email: randomEmail(), cookies: [] };
      const begun = performance.now();
      const json = { client_id: people.client, email: kind === 'sign-up' ? randomEmail() : email, password };
      const path = kind === 'sign-up' ? '/v1/registrations' : '/v1/login/password';
      const end = await attempt(crowd, path, json, turn % 3 === 2 ? [] : cookies);
      ends.push({ end, ms: performance.now() - begun });
      await sleep(200);
    }
  };
  const [result] = await Promise.all([done, live()]);
  const times = ends.filter(({ end }) => end !== 'refused').map(({ ms }) => ms);
  const count = (which: string) => ends.filter(({ end }) => end === which).length;
  const experience = {
    tries: ends.length,
    worked: count('worked'),
    proven: count('proven'),
    refused: count('refused'),
    median: Math.round(times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0),
  };
  return [result, experience];
}
