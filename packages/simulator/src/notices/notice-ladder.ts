import type { Switches } from '../switches.ts';

const SECOND_MS = 1000;
const inMs = (seconds: readonly number[]): readonly number[] => seconds.map((count) => count * SECOND_MS);

/**
 * The delays between one try to deliver a notice and the next, the first try following its cause at once. `new` ends
 * after 24 h 4 m, `old` (before 2020) after 3 h 4 m.
 * @see https://pay.weixin.qq.com/wiki/doc/api/jsapi.php?chapter=9_7
 */
export const NOTICE_LADDERS: Readonly<Record<Switches['noticeLadder'], readonly number[]>> = {
  new: inMs([15, 15, 30, 180, 600, 1200, 1800, 1800, 1800, 3600, 10_800, 10_800, 10_800, 21_600, 21_600]),
  old: inMs([15, 15, 30, 180, 1800, 1800, 1800, 1800, 3600]),
};

/** An answer after this time counts as none. */
export const NOTICE_ANSWER_MS = 5 * SECOND_MS;

/** Where notices are doubled, the second leaves when the first has had no answer for this long. */
export const NOTICE_DOUBLE_MS = SECOND_MS;

/** An echo is sent ten times at most, as notices once were. */
export const ECHO_LADDER: readonly number[] = NOTICE_LADDERS.old;
