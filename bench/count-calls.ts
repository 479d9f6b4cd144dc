import type { Operation } from './operations.ts';
import type { People } from './people.ts';
import { overHttp } from './requests.ts';

/** What one warm request of an operation asks of AWS. */
export interface Counts {
  readonly waves: number;
  readonly calls: number;
  /** Calls of each wave, in order. */
  readonly perWave: readonly number[];
  readonly read: number;
  readonly write: number;
  readonly transactions: number;
  readonly kms: number;
}

interface CallReport {
  readonly waves: number;
  readonly units: { readonly read: number; readonly write: number };
  readonly calls: readonly { readonly service: string; readonly action: string; readonly wave: number }[];
}

function countsOf({ waves, units, calls }: CallReport): Counts {
  const numbers = [...new Set(calls.map(({ wave }) => wave))].sort((a, b) => a - b);
  return {
    waves,
    calls: calls.length,
    perWave: numbers.map((wave) => calls.filter((call) => call.wave === wave).length),
    read: units.read,
    write: units.write,
    transactions: calls.filter(({ action }) => action.startsWith('Transact')).length,
    kms: calls.filter(({ service }) => service === 'kms').length,
  };
}

async function reportOf(origin: string, request: string): Promise<CallReport> {
  const url = `${origin}/_local/calls?request=${request}`;
  const answer: unknown = await (await fetch(url, { headers: { accept: 'application/json' } })).json();
  const [report] = Array.isArray(answer) ? answer : [answer];
  if (report?.calls === undefined) throw new Error(`the local cloud has no record of request ${request}`);
  return report as CallReport;
}

/** Sends so many requests one after the other and counts the calls of each. @throws Error where one is not answered as it should */
export async function countCalls(people: People, operation: Operation, times: number): Promise<readonly Counts[]> {
  const counts: Counts[] = [];
  for (let i = 0; i < times; i++) {
    const request = operation.next(people);
    const [reply, id] = await overHttp(people.origin, request);
    if (reply.status !== operation.status) {
      throw new Error(`${operation.name} was answered with ${reply.status}: ${JSON.stringify(reply.body)}`);
    }
    operation.learn?.(people, reply, request);
    counts.push(countsOf(await reportOf(people.origin, id)));
  }
  return counts;
}

/** The dearest of warm requests: what budgets are held to. The first two open connections and key rings. */
export function dearest(counts: readonly Counts[]): Counts {
  const [first, ...rest] = counts.slice(2);
  if (!first) throw new Error('counting takes three requests at least');
  return rest.reduce((worst, each) => (each.calls + each.write > worst.calls + worst.write ? each : worst), first);
}
