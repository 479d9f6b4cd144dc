import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import type { TestProject } from 'vitest/node';
import { startCloud } from '../../local/cloud.ts';
import { startDynamodbEmulator } from '../../local/services/dynamodb/emulator.ts';
import { leaksIn, residueOf } from './support/leaks.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Origin of each brand's running cloud. */
    clouds: Readonly<Record<'northwind' | 'solmar', string>>;
    /** Folder with the log files that functions wrote, per brand. */
    dataFolder: string;
    /** Endpoint of the DynamoDB Local that holds the tables of both brands. */
    dynamodb: string;
  }
}

const root = resolve(import.meta.dirname, '../..');

/** Synthesizes the dev stage once, and runs both brands on one DynamoDB Local for all integration tests. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'latchkey-test-'));
  const assembly = join(folder, 'cdk.out');
  const synth = ['bin/ciam.ts', '--stage', 'dev', '--out', assembly, '--dist', join(folder, 'dist')];
  await promisify(execFile)(process.execPath, synth, { cwd: root });
  const dynamodb = await startDynamodbEmulator('memory');
  const start = (brand: string) =>
    startCloud({ assembly, brand, dynamodbEndpoint: dynamodb.endpoint, dataDir: join(folder, brand) });
  const [northwind, solmar] = await Promise.all([start('northwind'), start('solmar')]);
  project.provide('clouds', { northwind: northwind.url, solmar: solmar.url });
  project.provide('dataFolder', folder);
  project.provide('dynamodb', dynamodb.endpoint);
  const leaks = async () => {
    const clouds = { northwind, solmar };
    const found = Object.entries(clouds).map(async ([brand, { url }]) =>
      leaksIn(await residueOf(url, join(folder, brand))),
    );
    return (await Promise.all(found)).flat();
  };
  return async () => {
    const found = await leaks();
    await Promise.all([northwind.stop(), solmar.stop()]);
    await dynamodb.stop();
    await rm(folder, { recursive: true, force: true });
    // LG1 over the whole run: a failure here fails it, whichever test left what was found.
    if (found.length > 0) throw new Error(`LG1: what the integration tests left is not clean:\n${found.join('\n')}`);
  };
}
