import { existsSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import { build, type Metafile } from 'esbuild';
import { ConfigurationError } from '../brands/configuration-error.ts';
import { capabilities } from './capabilities.ts';
import { runTool } from './run-tool.ts';

const ROOT = resolve(import.meta.dirname, '..');

/** One function to bundle: `file` exports `handler`. */
export interface Entry {
  /** Name of the capability. */
  readonly name: string;
  /** Absolute path. */
  readonly file: string;
}

/** What one esbuild call made of all entries. */
export interface Bundle {
  /** Absolute folder with `<name>.mjs` of each entry, the chunks that they share, source maps and `metafile.json`. */
  readonly folder: string;
  /** Per entry: the names of the files in `folder` that it can reach, its own `<name>.mjs` first, chunks sorted. */
  readonly files: ReadonlyMap<string, readonly string[]>;
}

/**
 * The handler of every capability.
 *
 * @throws ConfigurationError for a capability that has none.
 */
export function entries(): readonly Entry[] {
  return capabilities.map(({ name }) => {
    const file = join(ROOT, 'lambdas', name, 'handler.ts');
    if (!existsSync(file)) {
      throw new ConfigurationError(
        `lambdas/${name}/capability.ts: has no handler; lambdas/${name}/handler.ts must export it`,
      );
    }
    return { name, file };
  });
}

/**
 * Bundles all functions with one esbuild call: shared code is parsed once and becomes chunks, of which a function
 * loads only those that it reaches, and dynamic imports stay unloaded until used (TOOLCHAIN, "CDK"). Deterministic:
 * the same sources give the same bytes, so that an unchanged function keeps its asset hash.
 *
 * Source maps are written beside the output for whoever reads a stack trace, but not linked and not deployed. They name
 * sources relative to `folder` and count in the hash of a chunk's name: what is deployed is bundled into `dist/`.
 */
export async function bundle(
  list: readonly Entry[] = entries(),
  folder = join(ROOT, 'dist', 'bundle'),
): Promise<Bundle> {
  await rm(folder, { recursive: true, force: true });
  const { metafile } = await build({
    absWorkingDir: ROOT,
    entryPoints: list.map(({ name, file }) => ({ in: file, out: name })),
    outdir: folder,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node24',
    mainFields: ['module', 'main'],
    jsx: 'automatic',
    jsxImportSource: 'preact',
    minify: true,
    sourcemap: 'external',
    legalComments: 'none',
    metafile: true,
    logLevel: 'error',
    // A CommonJS dependency calls `require` for Node's own modules, which an ES module does not have.
    banner: {
      js: "import{createRequire as __latchkeyRequire}from'node:module';const require=__latchkeyRequire(import.meta.url);",
    },
  });
  await writeFile(join(folder, 'metafile.json'), JSON.stringify(metafile));
  return { folder, files: new Map(list.map(({ name }) => [name, reachable(metafile, folder, name)])) };
}

/** The outputs that an entry imports, directly or through other chunks, statically or dynamically. */
function reachable(metafile: Metafile, folder: string, name: string): readonly string[] {
  const prefix = relative(ROOT, folder);
  const entry = join(prefix, `${name}.mjs`);
  const seen = new Set([entry]);
  for (const output of seen) {
    for (const { path, external } of metafile.outputs[output]?.imports ?? []) {
      if (external !== true) seen.add(path);
    }
  }
  const [, ...chunks] = seen;
  return [entry, ...chunks.sort()].map((output) => relative(prefix, output));
}

if (import.meta.main) {
  await runTool(async () => {
    const { folder, files } = await bundle();
    console.log(`${files.size} functions bundled into ${relative(process.cwd(), folder)}`);
  });
}
