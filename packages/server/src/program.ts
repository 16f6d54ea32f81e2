import { Command } from 'commander';
import { addDemo } from './commands/demo.ts';
import { addServe } from './commands/serve.ts';
import { addSimulate } from './commands/simulate.ts';
import { EXIT_CODE } from './exit-code.ts';

/** The command line. */
export function createProgram(): Command {
  const program = new Command('orderkeeper')
    .description('WeChat Pay orders, kept true until they are final.')
    .version('0.1.0')
    .showHelpAfterError('(run with --help to see what is possible)')
    .exitOverride((error) => process.exit(error.exitCode === 0 ? EXIT_CODE.done : EXIT_CODE.wrongUse));
  addDemo(program);
  addServe(program);
  addSimulate(program);
  return program;
}
