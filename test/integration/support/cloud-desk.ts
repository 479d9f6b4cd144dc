import { setTimeout as sleep } from 'node:timers/promises';
import { type BrandId, originOf } from './visitor.ts';

/** A client as the local cloud shows it to a developer. */
interface SeededClient {
  readonly client_id: string;
  readonly grant_types: readonly string[];
  readonly secret?: string;
}

/** An event as it went over the bus. */
interface SeenEvent {
  readonly source: string;
  readonly 'detail-type': string;
  readonly detail: {
    readonly id: string;
    readonly type: string;
    readonly at: string;
    readonly brand: string;
    readonly data: Readonly<Record<string, unknown>>;
  };
}

async function desk<T>(brand: BrandId, path: string): Promise<T> {
  const response = await fetch(`${originOf(brand)}/_local/${path}`, { headers: { accept: 'application/json' } });
  return (await response.json()) as T;
}

/** The cloud's own time in milliseconds. */
export async function cloudNow(brand: BrandId): Promise<number> {
  const { now } = await desk<{ readonly now: string }>(brand, 'clock');
  return Date.parse(now);
}

/** Moves the cloud's time forward by seconds; schedules that fall due have run when it answers. */
export async function advance(brand: BrandId, seconds: number): Promise<void> {
  const response = await fetch(`${originOf(brand)}/_local/clock`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ advance: seconds }),
  });
  if (!response.ok) throw new Error(`the clock answered ${response.status}: ${await response.text()}`);
}

/** The secret of a confidential client. */
export async function secretOf(brand: BrandId, client: string): Promise<string> {
  const clients = await desk<readonly SeededClient[]>(brand, 'clients');
  const secret = clients.find(({ client_id }) => client_id === client)?.secret;
  if (secret === undefined) throw new Error(`${client} has no secret`);
  return secret;
}

/** Waits until an event of the type about the person is on the bus. */
export async function awaitEvent(brand: BrandId, type: string, sub: string): Promise<SeenEvent['detail']> {
  for (let tries = 0; tries < 200; tries++) {
    const events = await desk<readonly { readonly event: SeenEvent }[]>(brand, 'events');
    const found = events.find(({ event }) => event.detail.type === type && event.detail.data?.sub === sub);
    if (found) return found.event.detail;
    await sleep(50);
  }
  throw new Error(`no ${type} of ${sub} on the bus after 10 seconds`);
}
