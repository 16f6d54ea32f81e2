/** Who acts in a story: the shop's own systems, the keeper, the payer, WeChat Pay, or time itself. */
export type Actor = 'shop' | 'keeper' | 'payer' | 'wechat-pay' | 'clock';

/** One thing that happened in a story. */
export interface Step {
  /** The instant on the simulated clock, UTC milliseconds. */
  readonly atMs: number;
  readonly actor: Actor;
  readonly text: string;
  /** The operation, where the step is a call to WeChat Pay. */
  readonly operation?: string;
  /** What WeChat Pay answered: SUCCESS, the HTTP status or its error code, or why there was no answer. */
  readonly code?: string;
  /** What WeChat Pay said about the order. */
  readonly tradeState?: string;
}

/** What should have been true at the end, and what was. */
export interface StoryEnd {
  readonly what: string;
  readonly expected: string;
  readonly actual: string;
}

/** A story as told: with its steps, and whether it ended as it must. */
export interface ToldStory {
  readonly name: string;
  readonly title: string;
  readonly ok: boolean;
  readonly ends: readonly StoryEnd[];
  readonly steps: readonly Step[];
}
