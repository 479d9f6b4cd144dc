import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { refuse } from './refusal.ts';

const APP = fileURLToPath(new URL('../bin/ciam.ts', import.meta.url));

/**
 * Bundles the functions and synthesizes one brand and stage into a folder, in a process of its own: the CDK is large,
 * and the local cloud runs for hours without it. What the app says on its standard error is the reason of a failure.
 */
export async function synthesize(brand: string, stage: string, directory: string): Promise<void> {
  const child = spawn(process.execPath, [APP, '--brand', brand, '--stage', stage, '--out', directory], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let complaint = '';
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    complaint += chunk;
  });
  const code = await new Promise<number | null>((resolve, reject) =>
    child.once('error', reject).once('close', resolve),
  );
  if (code !== 0) refuse(complaint.trim() || `Synthesizing ${brand} ${stage} failed.`);
}
