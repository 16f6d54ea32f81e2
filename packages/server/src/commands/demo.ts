import type { Command } from 'commander';
import { demo } from '../demo/demo.ts';
import { EXIT_CODE } from '../exit-code.ts';

/** `orderkeeper demo`: the stories, and 1 as exit code when one ends wrong. */
export function addDemo(program: Command): void {
  program
    .command('demo')
    .description('tell five orders from placing to their final state, against a simulator on this machine')
    .option('--json', 'print { stories: [{ name, ok, steps }] } instead of text')
    .action(async (options: { json?: true }) => {
      const format = options.json === undefined ? 'text' : 'json';
      const end = await demo({ format, print: (line) => process.stdout.write(`${line}\n`) });
      process.exitCode = end === 'all-ok' ? EXIT_CODE.done : EXIT_CODE.rejected;
    });
}
