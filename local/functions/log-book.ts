import { createWriteStream, mkdirSync, type WriteStream } from 'node:fs';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import type { Clock } from '../clock.ts';
import { createRing } from '../ring.ts';

/** One line that a function wrote to stdout or stderr. */
export interface LogLine {
  /** ISO 8601, virtual time. */
  readonly at: string;
  readonly function: string;
  readonly line: string;
}

export interface LogBook {
  /** Takes every line of a worker's output. */
  capture(functionName: string, output: Readable): void;
  write(functionName: string, line: string): void;
  /** Oldest first. */
  lines(): readonly LogLine[];
  close(): void;
}

const CAPACITY = 20_000;

/** Function logs: the newest lines in memory and, with a folder, all lines in one file for each function. */
export function createLogBook(clock: Clock, folder: string | undefined): LogBook {
  const ring = createRing<LogLine>(CAPACITY);
  const files = new Map<string, WriteStream>();
  if (folder !== undefined) mkdirSync(folder, { recursive: true });
  const fileOf = (functionName: string): WriteStream | undefined => {
    if (folder === undefined) return undefined;
    const open = files.get(functionName) ?? createWriteStream(join(folder, `${functionName}.log`), { flags: 'a' });
    files.set(functionName, open);
    return open;
  };
  const write = (functionName: string, line: string) => {
    ring.push({ at: new Date(clock.now()).toISOString(), function: functionName, line });
    fileOf(functionName)?.write(`${line}\n`);
  };
  return {
    write,
    capture(functionName, output) {
      let rest = '';
      output.setEncoding('utf8');
      output.on('data', (chunk: string) => {
        const lines = (rest + chunk).split('\n');
        rest = lines.pop() ?? '';
        for (const line of lines) write(functionName, line);
      });
      output.on('end', () => {
        if (rest !== '') write(functionName, rest);
      });
    },
    lines: () => ring.values(),
    close() {
      for (const file of files.values()) file.end();
    },
  };
}
