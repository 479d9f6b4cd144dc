import { appendFileSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { refuse } from './refusal.ts';

/**
 * What the local cloud remembers between starts: small JSON documents and line-by-line journals in one folder, or in
 * memory for tests. A document that does not parse is refused by name: guessing would lose a master key.
 */
export interface DataFolder {
  /** Absolute path; undefined in memory. */
  readonly path: string | undefined;
  read(name: string): unknown;
  write(name: string, value: unknown): void;
  /** Values that were appended to a journal, oldest first. */
  readJournal(name: string): readonly unknown[];
  append(name: string, value: unknown): void;
}

export function openDataFolder(path: string | 'memory'): DataFolder {
  return path === 'memory' ? memoryFolder() : diskFolder(path);
}

function memoryFolder(): DataFolder {
  const documents = new Map<string, unknown>();
  return {
    path: undefined,
    read: (name) => documents.get(name),
    write: (name, value) => void documents.set(name, value),
    readJournal: () => [],
    append: () => undefined,
  };
}

function diskFolder(path: string): DataFolder {
  mkdirSync(path, { recursive: true });
  return {
    path,
    read(name) {
      const file = join(path, `${name}.json`);
      return existsSync(file) ? parse(readFileSync(file, 'utf8'), file) : undefined;
    },
    write(name, value) {
      const file = join(path, `${name}.json`);
      // Renamed into place: a crash leaves the old document, never half of the new one.
      writeFileSync(`${file}.next`, `${JSON.stringify(value, null, 2)}\n`, { mode: 0o600 });
      renameSync(`${file}.next`, file);
    },
    readJournal(name) {
      const file = join(path, `${name}.jsonl`);
      if (!existsSync(file)) return [];
      const lines = readFileSync(file, 'utf8').split('\n');
      return lines.filter((line) => line !== '').map((line) => parse(line, file));
    },
    append(name, value) {
      appendFileSync(join(path, `${name}.jsonl`), `${JSON.stringify(value)}\n`, { mode: 0o600 });
    },
  };
}

/**
 * Takes the folder for this process and returns how to give it back. Two clouds on one DynamoDB Local file corrupt it.
 */
export function lockDataFolder(path: string): () => void {
  try {
    mkdirSync(path, { recursive: true });
  } catch (error) {
    refuse(`${path} cannot be made a folder: ${error instanceof Error ? error.message : String(error)}.`);
  }
  const file = join(path, 'lock');
  const holder = existsSync(file) ? Number(readFileSync(file, 'utf8')) : 0;
  if (holder > 0 && holder !== process.pid && isRunning(holder)) {
    refuse(`Another local cloud (process ${holder}) is using ${path}: stop it first, or run the other BRAND.`);
  }
  writeFileSync(file, String(process.pid));
  return () => rmSync(file, { force: true });
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

function parse(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return refuse(`${file} is damaged (not JSON): repair it, or start with --fresh to forget all local data.`);
  }
}
