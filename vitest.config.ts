import { defineConfig } from 'vitest/config';

const sourceConditions = ['orderkeeper-source', 'node', 'import', 'module', 'default'];

export default defineConfig({
  resolve: { conditions: sourceConditions },
  ssr: { resolve: { conditions: sourceConditions } },
  test: {
    include: ['packages/*/src/**/*.test.ts', 'tools/**/*.test.js'],
    globalSetup: ['./tools/lint/vitest-global-setup.js'],
    pool: 'threads',
    isolate: false,
    // Against hanging only; tests that start a process must not fail because the machine is busy.
    testTimeout: 30_000,
    hookTimeout: 30_000,
    reporters: ['default', './tools/closing-line-reporter.js'],
  },
});
