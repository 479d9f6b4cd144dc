import type { WorkDeps } from '../domain/require-work.ts';
import { spentLimits } from '../domain/spent-limits.ts';
import { findAlerts } from '../store/alert-store.ts';
import { kept } from '../vault/kept.ts';
import type { checkProof, newChallenge } from '../vault/proof-of-work.ts';
import type { Runtime } from './runtime.ts';

/** Seconds after which a function looks for alerts again: so long an attack is met by some functions and not by others. */
const alertAge = 10;
/** Seconds more for which those of before stand while they cannot be read; then nothing is judged without (RL9). */
const alertGrace = 50;

/** Most functions never ask for work: the library is loaded by the first that does. */
const library = () => import('../vault/proof-of-work.ts');

/** What asks for work, of a function: one memory of alerts for all its requests. */
export function workDeps({ tables, clock }: Pick<Runtime, 'tables' | 'clock'>): WorkDeps {
  return {
    checkProof: async (...args: Parameters<typeof checkProof>) => (await library()).checkProof(...args),
    newChallenge: async (...args: Parameters<typeof newChallenge>) => (await library()).newChallenge(...args),
    spent: spentLimits(),
    alerts: kept(() => findAlerts(tables), clock, alertAge, alertGrace),
  };
}
