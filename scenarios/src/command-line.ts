import { parseArgs } from 'node:util';
import { failure, ok, type Result } from '@orderkeeper/protocol';
import type { SimulateWish } from './simulate.ts';

/** How the command is used. */
export const USAGE = `npm run simulate -- [--seed N] [--orders N] [--worlds N] [--keep parts]

  --seed    the first world, default 1; the same seed at the same commit is the same world
  --orders  orders in each world, default 4
  --worlds  how many worlds, with the seeds that follow; default 100
  --keep    only these parts of one world, as a failing run has printed them
`;

const OPTIONS = {
  seed: { type: 'string', default: '1' },
  orders: { type: 'string', default: '4' },
  worlds: { type: 'string' },
  keep: { type: 'string' },
} as const;

const WHOLE = /^[0-9]{1,9}$/;
const WORLDS_DEFAULT = 100;

/** Reads the arguments after the command's name. */
export function readCommandLine(args: readonly string[]): Result<SimulateWish, 'usage'> {
  let values: { readonly seed: string; readonly orders: string; readonly worlds?: string; readonly keep?: string };
  try {
    ({ values } = parseArgs({ args: [...args], options: OPTIONS, strict: true }));
  } catch (error) {
    return failure('usage', error instanceof Error ? error.message : String(error));
  }
  const { keep } = values;
  const { seed, orders, worlds = keep === undefined ? String(WORLDS_DEFAULT) : '1' } = values;
  for (const [name, text] of Object.entries({ seed, orders, worlds })) {
    if (!WHOLE.test(text) || (name !== 'seed' && text === '0'))
      return failure('usage', `--${name} takes a whole number`);
  }
  const wish = { seed: Number(seed), orders: Number(orders), worlds: Number(worlds) };
  return ok(keep === undefined ? wish : { ...wish, keep: new Set(keep.split(',')) });
}
