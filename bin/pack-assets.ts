import { cp, mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Brand } from '../lambdas/shared/domain/brand.ts';
import type { Bundle } from './bundle.ts';

/** Name of the entry file of each asset, so that the handler string is `index.handler` for every function. */
const INDEX = 'index.mjs';

/**
 * Lays out one folder per function under `folder`: the entry, the chunks that it reaches and `brand.json`. A function
 * knows its brand from this file alone, so that a change in one brand leaves the assets of the others as they were.
 *
 * @returns the folder of each function's asset.
 */
export async function packAssets(
  { folder: from, files }: Bundle,
  brand: Brand,
  folder: string,
): Promise<ReadonlyMap<string, string>> {
  await rm(folder, { recursive: true, force: true });
  const packed = await Promise.all(
    [...files].map(async ([name, [entry, ...chunks]]) => {
      if (entry === undefined) throw new Error(`the bundle of ${name} is empty`);
      const asset = join(folder, name);
      await mkdir(asset, { recursive: true });
      await Promise.all([
        cp(join(from, entry), join(asset, INDEX)),
        ...chunks.map((chunk) => cp(join(from, chunk), join(asset, chunk))),
        writeFile(join(asset, 'brand.json'), JSON.stringify(brand)),
      ]);
      return [name, asset] as const;
    }),
  );
  return new Map(packed);
}
