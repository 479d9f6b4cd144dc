import type { Brand } from '../domain/brand.ts';
import { type Random, systemRandom } from '../domain/id.ts';
import type { Clock } from '../domain/time.ts';
import { openTables, type Tables } from '../store/tables.ts';
import { kept } from '../vault/kept.ts';
import { type PublicKeys, readPublicKeys } from '../vault/public-keys.ts';
import { openSealingRing, type SealingRing } from '../vault/sealing-ring.ts';
import { openSigningRing, type SigningRing } from '../vault/signing-ring.ts';
import { type ClientFinder, clientFinder } from './client-finder.ts';
import { edgeKind, packedBrand, required } from './configuration.ts';
import type { EdgeKind } from './edge.ts';

/** What a function is made of: handed to use cases piece by piece, by its handler alone. */
export interface Runtime {
  readonly brand: Brand;
  /** The origin of every link and token (VC8): configuration, never a request header. */
  readonly issuer: string;
  /** What is in front of the gateway, as the deployment says. */
  readonly edge: EdgeKind;
  readonly tables: Tables;
  readonly clock: Clock;
  readonly random: Random;
  /** Whether the role opens the sealing ring: then callers can be named by keyed hash in the log. */
  readonly knowsCallers: boolean;
  readonly clients: ClientFinder;
  readonly sealing: () => Promise<SealingRing>;
  readonly signing: () => Promise<SigningRing>;
  readonly publicKeys: (fresh?: { readonly youngest: number }) => Promise<PublicKeys>;
}

/** Seconds after which rings and published keys are read anew; far below the day that a next key waits (TK6). */
const ringAge = 3600;
const publicAge = 300;
/** Seconds that known keys serve on while the Vault or KMS is out of reach (F21). */
const grace = 3600;

/** Reads the brand packed beside the function and opens what its environment names. */
export function startRuntime(env: NodeJS.ProcessEnv = process.env): Runtime {
  const brand = packedBrand();
  const tables = openTables(env);
  const clock: Clock = () => Date.now();
  const access = () => ({ tables, keyArn: required(env, 'VAULT_KEY_ARN') });
  return {
    brand,
    issuer: required(env, 'ISSUER'),
    edge: edgeKind(env),
    tables,
    clock,
    random: systemRandom,
    clients: clientFinder(brand, tables, clock),
    knowsCallers: env.VAULT_KEY_ARN !== undefined,
    sealing: kept(() => openSealingRing(access()), clock, ringAge, grace),
    signing: kept(() => openSigningRing(access(), clock), clock, ringAge, grace),
    publicKeys: kept(() => readPublicKeys(tables), clock, publicAge, grace),
  };
}
