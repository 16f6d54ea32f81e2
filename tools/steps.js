import { spawn } from 'node:child_process';
import { stripVTControlCharacters } from 'node:util';

/** No step may hang a machine: the slowest takes well under a minute. */
const STEP_MS_MAX = 10 * 60_000;

/**
 * Runs one command to its end: `{ name, ok, output, tookMs }`, output and errors in the order in which they came.
 * A test step that ran no test is not ok.
 */
export function runStep({ name, command: [program, ...args], timeLimitMs = STEP_MS_MAX }) {
  return new Promise((resolve) => {
    const startedAtMs = performance.now();
    const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'], timeout: timeLimitMs, env: plainEnv() });
    let output = '';
    const end = (ok, more = '') => {
      resolve({ name, ok, output: stripVTControlCharacters(output) + more, tookMs: performance.now() - startedAtMs });
    };
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text) => {
        output += text;
      });
    }
    child.once('error', (error) => end(false, `${error.message}\n`));
    child.once('close', (code, signal) => {
      if (signal === null) end(code === 0);
      else end(false, `ended by ${signal} after ${Math.round(performance.now() - startedAtMs)} ms\n`);
    });
  });
}

/** The last plain line of a test run; a run that broke off before it counts as one failure. */
export function closingLineOf(output) {
  return output.match(/^\d+ passed, \d+ failed, \d+ skipped$/gm)?.at(-1) ?? '0 passed, 1 failed, 0 skipped';
}

/** Colours would hide the closing line from scripts; what is coloured all the same is stripped. */
function plainEnv() {
  const { FORCE_COLOR: _, ...env } = process.env;
  return { ...env, NO_COLOR: '1' };
}
