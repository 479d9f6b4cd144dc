import type { FunctionWeight, Import, Measurement, OperationCost } from './measurement.ts';
import { rounded } from './statistics.ts';
import { type Column, table } from './table.ts';

/** Below this floor a ratio says more about the clock than about the code. */
const tellingFloor = 0.03;

/** CPU as a multiple of the floor; `undefined` where the floor is next to nothing. */
export function cpuRatio({ cpu, floor }: OperationCost): number | undefined {
  return floor < tellingFloor ? undefined : cpu / floor;
}

const operationColumns: readonly Column<OperationCost>[] = [
  { heading: 'operation', cell: ({ name }) => name },
  { heading: 'waves', cell: ({ waves }) => waves },
  { heading: 'calls', cell: ({ calls }) => calls },
  { heading: 'RRU', cell: ({ read }) => read },
  { heading: 'WRU', cell: ({ write }) => write },
  { heading: 'transactions', cell: ({ transactions }) => transactions },
  { heading: 'CPU-ms', cell: ({ cpu }) => rounded(cpu, 2) },
  { heading: 'floor', cell: ({ floor }) => rounded(floor, 2) },
  {
    heading: 'ratio',
    cell: (cost) => {
      const ratio = cpuRatio(cost);
      return ratio === undefined ? '–' : rounded(ratio, 1);
    },
  },
];

const functionColumns = (sdk: Import): readonly Column<FunctionWeight>[] => [
  { heading: 'function', cell: ({ capability }) => capability },
  { heading: 'start KB', cell: ({ startKb }) => rounded(startKb, 0) },
  { heading: 'files', cell: ({ startFiles }) => startFiles },
  { heading: 'all KB', cell: ({ allKb }) => rounded(allKb, 0) },
  { heading: 'files', cell: ({ allFiles }) => allFiles },
  { heading: 'cold import ms', cell: ({ cold }) => rounded(cold.ms, 1) },
  { heading: 'CPU-ms', cell: ({ cold }) => rounded(cold.cpu, 1) },
  { heading: 'of the SDK alone', cell: ({ cold }) => rounded(cold.cpu / sdk.cpu, 2) },
  {
    heading: 'first request CPU-ms',
    cell: ({ firstRequest }) => (firstRequest === undefined ? '–' : rounded(firstRequest, 1)),
  },
];

/** The two tables of a run, and what they are measured against. */
export function report(measurement: Measurement): string {
  const { operations, functions, empty, sdk, hashMs, machine } = measurement;
  return [
    'A warm request. CPU is without the password hash; the floor is the same signatures and as many plain HTTP round trips.',
    '',
    table(operationColumns, operations),
    '',
    `One password hash: ${rounded(hashMs, 1)} CPU-ms.`,
    '',
    'A cold start: files that are loaded at once, and all files of the asset; then what the first request takes.',
    '',
    table(functionColumns(sdk), functions),
    '',
    `An empty module: ${rounded(empty.ms, 1)} ms. The AWS SDK for DynamoDB alone, bundled into one file of ` +
      `${rounded(sdk.kb, 0)} KB: ${rounded(sdk.ms, 1)} ms, ${rounded(sdk.cpu, 1)} CPU-ms.`,
    '',
    machine,
  ].join('\n');
}
