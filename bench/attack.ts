import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { northwind } from '../brands/northwind.ts';
import { solmar } from '../brands/solmar.ts';
import type { AbusePolicy } from '../lambdas/shared/domain/abuse-policy.ts';
import type { Brand } from '../lambdas/shared/domain/brand.ts';
import {
  codeGuessing,
  pumping,
  type Result,
  replay,
  siege,
  signUpFlood,
  spraying,
  stuffing,
} from './attacks/attacks.ts';
import { recruit } from './attacks/customers.ts';
import { bombing, manyCodes, noticeDrain, ownPumping, resends, workingStuffing } from './attacks/labour.ts';
import { startBenchCloud } from './bench-cloud.ts';
import { nobody } from './people.ts';
import { table } from './table.ts';

const { values: options } = parseArgs({
  options: { scale: { type: 'string', default: '1' }, only: { type: 'string' } },
});
const scale = Number(options.scale);
/** `crowds` do no work, `labour` does what is asked for; all where nothing is said. */
const { only } = options;
const scaled = (count: number) => Math.round(count * scale);

/** The policy of prod, with its big numbers as small as the run. */
function asInProd(abuse: AbusePolicy) {
  const smaller = ({ max, window }: { readonly max: number; readonly window: number }) => ({
    max: Math.max(160, scaled(max)),
    window,
  });
  const { misses, starts } = abuse;
  const policy: AbusePolicy = {
    ...abuse,
    misses: { ...misses, client: smaller(misses.client), brand: smaller(misses.brand) },
    starts: { ...starts, brand: smaller(starts.brand) },
  };
  return (brand: Brand): Brand => ({ ...brand, abuse: policy });
}

/** A new window for every counter: the next attack meets a quiet house. */
async function laterAt(origin: string): Promise<void> {
  const headers = { 'content-type': 'application/json' };
  await fetch(`${origin}/_local/clock`, { method: 'POST', headers, body: JSON.stringify({ advance: 7300 }) });
}

async function atNorthwind(): Promise<readonly Result[]> {
  const cloud = await startBenchCloud({ rebrand: asInProd(northwind.abuse) });
  try {
    const people = await nobody(cloud.origin, cloud.brand);
    const customers = await recruit(people, scaled(100) + 12);
    const pause = () => laterAt(cloud.origin);
    const results: Result[] = [];
    const crowds = [
      () => stuffing(people, customers, scaled(10_000)),
      () => spraying(people, customers, scaled(2_000)),
      () => siege(people, customers, scaled(2_000)),
      () => codeGuessing(people, customers.slice(-1), scaled(2_000)),
      () => signUpFlood(people, customers, scaled(2_000)),
      () => replay(people, customers.slice(-2), scaled(1_000)),
    ];
    const labour = [
      () => workingStuffing(people, customers, scaled(4_000)),
      () => manyCodes(people, customers, scaled(1_000)),
      () => resends(people, customers, scaled(800)),
      () => bombing(people, customers, scaled(400)),
      () => ownPumping(people, customers.slice(-3), scaled(400)),
      () => noticeDrain(people, customers.slice(-4), scaled(400)),
    ];
    for (const attack of [...(only === 'labour' ? [] : crowds), ...(only === 'crowds' ? [] : labour)]) {
      await pause();
      results.push(await attack());
      console.error(`${results.at(-1)?.name}: done`);
    }
    return results;
  } finally {
    await cloud.stop();
  }
}

async function atSolmar(): Promise<readonly Result[]> {
  const cloud = await startBenchCloud({ brand: 'solmar', rebrand: asInProd(solmar.abuse) });
  try {
    return [await pumping(await nobody(cloud.origin, cloud.brand), scaled(2_000))];
  } finally {
    await cloud.stop();
  }
}

const begun = performance.now();
const results = [...(await atNorthwind()), ...(only === 'labour' ? [] : await atSolmar())];
const share = (part: number, whole: number) => (whole === 0 ? '–' : `${Math.round((100 * part) / whole)} %`);
console.log(
  `${cpus()[0]?.model.trim() ?? 'unknown CPU'}, ${cpus().length} cores; scale ${scale}; ${Math.round((performance.now() - begun) / 1000)} s.\n`,
);
console.log(
  table<Result>(
    [
      { heading: 'attack', cell: ({ name }) => name },
      { heading: 'what', cell: ({ what }) => what },
      { heading: 'let through', cell: ({ judged }) => judged },
      { heading: 'asked for work', cell: ({ tally }) => tally.outcomes.get('challenge_required') ?? 0 },
      { heading: 'won', cell: ({ won }) => won },
      { heading: 'WRU', cell: ({ tally }) => tally.write },
      { heading: 'RRU', cell: ({ tally }) => tally.read },
      { heading: 'cost', cell: ({ tally }) => `$${tally.dollars.toFixed(4)}` },
    ],
    results,
  ),
);
console.log('\nHonest customers in the same minutes:\n');
console.log(
  table<Result>(
    [
      { heading: 'during', cell: ({ name }) => name },
      { heading: 'tries', cell: ({ honest }) => honest?.tries ?? 0 },
      { heading: 'at once', cell: ({ honest }) => share(honest?.worked ?? 0, honest?.tries ?? 0) },
      { heading: 'after work', cell: ({ honest }) => share(honest?.proven ?? 0, honest?.tries ?? 0) },
      { heading: 'refused', cell: ({ honest }) => share(honest?.refused ?? 0, honest?.tries ?? 0) },
      { heading: 'median ms', cell: ({ honest }) => honest?.median ?? 0 },
    ],
    results.filter(({ honest }) => honest !== undefined),
  ),
);
