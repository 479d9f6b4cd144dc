import { defineConfig } from 'vitest/config';

const node = { environment: 'node' } as const;
const files = process.argv.filter((word) => /\.test\.tsx?$/.test(word)).length;
/** Side by side: what CI has cores for; a run of one file starts one cloud less. */
const side = { maxWorkers: files === 1 ? 1 : 2 };

/**
 * Pure tests run side by side. Those that share a local cloud and its clock run one file after another in a lane, and
 * each worker has a lane of its own (`test/integration/setup.ts`).
 */
export default defineConfig({
  test: {
    reporters: ['default'],
    projects: [
      { test: { ...node, ...side, name: 'unit', include: ['test/unit/**/*.test.{ts,tsx}'], testTimeout: 60_000 } },
      { test: { ...node, ...side, name: 'architecture', include: ['test/architecture/**/*.test.ts'] } },
      {
        test: {
          ...node,
          ...side,
          name: 'stacks',
          include: ['test/stacks/**/*.test.ts'],
          testTimeout: 120_000,
          hookTimeout: 180_000,
        },
      },
      {
        test: {
          ...node,
          ...side,
          name: 'integration',
          include: ['test/{integration,browser}/**/*.test.ts'],
          globalSetup: ['test/integration/setup.ts'],
          testTimeout: 240_000,
          hookTimeout: 240_000,
        },
      },
    ],
  },
});
