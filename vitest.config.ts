import { defineConfig } from 'vitest/config';

const node = { environment: 'node' } as const;

/** Pure tests run side by side; those that share the local cloud and its clock run one file after another. */
export default defineConfig({
  test: {
    reporters: ['default'],
    projects: [
      { test: { ...node, name: 'unit', include: ['test/unit/**/*.test.{ts,tsx}'], testTimeout: 60_000 } },
      { test: { ...node, name: 'architecture', include: ['test/architecture/**/*.test.ts'] } },
      {
        test: {
          ...node,
          name: 'stacks',
          include: ['test/stacks/**/*.test.ts'],
          testTimeout: 120_000,
          hookTimeout: 180_000,
        },
      },
      {
        test: {
          ...node,
          name: 'integration',
          include: ['test/integration/**/*.test.ts'],
          globalSetup: ['test/integration/setup.ts'],
          fileParallelism: false,
          testTimeout: 120_000,
          hookTimeout: 180_000,
        },
      },
      {
        test: {
          ...node,
          name: 'browser',
          include: ['test/browser/**/*.test.ts'],
          globalSetup: ['test/integration/setup.ts'],
          fileParallelism: false,
          testTimeout: 240_000,
          hookTimeout: 240_000,
        },
      },
    ],
  },
});
