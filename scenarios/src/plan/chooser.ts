import type { Random } from '@orderkeeper/ports';

/** Chance in the words in which plans are drawn. */
export interface Chooser {
  /** A whole number from `min` to `max`, both included. */
  readonly whole: (min: number, max: number) => number;
  /** One of a list that is not empty. */
  readonly pick: <Value>(list: readonly [Value, ...Value[]]) => Value;
  /** The value in so many of a hundred cases, else the other one. */
  readonly sometimes: <Value>(percent: number, value: Value, otherwise: Value) => Value;
  /** As many values as chance gives, each in so many of a hundred cases. */
  readonly some: <Value>(percent: number, countMax: number, make: (index: number) => Value) => readonly Value[];
}

/** Creates a {@link Chooser}. */
export function createChooser(random: Pick<Random, 'fraction'>): Chooser {
  const whole = (min: number, max: number): number => min + Math.floor(random.fraction() * (max - min + 1));
  const isHit = (percent: number): boolean => random.fraction() * 100 < percent;
  return {
    whole,
    pick: (list) => list[whole(0, list.length - 1)] ?? list[0],
    sometimes: (percent, value, otherwise) => (isHit(percent) ? value : otherwise),
    some: (percent, countMax, make) =>
      Array.from({ length: countMax }, (_, index) => index).flatMap((index) => (isHit(percent) ? [make(index)] : [])),
  };
}
