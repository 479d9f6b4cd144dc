import type { FunctionBudget, OperationBudget } from './budgets.ts';
import type { FunctionWeight, Import, Measurement, OperationCost } from './measurement.ts';
import { cpuRatio } from './report.ts';
import { rounded } from './statistics.ts';

interface Budgets {
  readonly operations: Readonly<Record<string, OperationBudget>>;
  readonly functions: Readonly<Record<string, FunctionBudget>>;
}

/** A measured figure and its bound; no bound, no complaint. */
interface Held {
  readonly what: string;
  readonly measured: number | undefined;
  readonly bound: number | undefined;
}

function complaints(subject: string, held: readonly Held[]): readonly string[] {
  return held
    .filter(({ measured, bound }) => measured !== undefined && bound !== undefined && !(measured <= bound))
    .map(({ what, measured, bound }) => `${subject}: ${rounded(measured ?? 0, 2)} ${what}, budget ${bound}.`);
}

function ofOperation(cost: OperationCost, budget: OperationBudget | undefined): readonly string[] {
  if (!budget) return [`${cost.name}: has no budget in bench/budgets.ts.`];
  return complaints(cost.name, [
    { what: 'waves', measured: cost.waves, bound: budget.waves },
    { what: 'read units', measured: cost.read, bound: budget.read },
    { what: 'write units', measured: cost.write, bound: budget.write },
    { what: 'transactions', measured: cost.transactions, bound: budget.transactions ?? 0 },
    { what: 'KMS calls', measured: cost.kms, bound: 0 },
    { what: 'times the CPU of the floor', measured: cpuRatio(cost), bound: budget.ratio },
  ]);
}

function ofFunction(weight: FunctionWeight, sdk: Import, budget: FunctionBudget | undefined): readonly string[] {
  if (!budget) return [`${weight.capability}: has no budget in bench/budgets.ts.`];
  return complaints(weight.capability, [
    { what: 'KB at a cold start', measured: weight.startKb, bound: budget.startKb },
    { what: 'KB in the asset', measured: weight.allKb, bound: budget.allKb },
    { what: 'of the CPU of importing the SDK', measured: weight.cold.cpu / sdk.cpu, bound: budget.ratio },
  ]);
}

/** One sentence for each budget that is broken, and for each operation or function that has none. */
export function checkBudgets(measurement: Measurement, budgets: Budgets): readonly string[] {
  const { operations, functions, sdk } = measurement;
  return [
    ...operations.flatMap((cost) => ofOperation(cost, budgets.operations[cost.name])),
    ...functions.flatMap((weight) => ofFunction(weight, sdk, budgets.functions[weight.capability])),
  ];
}
