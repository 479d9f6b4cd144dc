import { cpus, totalmem } from 'node:os';
import { parseArgs } from 'node:util';
import { startBenchCloud } from './bench-cloud.ts';
import { functionBudgets, operationBudgets } from './budgets.ts';
import { checkBudgets } from './check-budgets.ts';
import { countCalls, dearest } from './count-calls.ts';
import { measureColdStarts } from './measure-cold-start.ts';
import { efforts, openCpuBench } from './measure-cpu.ts';
import type { Measurement, OperationCost } from './measurement.ts';
import { operations } from './operations.ts';
import { nobody, startSignUps } from './people.ts';
import { report } from './report.ts';
import { median } from './statistics.ts';

/** Requests whose calls are counted: two warm up, the dearest of the others counts. */
const counted = 5;
/** Fresh processes per function. */
const rounds = 15;

function machine(): string {
  const [cpu, ...others] = cpus();
  const memory = Math.round(totalmem() / 1024 ** 3);
  const day = new Date().toISOString().slice(0, 10);
  return `${cpu?.model.trim() ?? 'unknown CPU'}, ${others.length + 1} cores, ${memory} GB; Node ${process.versions.node}; ${day}.`;
}

async function measure(): Promise<Measurement> {
  const cloud = await startBenchCloud();
  try {
    const people = await nobody(cloud.origin, cloud.brand);
    await startSignUps(people, counted + efforts.scarce.warmUp + efforts.scarce.measured);
    const cpuBench = openCpuBench(cloud, people);
    try {
      const costs: OperationCost[] = [];
      const hashes: number[] = [];
      const firstRequests = new Map<string, number>();
      for (const operation of operations) {
        const { perWave, ...counts } = dearest(await countCalls(people, operation, counted));
        if (!firstRequests.has(operation.capability)) {
          firstRequests.set(operation.capability, await cpuBench.first(operation));
        }
        const { cpu, floor, hash } = await cpuBench.measure(operation, { perWave, ...counts });
        if (hash !== undefined) hashes.push(hash);
        costs.push({ name: operation.name, capability: operation.capability, ...counts, cpu, floor });
      }
      const coldStarts = await measureColdStarts(cloud, firstRequests, rounds);
      return { operations: costs, ...coldStarts, hashMs: median(hashes), machine: machine() };
    } finally {
      await cpuBench.stop();
    }
  } finally {
    await cloud.stop();
  }
}

const { values: options } = parseArgs({
  options: { check: { type: 'boolean', default: false }, json: { type: 'boolean', default: false } },
});
const measurement = await measure();
console.log(options.json ? JSON.stringify(measurement, null, 2) : report(measurement));
if (options.check) {
  const broken = checkBudgets(measurement, { operations: operationBudgets, functions: functionBudgets });
  for (const sentence of broken) console.error(sentence);
  if (broken.length > 0) process.exitCode = 1;
}
