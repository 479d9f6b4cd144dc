import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { bundle, entries } from '../bin/bundle.ts';
import type { LambdaFunction } from './functions/lambda-function.ts';
import { isNamed } from './proxy/fault-rules.ts';

/**
 * Bundles the functions again and puts the new code into the folders that the running ones were loaded from; the next
 * events get new workers. For a change in code alone: what a template says needs a synth.
 */
export async function repack(functions: readonly LambdaFunction[], folder: string): Promise<void> {
  const { files, folder: from } = await bundle(entries(), join(folder, 'dist', 'bundle'));
  await Promise.all(
    functions.map(async ({ definition, recycle }) => {
      const [, [entry, ...chunks] = []] = [...files].find(([name]) => isNamed(definition.name, name)) ?? [];
      if (entry === undefined) return;
      // Chunks of the old code stay: a worker that is busy may still want one.
      await Promise.all(chunks.map((chunk) => cp(join(from, chunk), join(definition.code, chunk))));
      await cp(join(from, entry), join(definition.code, 'index.mjs'));
      recycle();
    }),
  );
}
