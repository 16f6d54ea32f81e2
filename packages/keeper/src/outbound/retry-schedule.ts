const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/**
 * The waits after the first, second … try to tell an event that failed: a little over three days in all, as the Standard
 * Webhooks specification suggests. A receiver that is restarted, deployed anew or down over a weekend misses nothing.
 * @see https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
 */
export const RETRY_AFTER_MS: readonly number[] = [
  5 * SECOND,
  5 * MINUTE,
  30 * MINUTE,
  2 * HOUR,
  5 * HOUR,
  10 * HOUR,
  14 * HOUR,
  20 * HOUR,
  24 * HOUR,
];

/**
 * The same for a handler in this process, which is called until it succeeds: it goes on daily for a year. It begins like
 * {@link RETRY_AFTER_MS} because one duty tells all destinations of an order and counts its runs for them together.
 */
export const HANDLER_RETRY_AFTER_MS: readonly number[] = [...RETRY_AFTER_MS, ...Array.from({ length: 365 }, () => DAY)];

/** An endpoint that has taken nothing for so long is switched off, and a person is told. */
export const DISABLE_AFTER_MS = 5 * DAY;
