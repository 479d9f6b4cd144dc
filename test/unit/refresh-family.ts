import type { Client, Lifetimes } from '../../lambdas/shared/domain/brand.ts';
import { newEvent } from '../../lambdas/shared/domain/event.ts';
import { newUserId, systemRandom, type UserId } from '../../lambdas/shared/domain/id.ts';
import type { Session } from '../../lambdas/shared/domain/session.ts';
import { newSession } from '../../lambdas/shared/domain/session-start.ts';
import { OAuthRefusal } from '../../lambdas/shared/oidc/oauth-refusal.ts';
import { readRefreshToken, refreshToken } from '../../lambdas/shared/oidc/refresh-token.ts';
import type { TokenResponse } from '../../lambdas/shared/oidc/token-response.ts';
import { bind } from '../../lambdas/shared/store/bind.ts';
import { beginSession, endSession, findSession, rotate } from '../../lambdas/shared/store/session-store.ts';
import { transact } from '../../lambdas/shared/store/transaction.ts';
import { addUserStep, findUser } from '../../lambdas/shared/store/user-store.ts';
import { rotateRefreshToken } from '../../lambdas/token/rotate-refresh-token.ts';
import { sampleBrands } from './mail-samples.ts';
import { atOnce, MemoryTables, type Network } from './memory-tables.ts';
import { sampleIssuer, sampleSealing, sampleSigning } from './sample-keys.ts';

export const start = Date.parse('2026-11-21T14:05:00Z');
const sealing = sampleSealing();
const signing = await sampleSigning();
const { clients, lifetimes: brandLifetimes } = sampleBrands[0];

function clientOf(id: string): Client {
  const found = clients.find((client) => client.id === id);
  if (!found) throw new Error(`no client ${id}`);
  return found;
}
export const web = clientOf('northwind-web');
export const forum = clientOf('northwind-community');

/** One use of a refresh token, as the token endpoint sees it; times in milliseconds. */
export interface Use {
  readonly token: string;
  readonly arrivedAt: number;
  readonly now: number;
  readonly client?: Client;
  readonly scope?: string;
}
export type Used = { readonly tokens: TokenResponse } | { readonly error: string };

/** A session at the real use case and the real store verbs, over tables in memory. */
export interface Family {
  readonly memory: MemoryTables;
  readonly user: UserId;
  readonly first: string;
  readonly lifetimes: Lifetimes;
  readonly use: (use: Use) => Promise<Used>;
  readonly session: () => Promise<Session | undefined>;
  readonly revoke: (now: number) => Promise<boolean>;
  readonly changeUser: (change: Readonly<Record<string, unknown>>) => void;
  /** The same family at this moment, apart from this one. */
  readonly copy: () => Promise<Family>;
}

function family(memory: MemoryTables, session: Session, lifetimes: Lifetimes): Family {
  const store = bind(memory.tables, { rotate, findUser, endSession });
  const deps = {
    issuer: sampleIssuer,
    levels: { aal2: { absolute: 43_200, idle: 3600 } },
    lifetimes,
    random: systemRandom,
    sealing,
    signing: signing.ring,
    store,
    idTokenClaims: async () => ({}),
  };
  const { id, userId: user } = session;
  return {
    memory,
    user,
    lifetimes,
    first: refreshToken(sealing, { user, session: id, generation: 0 }),
    use: async ({ token, arrivedAt, now, client = web, scope }) => {
      try {
        return { tokens: await rotateRefreshToken(deps, client, { refresh_token: token, scope }, arrivedAt, now) };
      } catch (error) {
        if (error instanceof OAuthRefusal) return { error: error.error };
        throw error;
      }
    },
    session: async () => {
      const still = new MemoryTables();
      for (const [key, item] of memory.items) still.items.set(key, item);
      return findSession(still.tables, user, id);
    },
    revoke: (now) => {
      const event = newEvent('session.ended', { sub: user, session: id, reason: 'revoked' }, now, systemRandom);
      return endSession(memory.tables, user, id, event, now, web.id);
    },
    changeUser: (change) => {
      const key = `Directory USER#${user} #`;
      memory.items.set(key, { ...memory.items.get(key), ...change });
    },
    copy: async () => {
      const other = new MemoryTables();
      for (const [key, item] of memory.items) other.items.set(key, item);
      return family(other, session, lifetimes);
    },
  };
}

/** Begins a session in tables behind `network`, which is in force once it has begun. */
export async function beginFamily(grace: number, network: Network = atOnce): Promise<Family> {
  let begun = false;
  const memory = new MemoryTables((apply, operation, input) =>
    begun ? network(apply, operation, input) : atOnce(apply, operation, input),
  );
  const lifetimes = { ...brandLifetimes, refreshGrace: grace };
  const user = newUserId(systemRandom);
  const making = { lifetimes, random: systemRandom, now: start, sealEphemeral: sealing.sealEphemeral };
  const device = { ip: '192.0.2.1', userAgent: 'Test' };
  const session = newSession(making, {
    userId: user,
    client: web,
    scope: 'openid profile',
    methods: ['password'],
    device,
  });
  const signedIn = { sub: user, session: session.id, client: web.id, amr: ['pwd' as const] };
  await beginSession(memory.tables, session, newEvent('user.signed_in', signedIn, start, systemRandom));
  const person = { id: user, identHash: 'h', sealed: '', status: 'active', locale: 'en', version: 1 } as const;
  const times = { createdAt: start, updatedAt: start, sessionsValidFrom: start };
  const registered = newEvent('user.registered', { sub: user, client: web.id, locale: 'en' }, start, systemRandom);
  await transact(memory.tables, [addUserStep(memory.tables, { ...person, ...times }, registered)]);
  begun = true;
  return family(memory, session, lifetimes);
}

/** Which rotation a refresh token stands for. */
export function generationOf(token: string | undefined): number {
  const subject = readRefreshToken(sealing, token ?? '');
  if (!subject) throw new Error('it is no refresh token of ours');
  return subject.generation;
}
