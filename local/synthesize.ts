import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { refuse } from './refusal.ts';

const APP = fileURLToPath(new URL('../bin/ciam.ts', import.meta.url));

/**
 * Bundles the functions and synthesizes one brand and stage into `folder` (its `cdk.out` and `dist`), in a process of its
 * own: the CDK is large, and the local cloud runs for hours without it. Returns the folder of the assembly. What the app says on its standard error is the reason of a failure.
 */
export async function synthesize(brand: string, stage: string, folder: string): Promise<string> {
  const assembly = join(folder, 'cdk.out');
  const dist = join(folder, 'dist');
  const child = spawn(process.execPath, [APP, '--brand', brand, '--stage', stage, '--out', assembly, '--dist', dist], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  // A signal to this process alone must not leave the child behind.
  const end = () => child.kill();
  process.once('exit', end);
  let complaint = '';
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    complaint += chunk;
  });
  const code = await new Promise<number | null>((resolve, reject) =>
    child.once('error', reject).once('close', resolve),
  );
  process.removeListener('exit', end);
  if (code !== 0) refuse(complaint.trim() || `Synthesizing ${brand} ${stage} failed.`);
  return assembly;
}
