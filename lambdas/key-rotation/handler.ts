import type { RingName } from '../shared/domain/capability.ts';
import { required } from '../shared/http/configuration.ts';
import { log } from '../shared/http/log.ts';
import { startRuntime } from '../shared/http/runtime.ts';
import { read } from '../shared/store/read.ts';
import { makeSigningKey, publicPart } from '../shared/vault/make-signing-key.ts';
import { openRingItem, ringKey } from '../shared/vault/ring.ts';
import { writeRing } from '../shared/vault/write-ring.ts';
import { rotateKeys, type StandingRing } from './rotate-keys.ts';

const { brand, tables, clock } = startRuntime();
const access = { tables, keyArn: required(process.env, 'VAULT_KEY_ARN') };
const { signingKey, accessToken, idToken, refreshAbsolute: longestSession } = brand.lifetimes;
const policy = { signingKey, longestToken: Math.max(accessToken, idToken), longestSession };

async function readRing(ring: RingName): Promise<StandingRing> {
  const item = await read(tables, tables.vault, ringKey(ring));
  return item
    ? { version: Number(item.version), contents: await openRingItem(access, ring, item) }
    : { version: 0, contents: undefined };
}

const exists = async (ring: RingName) => (await read(tables, tables.vault, ringKey(ring))) !== undefined;

const deps = {
  policy,
  exists,
  readRing,
  writeRing: writeRing.bind(undefined, access),
  makeSigningKey,
  publicPart,
};

export async function handler(): Promise<void> {
  const report = await rotateKeys(deps, clock());
  log('info', 'keys', { ...report });
}
