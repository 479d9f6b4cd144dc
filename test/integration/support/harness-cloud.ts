import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AuthenticationPolicy } from '../../../lambdas/shared/domain/authentication-policy.ts';
import type { Client } from '../../../lambdas/shared/domain/brand.ts';
import { type Certificate, localCertificate, trust } from '../../../local/certificate.ts';
import { type Cloud, startCloud } from '../../../local/cloud.ts';
import { createUsers } from '../../../local/fixture/create-users.ts';
import { startDynamodbEmulator } from '../../../local/services/dynamodb/emulator.ts';
import { facts } from './brand-facts.ts';
import type { Person } from './browser-session.ts';
import { lane } from './lane.ts';
import { type BrandId, goodPassword, randomEmail } from './visitor.ts';

/** A cloud of its own, with clients that no brand has. */
export interface HarnessCloud {
  readonly url: string;
  readonly cloud: Cloud;
  /** Somebody with an account. */
  newPerson(): Promise<Person>;
  stop(): Promise<void>;
}

/** Of what a fixture brings along, what a test chooses. */
export interface HarnessOptions {
  readonly brand?: BrandId;
  readonly clients?: readonly (Pick<Client, 'id'> & Partial<Client>)[];
  /** How its people sign in, where not as the brand says. */
  readonly authentication?: Partial<AuthenticationPolicy>;
  readonly secrets?: Readonly<Record<string, string>>;
  readonly https?: boolean;
}

const defaults: Omit<Client, 'id'> = {
  name: 'Harness',
  firstParty: false,
  authentication: 'client_secret_basic',
  redirectUris: ['https://harness.example/callback'],
  origins: [],
  grants: ['authorization_code', 'refresh_token'],
  scopes: ['openid', 'profile', 'email', 'address', 'phone', 'offline_access'],
  audience: 'https://api.harness.example/',
  idTokenAlg: 'RS256',
};

/** Starts the way `npm start -- --fixture` does, on a copy of the assembly that this run has synthesized. */
export async function startHarnessCloud({
  brand = 'northwind',
  clients = [],
  authentication = {},
  secrets = {},
  https = false,
}: HarnessOptions): Promise<HarnessCloud> {
  const folder = await mkdtemp(join(tmpdir(), 'latchkey-harness-'));
  const assembly = join(folder, 'cdk.out');
  await cp(lane().assembly, assembly, { recursive: true });
  const certificate: Certificate | undefined = https ? await localCertificate(folder) : undefined;
  if (certificate) trust(certificate);
  const dynamodb = await startDynamodbEmulator('memory');
  const added = clients.map((client): Client => ({ ...defaults, ...client }));
  const cloud = await startCloud({
    assembly,
    brand,
    dynamodbEndpoint: dynamodb.endpoint,
    rebrand: (packed) => ({
      ...packed,
      clients: [...packed.clients, ...added],
      authentication: { ...packed.authentication, ...authentication },
    }),
    clientSecrets: secrets,
    ...(certificate && { certificate }),
  });
  return {
    url: cloud.url,
    cloud,
    async newPerson() {
      const person = { email: randomEmail(), password: goodPassword };
      await createUsers(cloud.url, facts[brand], [person]);
      return person;
    },
    async stop() {
      await cloud.stop();
      await dynamodb.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
