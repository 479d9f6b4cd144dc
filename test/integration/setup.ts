import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import type { TestProject } from 'vitest/node';
import { startCloud } from '../../local/cloud.ts';
import { startDynamodbEmulator } from '../../local/services/dynamodb/emulator.ts';
import { leaksIn, residueOf } from './support/leaks.ts';

const root = resolve(import.meta.dirname, '../..');

/** Both brands on one DynamoDB Local, with their data in a folder of its own. */
async function startLane(folder: string, assembly: string) {
  const dynamodb = await startDynamodbEmulator('memory');
  const start = (brand: string) =>
    startCloud({ assembly, brand, dynamodbEndpoint: dynamodb.endpoint, dataDir: join(folder, brand) });
  const clouds = { northwind: await start('northwind'), solmar: await start('solmar') };
  const { northwind, solmar } = clouds;
  return {
    lane: {
      clouds: { northwind: northwind.url, solmar: solmar.url },
      assembly,
      dataFolder: folder,
      dynamodb: dynamodb.endpoint,
    },
    leaks: async () => {
      const found = Object.entries(clouds).map(async ([brand, { url }]) =>
        leaksIn(await residueOf(url, join(folder, brand))),
      );
      return (await Promise.all(found)).flat();
    },
    stop: async () => {
      await Promise.all([northwind.stop(), solmar.stop()]);
      await dynamodb.stop();
    },
  };
}

/** Synthesizes the dev stage once, and runs a lane for each worker of the project. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'latchkey-test-'));
  const assembly = join(folder, 'cdk.out');
  const synth = ['bin/ciam.ts', '--stage', 'dev', '--out', assembly, '--dist', join(folder, 'dist')];
  await promisify(execFile)(process.execPath, synth, { cwd: root });
  const workers = Array.from({ length: Number(project.config.maxWorkers) }, (_, i) => join(folder, `lane-${i + 1}`));
  const lanes = await Promise.all(workers.map((own) => startLane(own, assembly)));
  project.provide(
    'lanes',
    lanes.map(({ lane }) => lane),
  );
  return async () => {
    const found = (await Promise.all(lanes.map(({ leaks }) => leaks()))).flat();
    await Promise.all(lanes.map(({ stop }) => stop()));
    await rm(folder, { recursive: true, force: true });
    // LG1 over the whole run: a failure here fails it, whichever test left what was found.
    if (found.length > 0) throw new Error(`LG1: what the integration tests left is not clean:\n${found.join('\n')}`);
  };
}
