import { globSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

export const root = resolve(import.meta.dirname, '../..');

/** A source file, by its path from the root with forward slashes. */
export interface Source {
  readonly path: string;
  readonly text: string;
  readonly lines: number;
  readonly imports: readonly Import[];
}

export interface Import {
  /** As written for a package, resolved from the root for a file. */
  readonly target: string;
  /** Erased by the compiler. */
  readonly typeOnly: boolean;
}

const statement = /(?:^|\n)\s*(?:import|export)\s+(type\s+)?(?:[^'"]*?\sfrom\s+)?['"]([^'"]+)['"]/g;
const dynamic = /\bimport\(\s*['"]([^'"]+)['"]\s*\)/g;

function resolveTarget(from: string, target: string): string {
  return target.startsWith('.') ? join(from, '..', target) : target;
}

function readImports(path: string, text: string): readonly Import[] {
  const fixed = [...text.matchAll(statement)].map((match) => ({
    target: resolveTarget(path, match[2] ?? ''),
    typeOnly: match[1] !== undefined,
  }));
  const late = [...text.matchAll(dynamic)]
    .filter((match) => !/typeof\s*$/.test(text.slice(0, match.index)))
    .map((match) => ({ target: resolveTarget(path, match[1] ?? ''), typeOnly: false }));
  return [...fixed, ...late];
}

/** Every source file under the folders. */
export function sourcesOf(...folders: readonly string[]): readonly Source[] {
  const paths = folders.flatMap((folder) => globSync(`${folder}/**/*.{ts,tsx}`, { cwd: root }));
  return paths.toSorted().map((path) => {
    const text = readFileSync(join(root, path), 'utf8');
    return { path, text, lines: text.trimEnd().split('\n').length, imports: readImports(path, text) };
  });
}
