// Does what the README tells a reader to do: node tools/readme-commands.js [--done 'commands']
//
// Every block that is fenced as ```sh runnable in README.md or README.zh-CN.md is run once, in order, from the root of the
// repository. Blocks without that word are not commands to be tried as they stand; what the caller has just done itself is
// named by --done and not done again.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { runnableBlocks } from './runnable-blocks.js';
import { runStep } from './steps.js';

const { done } = parseArgs({ options: { done: { type: 'string' } } }).values;
process.chdir(fileURLToPath(new URL('..', import.meta.url)));
const pages = readdirSync('.').filter((name) => /^README.*\.md$/.test(name) && existsSync(name));
const blocks = new Set(pages.flatMap((page) => runnableBlocks(readFileSync(page, 'utf8'))));

for (const block of blocks) {
  if (block === done) continue;
  const { ok, output, tookMs } = await runStep({ name: block, command: ['bash', '-euo', 'pipefail', '-c', block] });
  console.log(`${ok ? '✓' : '✗'} README: ${block.replaceAll('\n', '; ')} ${(tookMs / 1000).toFixed(1)} s`);
  if (!ok) {
    console.log(output);
    process.exitCode = 1;
  }
}
console.log(`${blocks.size} commands of ${pages.join(', ') || 'no README'}`);
