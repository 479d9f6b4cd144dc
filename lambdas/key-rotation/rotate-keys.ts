import { randomBytes } from 'node:crypto';
import type { RingName } from '../shared/domain/capability.ts';
import { seconds } from '../shared/domain/time.ts';
import type { SigningSecret } from '../shared/vault/make-signing-key.ts';
import type { PublishedKeys } from '../shared/vault/public-keys.ts';
import type { SealingSecrets } from '../shared/vault/sealing-ring.ts';
import type { SigningAlg, SigningSecrets } from '../shared/vault/signing-ring.ts';
import { planRotation, type RotationPolicy } from './plan-rotation.ts';

/** A ring as it stands: `version` 0 where it is not made yet. */
export interface StandingRing {
  readonly version: number;
  readonly contents: unknown;
}

interface Deps {
  readonly policy: RotationPolicy;
  readonly exists: (ring: RingName) => Promise<boolean>;
  readonly readRing: (ring: RingName) => Promise<StandingRing>;
  readonly writeRing: (
    ring: RingName,
    contents: unknown,
    version: number,
    published?: PublishedKeys,
  ) => Promise<boolean>;
  readonly makeSigningKey: (alg: SigningAlg, activeFrom: number) => Promise<SigningSecret>;
  readonly publicPart: (key: SigningSecret) => PublishedKeys['keys'][number];
}

/** What a run did, for the log. */
export interface RotationReport {
  readonly sealing: 'made' | 'kept';
  /** `kid` of each key. */
  readonly made: readonly string[];
  readonly dropped: readonly string[];
}

/** 256 random bits, base64url. */
const secret = () => randomBytes(32).toString('base64url');

/** The sealing ring is made once; what it sealed must open for as long as the data lives. */
async function ensureSealing(deps: Deps): Promise<RotationReport['sealing']> {
  // Asked in the reverse order of making, so that a rival in its first run is not taken for a loss.
  const signs = await deps.exists('signing');
  if (await deps.exists('sealing')) return 'kept';
  // Both rings are made by the first run. One without the other is a loss: a new root would make every account and
  // address unreadable for ever, so a person must look (docs/runbook.md).
  if (signs) throw new Error('the sealing ring is missing though the signing ring is there');
  const secrets: SealingSecrets = { root: secret(), keks: [{ id: 'k1', key: secret() }] };
  return (await deps.writeRing('sealing', secrets, 0)) ? 'made' : 'kept';
}

async function rotateSigning(deps: Deps, now: number): Promise<Omit<RotationReport, 'sealing'>> {
  const { version, contents } = await deps.readRing('signing');
  const { keys: standing, past: known = [] } = (contents ?? { keys: [] }) as SigningSecrets;
  const plan = planRotation(standing, deps.policy, now);
  const dropped = plan.drop.map(({ key }) => key.kid);
  // Of a key that is dropped its private part is gone for good; what can sign nothing stays for hints.
  const retired = plan.drop.map(({ key, until }) => ({ ...deps.publicPart(key), until }));
  const past = [...known, ...retired].filter(({ until }) => until > seconds(now));
  const isSettled = plan.make.length === 0 && dropped.length === 0 && past.length === known.length;
  if (isSettled) return { made: [], dropped: [] };

  const fresh = await Promise.all(plan.make.map(({ alg, activeFrom }) => deps.makeSigningKey(alg, activeFrom)));
  const keys = [...plan.keep, ...fresh];
  const published = { keys: keys.map(deps.publicPart), past };
  const won = await deps.writeRing('signing', { keys, past }, version, published);
  return won ? { made: fresh.map(({ kid }) => kid), dropped } : { made: [], dropped: [] };
}

/**
 * Makes what is missing and rotates what is due. Runs after each deployment and every few hours; a run that has nothing
 * to do changes nothing, and of two at once one wins.
 * @throws Refusal `unavailable`
 */
export async function rotateKeys(deps: Deps, now: number): Promise<RotationReport> {
  const sealing = await ensureSealing(deps);
  return { sealing, ...(await rotateSigning(deps, now)) };
}
