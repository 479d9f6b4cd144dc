import { existsSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import { build, type Metafile } from 'esbuild';
import { ConfigurationError } from '../brands/configuration-error.ts';
import { capabilities } from './capabilities.ts';
import { disposableDomains, writeDisposableDomains } from './disposable-domains.ts';
import { runTool } from './run-tool.ts';

const ROOT = resolve(import.meta.dirname, '..');

/** One function to bundle: `file` exports `handler`. */
export interface Entry {
  /** Name of the capability. */
  readonly name: string;
  /** Absolute path. */
  readonly file: string;
  /** Asks for the list of throwaway domains beside it. */
  readonly knowsThrowaways?: boolean;
}

/** What esbuild made of all entries. */
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
  return capabilities.map(({ name, lists }) => {
    const file = join(ROOT, 'lambdas', name, 'handler.ts');
    if (!existsSync(file)) {
      throw new ConfigurationError(
        `lambdas/${name}/capability.ts: has no handler; lambdas/${name}/handler.ts must export it`,
      );
    }
    return { name, file, knowsThrowaways: lists?.includes('disposable-domains') ?? false };
  });
}

/**
 * Bundles each function by itself: its start is a handful of files, and dynamic imports stay unloaded until used. In one
 * call for all of them code is cut where any two functions differ, and what one entry needs of a library stays in for
 * every entry that imports a part of it: the sign-in then starts with 75 files and a third more code (ADR 0022).
 * Deterministic: the same sources give the same bytes, so that an unchanged function keeps its asset hash.
 *
 * Source maps are written beside the output for whoever reads a stack trace, but not linked and not deployed. They name
 * sources relative to `folder` and count in the hash of a chunk's name: what is deployed is bundled into `dist/`.
 */
export async function bundle(
  list: readonly Entry[] = entries(),
  folder = join(ROOT, 'dist', 'bundle'),
): Promise<Bundle> {
  await rm(folder, { recursive: true, force: true });
  const metafiles = await Promise.all(list.map((entry) => buildEntry(entry, folder)));
  const metafile = {
    inputs: Object.assign({}, ...metafiles.map(({ inputs }) => inputs)),
    outputs: Object.assign({}, ...metafiles.map(({ outputs }) => outputs)),
  };
  await writeFile(join(folder, 'metafile.json'), JSON.stringify(metafile));
  if (list.some(({ knowsThrowaways }) => knowsThrowaways)) await writeDisposableDomains(folder);
  const filesOf = ({ name, knowsThrowaways }: Entry) => [
    ...reachable(metafile, folder, name),
    ...(knowsThrowaways ? [disposableDomains] : []),
  ];
  return { folder, files: new Map(list.map((entry) => [entry.name, filesOf(entry)])) };
}

/** Names of chunks come from their contents, so that functions can share a folder. */
async function buildEntry({ name, file }: Entry, folder: string): Promise<Metafile> {
  const { metafile } = await build({
    absWorkingDir: ROOT,
    entryPoints: [{ in: file, out: name }],
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
  return metafile;
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
