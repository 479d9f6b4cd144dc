import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import type { Brand } from '../lambdas/shared/domain/brand.ts';
import { createDeployment, type Deployment } from '../local/assembly/deployment.ts';
import { readAssembly } from '../local/assembly/read-assembly.ts';
import { startCloud } from '../local/cloud.ts';
import { openDataFolder } from '../local/data-folder.ts';
import { type FunctionDefinition, readFunctions } from '../local/functions/function-definition.ts';
import { startDynamodbEmulator } from '../local/services/dynamodb/emulator.ts';
import { loadKeys } from '../local/services/kms/keys.ts';
import { createKms } from '../local/services/kms/kms.ts';

const root = resolve(import.meta.dirname, '..');

/** What the bench changes of a brand and its usual choice. */
export interface BenchCloudOptions {
  readonly brand?: 'northwind' | 'solmar';
  readonly rebrand?: (brand: Brand) => Brand;
}

/** A running local cloud of the bench's own, in a temporary folder and on free ports. */
export interface BenchCloud {
  readonly origin: string;
  readonly brand: string;
  readonly region: string;
  readonly functions: readonly FunctionDefinition[];
  /** Folder of the bundle that the functions were packed from, with its `metafile.json`. */
  readonly bundle: string;
  /** Endpoints for a function that runs outside of the local cloud, on the same tables and keys. */
  readonly dynamodb: string;
  /** KMS; and it answers `/floor` with as much JSON as a small item is. */
  readonly side: string;
  readonly stop: () => Promise<void>;
}

async function readText(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

const floorReply = JSON.stringify({ Item: { pk: { S: 'USER#'.padEnd(30, 'x') }, sealed: { S: 'x'.repeat(500) } } });

/** The cloud's own KMS keys for functions that no proxy knows. */
async function startSideServer(deployment: Deployment, dataDir: string) {
  const kms = createKms(loadKeys(deployment, openDataFolder(dataDir)), deployment.place.account);
  const server = createServer(async (request, response) => {
    const text = await readText(request);
    if (request.url === '/floor') return void response.end(floorReply);
    // The list of breached passwords: it has none of theirs.
    if (request.url?.startsWith('/range/')) return void response.end('');
    const { status, headers, body } = await kms.perform(kms.parse(request.headers, text));
    response.writeHead(status, headers).end(body);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address = server.address();
  const port = address !== null && typeof address === 'object' ? address.port : 0;
  return { origin: `http://127.0.0.1:${port}`, close: () => server.close().closeAllConnections() };
}

/** Synthesizes the dev stage into a temporary folder and starts it. */
export async function startBenchCloud({ brand = 'northwind', rebrand }: BenchCloudOptions = {}): Promise<BenchCloud> {
  const folder = await mkdtemp(join(tmpdir(), 'latchkey-bench-'));
  const assembly = join(folder, 'cdk.out');
  const synth = ['bin/ciam.ts', '--brand', brand, '--stage', 'dev', '--out', assembly, '--dist', join(folder, 'dist')];
  await promisify(execFile)(process.execPath, synth, { cwd: root });
  const emulator = await startDynamodbEmulator('memory');
  const dataDir = join(folder, 'data');
  const endpoint = emulator.endpoint;
  const cloud = await startCloud({ assembly, brand, dynamodbEndpoint: endpoint, dataDir, ...(rebrand && { rebrand }) });
  const deployment = createDeployment(readAssembly(assembly), `${brand}-dev`, cloud.url);
  const side = await startSideServer(deployment, dataDir);
  return {
    origin: cloud.url,
    brand,
    region: deployment.place.region,
    functions: readFunctions(deployment),
    bundle: join(folder, 'dist', 'bundle'),
    dynamodb: emulator.endpoint,
    side: side.origin,
    stop: async () => {
      side.close();
      await cloud.stop();
      await emulator.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** The function of a capability. */
export function functionOf({ functions, brand }: BenchCloud, capability: string): FunctionDefinition {
  const found = functions.find(({ name }) => name === `${brand}-dev-${capability}`);
  if (!found) throw new Error(`the cloud has no function for ${capability}`);
  return found;
}
