import { type Command, Option } from 'commander';
import type { ProtocolVersion } from '@orderkeeper/keeper';
import { demo } from '../demo/demo.ts';
import { EXIT_CODE } from '../exit-code.ts';

interface DemoOptions {
  readonly protocol: ProtocolVersion;
  readonly json?: true;
}

/** `orderkeeper demo`: the stories, and 1 as exit code when one ends wrong. */
export function addDemo(program: Command): void {
  program
    .command('demo')
    .description('tell seven orders from placing to their final state, against a simulator on this machine')
    .addOption(
      new Option('--protocol <version>', 'what is spoken with WeChat Pay: v2 (the classic API) or v3 (APIv3)')
        .choices(['v2', 'v3'])
        .default('v2'),
    )
    .option('--json', 'print { protocol, stories: [{ name, title, ok, ends, steps }] } instead of text')
    .action(async ({ protocol, json }: DemoOptions) => {
      const format = json === undefined ? 'text' : 'json';
      const end = await demo({ protocol, format, print: (line) => process.stdout.write(`${line}\n`) });
      process.exitCode = end === 'all-ok' ? EXIT_CODE.done : EXIT_CODE.rejected;
    });
}
