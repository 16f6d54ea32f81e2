const DAY_MS = 24 * 60 * 60 * 1000;
/** So long before a platform certificate ends, the next one can be had. */
export const RENEWAL_MS = 180 * DAY_MS;
/** So long before, signing begins to move over. */
const GREY_MS = 90 * DAY_MS;
/** Ten in the morning in Beijing, after midnight UTC. */
const TEN_IN_BEIJING_MS = 2 * 60 * 60 * 1000;
/** 1970 began on a Thursday. */
const STEP_DAYS: ReadonlySet<number> = new Set([0, 4]);

/**
 * How often the next certificate signs (灰度), from 0 to 1: the share rises on Mondays and Thursdays at ten, in equal
 * steps, from ninety days before the old one ends until it ends. The size of the steps is nowhere written.
 * @see https://pay.weixin.qq.com/doc/v3/merchant/4012068829
 */
export function greyShare(expiresAtMs: number, nowMs: number): number {
  const beginsAtMs = expiresAtMs - GREY_MS;
  if (nowMs < beginsAtMs) return 0;
  return nowMs >= expiresAtMs ? 1 : stepsBetween(beginsAtMs, nowMs) / stepsBetween(beginsAtMs, expiresAtMs);
}

function stepsBetween(fromMs: number, toMs: number): number {
  const firstDay = Math.ceil((fromMs - TEN_IN_BEIJING_MS) / DAY_MS);
  const lastDay = Math.floor((toMs - TEN_IN_BEIJING_MS) / DAY_MS);
  let count = 0;
  for (let day = firstDay; day <= lastDay; day++) if (STEP_DAYS.has(day % 7)) count++;
  return count;
}
