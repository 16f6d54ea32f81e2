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
    reporters: ['default', './tools/closing-line-reporter.js'],
  },
});
