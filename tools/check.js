// The whole truth in one command: npm run check
//
// Two lanes keep two cores busy: types and tests in one, everything else in the other. A step that passes is one line;
// a step that fails shows what it said. The last line is the plain count of the tests.
import { fileURLToPath } from 'node:url';
import { installLintTools } from './lint/install.js';
import { closingLineOf, runStep } from './steps.js';

const node = process.execPath;

/** Types come before tests, because some tests start the compiled program. */
const LANES = [
  [
    { name: 'types', command: [node, 'node_modules/typescript/bin/tsc', '-b'] },
    { name: 'tests', command: [node, 'node_modules/vitest/vitest.mjs', 'run'] },
  ],
  [
    { name: 'format', command: [node, 'tools/lint/run.js', 'format'] },
    { name: 'lint', command: [node, 'tools/lint/run.js', 'lint'] },
    { name: 'house rules', command: [node, 'tools/house-rules/run.js'] },
  ],
];

process.chdir(fileURLToPath(new URL('..', import.meta.url)));
installLintTools();
const lanes = await Promise.all(LANES.map(runLane));
const results = lanes.flat();
for (const { name, ok, output } of results) if (!ok) console.log(`\n──── ${name} ────\n${output.trimEnd()}`);

const failed = results.filter(({ ok }) => !ok).map(({ name }) => name);
console.log(failed.length === 0 ? '\nall steps passed' : `\nfailed: ${failed.join(', ')}`);
console.log(closingLineOf(results.find(({ name }) => name === 'tests').output));
process.exitCode = failed.length === 0 ? 0 : 1;

async function runLane(steps) {
  const done = [];
  for (const step of steps) {
    const result = await runStep(step);
    console.log(`${result.ok ? '✓' : '✗'} ${step.name.padEnd(12)} ${(result.tookMs / 1000).toFixed(1).padStart(6)} s`);
    done.push(result);
  }
  return done;
}
