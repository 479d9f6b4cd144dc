import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { eventually } from './faults.ts';
import { lane } from './lane.ts';
import type { Answer, BrandId } from './visitor.ts';

/** A line of a function's log, parsed. */
export type LogEntry = Readonly<Record<string, unknown>>;

const folderOf = (brand: BrandId) => join(lane().dataFolder, brand, 'logs');

/** Every line that any function of the brand wrote since the cloud was started. */
export function allLogLines(brand: BrandId): readonly string[] {
  const folder = folderOf(brand);
  return readdirSync(folder).flatMap((file) => readFileSync(join(folder, file), 'utf8').split('\n').filter(Boolean));
}

/** The lines of one function, named without brand and stage. */
function linesOf(brand: BrandId, capability: string): readonly string[] {
  return readFileSync(join(folderOf(brand), `${brand}-dev-${capability}.log`), 'utf8')
    .split('\n')
    .filter(Boolean);
}

/** Waits for the lines that a request left in its function's log: at least the one that closes it. */
export async function linesBehind(brand: BrandId, capability: string, answer: Answer): Promise<readonly string[]> {
  const id = answer.headers.get('x-local-request-id') ?? 'no request id';
  return eventually(async () => {
    const lines = linesOf(brand, capability).filter((line) => line.includes(id));
    return lines.some((line) => line.includes('"message":"request"')) ? lines : undefined;
  }, `the log line of request ${id}`);
}

/** The one line that closes a request (LG3). */
export async function requestLine(brand: BrandId, capability: string, answer: Answer): Promise<LogEntry> {
  const lines = (await linesBehind(brand, capability, answer)).map((line) => JSON.parse(line) as LogEntry);
  const closing = lines.filter(({ message }) => message === 'request');
  if (closing.length !== 1) throw new Error(`${closing.length} lines close one request`);
  return closing[0] ?? {};
}
