import { systemClock } from '@orderkeeper/ports';
import { readCommandLine, USAGE } from './command-line.ts';
import { printFigures } from './figures.ts';
import { simulate } from './simulate.ts';

const print = (text: string): unknown => process.stdout.write(`${text}\n`);

const wish = readCommandLine(process.argv.slice(2));
if (!wish.ok) {
  process.stderr.write(`${wish.message}\n\n${USAGE}`);
  process.exitCode = 2;
} else {
  const { figures, digest, failures, tookMs } = await simulate(wish.value, systemClock);
  for (const { seed, violations, story, command } of failures) {
    print(`\n──── seed ${seed} ────\n${story.join('\n')}`);
    for (const { rule, about, message } of violations) print(`broken: ${rule}: ${about} ${message}`);
    print(command);
  }
  print(`\n${printFigures(figures, tookMs)}\ndigest ${digest}`);
  if (failures.length === 0) print('every promise was kept');
  else print(`${failures.length} failing seeds; the last one again: ${failures.at(-1)?.command}`);
  process.exitCode = failures.length === 0 ? 0 : 1;
}
