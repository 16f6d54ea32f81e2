/** The middle one. */
export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** Runs `work` for each number from `from` up to `to`, by so many callers at once; answers how many a second. */
export async function rateOf({ from, to, callers, work }) {
  let next = from;
  const startedMs = performance.now();
  const call = async () => {
    while (next < to) {
      const number = next;
      next += 1;
      await work(number);
    }
  };
  await Promise.all(Array.from({ length: callers }, call));
  return ((to - from) / (performance.now() - startedMs)) * 1000;
}

/** How long `work` takes, in milliseconds. */
export async function durationMs(work) {
  const startedMs = performance.now();
  const value = await work();
  return { value, ms: performance.now() - startedMs };
}
