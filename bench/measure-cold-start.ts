import { execFile } from 'node:child_process';
import { mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { build, type Metafile } from 'esbuild';
import { capabilities } from '../bin/capabilities.ts';
import { environmentOf } from '../local/functions/environment.ts';
import { type BenchCloud, functionOf } from './bench-cloud.ts';
import type { FunctionWeight, Import, Measurement } from './measurement.ts';
import { median } from './statistics.ts';

const run = promisify(execFile);
const root = resolve(import.meta.dirname, '..');
const scratch = join(root, 'dist', 'bench');

/** What esbuild wrote for one entry: the files of its start, and all that it can reach. */
export interface Reach {
  readonly start: readonly string[];
  readonly all: readonly string[];
}

/** Follows the imports of an output: the static ones are loaded at start, the dynamic ones when they are used. */
export function reachOf(outputs: Metafile['outputs'], entry: string): Reach {
  const follow = (kinds: ReadonlySet<string>) => {
    const seen = new Set([entry]);
    for (const output of seen) {
      for (const { path, kind, external } of outputs[output]?.imports ?? []) {
        if (!external && kinds.has(kind)) seen.add(path);
      }
    }
    return [...seen];
  };
  return { start: follow(new Set(['import-statement'])), all: follow(new Set(['import-statement', 'dynamic-import'])) };
}

function entryOf(outputs: Metafile['outputs'], capability: string): string {
  const found = Object.keys(outputs).find((path) => path.endsWith(`/${capability}.mjs`));
  if (!found) throw new Error(`the bundle has no ${capability}.mjs`);
  return found;
}

const none = { ms: Number.NaN, cpu: Number.NaN };

interface Candidate {
  readonly file: string;
  readonly env: Readonly<Record<string, string>>;
}

const probe = `
const cpuBefore = process.cpuUsage();
const before = performance.now();
await import(process.argv[1]);
const ms = performance.now() - before;
const { user, system } = process.cpuUsage(cpuBefore);
console.log(JSON.stringify({ ms, cpu: (user + system) / 1000 }));
process.exit();
`;

async function importOnce({ file, env }: Candidate): Promise<Import> {
  const { stdout } = await run(process.execPath, ['--input-type=module', '-e', probe, pathToFileURL(file).href], {
    env,
  });
  return JSON.parse(stdout) as Import;
}

/** Imports each in fresh processes, in turn, so that a slow moment of the machine meets all of them alike. */
async function coldImports(candidates: readonly Candidate[], rounds: number): Promise<readonly Import[]> {
  const imports = candidates.map((): Import[] => []);
  for (let round = 0; round < rounds; round++) {
    for (const [i, candidate] of candidates.entries()) imports[i]?.push(await importOnce(candidate));
  }
  return imports.map((list) => ({ ms: median(list.map(({ ms }) => ms)), cpu: median(list.map(({ cpu }) => cpu)) }));
}

const sdk = `
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, GetCommand, PutCommand, UpdateCommand, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
export const client = DynamoDBDocumentClient.from(new DynamoDBClient());
export const commands = [GetCommand, PutCommand, UpdateCommand, TransactWriteCommand];
`;

/** The peers: nothing at all, and the AWS SDK for DynamoDB by itself as most projects bundle it. */
async function writePeers(): Promise<{ readonly empty: string; readonly sdk: string }> {
  await mkdir(scratch, { recursive: true });
  const files = { empty: join(scratch, 'empty.mjs'), sdk: join(scratch, 'sdk.mjs') };
  await writeFile(files.empty, 'export {};\n');
  await build({
    stdin: { contents: sdk, resolveDir: root },
    outfile: files.sdk,
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'node',
    target: 'node24',
    mainFields: ['module', 'main'],
    banner: { js: "import{createRequire as __r}from'node:module';const require=__r(import.meta.url);" },
  });
  return files;
}

type ColdStarts = Pick<Measurement, 'functions' | 'empty' | 'sdk'>;

/**
 * Weighs each function and imports it as Lambda would: its own folder, its own environment.
 * @param firstRequests CPU-ms by capability
 * @param rounds fresh processes per function
 */
export async function measureColdStarts(
  cloud: BenchCloud,
  firstRequests: ReadonlyMap<string, number>,
  rounds: number,
): Promise<ColdStarts> {
  const { outputs } = JSON.parse(await readFile(join(cloud.bundle, 'metafile.json'), 'utf8')) as Metafile;
  const peers = await writePeers();
  const names = capabilities.map(({ name }) => name);
  const candidates = names.map((name): Candidate => {
    const definition = functionOf(cloud, name);
    const place = { accessKey: 'BENCH', region: cloud.region, proxy: cloud.side };
    return { file: join(definition.code, 'index.mjs'), env: environmentOf(definition, place) };
  });
  const bare = { env: {} };
  const [empty = none, sdkImport = none, ...imports] = await coldImports(
    [{ file: peers.empty, ...bare }, { file: peers.sdk, env: { AWS_REGION: cloud.region } }, ...candidates],
    rounds,
  );
  const kilobytes = (paths: readonly string[]) =>
    paths.reduce((sum, path) => sum + (outputs[path]?.bytes ?? 0), 0) / 1024;
  const functions = names.map((capability, i): FunctionWeight => {
    const { start, all } = reachOf(outputs, entryOf(outputs, capability));
    return {
      capability,
      startKb: kilobytes(start),
      startFiles: start.length,
      allKb: kilobytes(all),
      allFiles: all.length,
      cold: imports[i] ?? none,
      firstRequest: firstRequests.get(capability),
    };
  });
  const sdkKb = (await stat(peers.sdk)).size / 1024;
  await rm(scratch, { recursive: true, force: true });
  return { functions, empty, sdk: { ...sdkImport, kb: sdkKb } };
}
