import { rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { brandOfStage } from '../brands/brand-of-stage.ts';
import type { Brand } from '../lambdas/shared/domain/brand.ts';
import { type Certificate, localCertificate, trust } from './certificate.ts';
import { type Cloud, startCloud } from './cloud.ts';
import { lockDataFolder } from './data-folder.ts';
import { examplePort, serveExample, withExample } from './example-app.ts';
import { createUsers } from './fixture/create-users.ts';
import { type Fixture, readFixture } from './fixture/read-fixture.ts';
import { requirePort } from './front-door.ts';
import { Refusal } from './refusal.ts';
import { repack } from './repack.ts';
import { requireJava, startDynamodbEmulator } from './services/dynamodb/emulator.ts';
import { synthesize } from './synthesize.ts';
import { type Wishes, wishes } from './wishes.ts';

/** A local cloud at a terminal. */
export interface Session {
  readonly brand: string;
  readonly url: string;
  /** Where the example application listens. */
  readonly example: string;
  /** Under `--https`: what clients trust it by. */
  readonly certificate?: Certificate;
  /** Bundles again and gives the functions their new code, within a second or two. */
  renewCode(): Promise<void>;
  /** Synthesizes again and runs what came out, on the same data and port. */
  reload(): Promise<void>;
}

const STAGE = 'dev';
const DATA = resolve(import.meta.dirname, '../.local');

/**
 * Runs the local cloud of the brand in `BRAND` on the port in `PORT` until it is told to stop (Ctrl-C, SIGTERM, a closed
 * terminal). A reason not to start is one sentence on standard error and exit code 1.
 */
export async function runSession(ready: (session: Session) => void): Promise<void> {
  const closing: (() => unknown)[] = [];
  const close = async () => {
    for (const step of closing.splice(0).reverse()) await step();
  };
  const leave = (code: number) => {
    // A second signal does not wait. DynamoDB Local ends with this process in any case (services/dynamodb/emulator.ts).
    if (closing.length === 0) process.exit(code);
    close().finally(() => process.exit(code));
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => leave(0));
  whenOrphaned(() => leave(0));
  try {
    ready(await open(wishes(), closing));
  } catch (error) {
    console.error(error instanceof Refusal ? error.message : error);
    await close();
    process.exitCode = 1;
  }
}

/** `npm` that is killed alone takes nobody along: whoever started this process is gone, so this one goes too. */
function whenOrphaned(act: () => void): void {
  const parent = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(watch);
    act();
  }, 500);
  watch.unref();
}

async function open(asked: Wishes, closing: (() => unknown)[]): Promise<Session> {
  const { definition, port, fresh } = asked;
  const brand = definition.id;
  const folder = join(DATA, brand);
  requireJava();
  const fixture = asked.fixture === undefined ? undefined : readFixture(asked.fixture, definition);
  await requirePort(port);
  if (asked.example !== undefined) await requirePort(asked.example);
  closing.push(lockDataFolder(folder));
  if (fresh) await forget(folder);
  await rm(join(folder, 'cdk.out'), { recursive: true, force: true });
  const certificate = asked.https ? await localCertificate(DATA) : undefined;
  if (certificate) trust(certificate);
  const assembly = await synthesize(brand, STAGE, folder);
  const dynamodb = await startDynamodbEmulator(join(folder, 'dynamodb'));
  closing.push(() => dynamodb.stop());
  const example = await examplePort(asked.example);
  const start = () =>
    startCloud({
      assembly,
      brand,
      stage: STAGE,
      dataDir: folder,
      port,
      dynamodbEndpoint: dynamodb.endpoint,
      rebrand: (packed) => withFixture(withExample(packed, example), fixture),
      ...(certificate && { certificate }),
      ...(fixture && { clientSecrets: fixture.secrets, ...(fixture.issuer && { issuer: fixture.issuer }) }),
    });
  let cloud: Cloud = await start();
  closing.push(() => cloud.stop());
  const seen = brandOfStage(definition, STAGE);
  await createUsers(cloud.url, seen, fixture?.users ?? []);
  closing.push(await serveExample(cloud.issuer, seen, example));
  return {
    brand,
    url: cloud.url,
    example: `http://localhost:${example}`,
    ...(certificate && { certificate }),
    renewCode: () => repack(cloud.functions, folder),
    async reload() {
      await synthesize(brand, STAGE, folder);
      await cloud.stop();
      cloud = await start();
    },
  };
}

function withFixture(brand: Brand, fixture: Fixture | undefined): Brand {
  return fixture === undefined ? brand : { ...brand, clients: [...brand.clients, ...fixture.clients] };
}

/** Everything but the lock, which is this process's own. */
async function forget(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true });
  lockDataFolder(folder);
}
