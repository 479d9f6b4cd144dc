import { rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { brands } from '../brands/brands.ts';
import { type Cloud, startCloud } from './cloud.ts';
import { lockDataFolder } from './data-folder.ts';
import { requirePort } from './front-door.ts';
import { Refusal, refuse } from './refusal.ts';
import { repack } from './repack.ts';
import { requireJava, startDynamodbEmulator } from './services/dynamodb/emulator.ts';
import { synthesize } from './synthesize.ts';

/** What a person at the terminal asked for. */
interface Wishes {
  readonly brand: string;
  readonly port: number;
  /** Forget all data of this brand first. */
  readonly fresh: boolean;
}

/** A local cloud at a terminal. */
export interface Session {
  readonly brand: string;
  readonly url: string;
  /** Bundles again and gives the functions their new code, within a second or two. */
  renewCode(): Promise<void>;
  /** Synthesizes again and runs what came out, on the same data and port. */
  reload(): Promise<void>;
}

const STAGE = 'dev';
const DEFAULT_PORT = 8787;
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
  try {
    ready(await open(wishes(), closing));
  } catch (error) {
    console.error(error instanceof Refusal ? error.message : error);
    await close();
    process.exitCode = 1;
  }
}

async function open({ brand, port, fresh }: Wishes, closing: (() => unknown)[]): Promise<Session> {
  const folder = join(DATA, brand);
  requireJava();
  await requirePort(port);
  closing.push(lockDataFolder(folder));
  if (fresh) await forget(folder);
  await rm(join(folder, 'cdk.out'), { recursive: true, force: true });
  const assembly = await synthesize(brand, STAGE, folder);
  const dynamodb = await startDynamodbEmulator(join(folder, 'dynamodb'));
  closing.push(() => dynamodb.stop());
  const start = () =>
    startCloud({ assembly, brand, stage: STAGE, dataDir: folder, port, dynamodbEndpoint: dynamodb.endpoint });
  let cloud: Cloud = await start();
  closing.push(() => cloud.stop());
  return {
    brand,
    url: cloud.url,
    renewCode: () => repack(cloud.functions, folder),
    async reload() {
      await synthesize(brand, STAGE, folder);
      await cloud.stop();
      cloud = await start();
    },
  };
}

function wishes(): Wishes {
  const brand = process.env.BRAND ?? 'northwind';
  const ids = brands.map(({ id }) => id);
  if (!ids.includes(brand)) refuse(`BRAND "${brand}" does not exist: it must be one of ${ids.join(', ')}.`);
  const port = Number(process.env.PORT ?? DEFAULT_PORT);
  if (!Number.isInteger(port) || port < 1 || port > 65_535) refuse(`PORT "${process.env.PORT}" is not a port number.`);
  return { brand, port, fresh: flags().fresh };
}

function flags(): { readonly fresh: boolean } {
  try {
    return { fresh: parseArgs({ options: { fresh: { type: 'boolean' } } }).values.fresh === true };
  } catch (error) {
    return refuse(
      `${error instanceof Error ? error.message : error} The only option is --fresh: npm start -- --fresh.`,
    );
  }
}

/** Everything but the lock, which is this process's own. */
async function forget(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true });
  lockDataFolder(folder);
}
