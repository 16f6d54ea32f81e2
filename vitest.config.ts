import { defineConfig } from 'vitest/config';

// Vitest hands these on to Node, where they hold for require() as well: `import` here would give CommonJS an ES module.
const sourceConditions = ['orderkeeper-source', 'node'];

export default defineConfig({
  resolve: { conditions: sourceConditions },
  ssr: { resolve: { conditions: sourceConditions } },
  test: {
    include: ['packages/*/src/**/*.test.ts', 'scenarios/src/**/*.test.ts', 'tools/**/*.test.js'],
    globalSetup: ['./tools/lint/vitest-global-setup.js'],
    pool: 'threads',
    isolate: false,
    // One worker less, which is the default, would leave every second core of a small machine idle.
    maxWorkers: '100%',
    // Against hanging only; tests that start a process must not fail because the machine is busy.
    testTimeout: 30_000,
    hookTimeout: 30_000,
    reporters: ['default', './tools/closing-line-reporter.js'],
  },
});
