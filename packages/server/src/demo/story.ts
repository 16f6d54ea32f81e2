import type { DemoWorld } from './demo-world.ts';

/** One thing that happened in a story. */
export interface Step {
  /** The instant on the simulated clock, UTC milliseconds. */
  readonly atMs: number;
  /** Who acts: the merchant's program (a call or a decision), the payer, WeChat Pay, or time itself. */
  readonly actor: 'merchant' | 'payer' | 'wechat-pay' | 'clock';
  readonly text: string;
  /** The operation, where the step is a call. */
  readonly operation?: string;
  /** How the call ended. */
  readonly outcome?: 'done' | 'rejected' | 'unknown';
  /** WeChat Pay's code, or the client's own. */
  readonly code?: string;
  /** How many requests the call made, repetitions and queries of its own included; 0 when it refused by itself. */
  readonly requestsCount?: number;
  /** What WeChat Pay said about the order. */
  readonly tradeState?: string;
}

/** A story as told: with its steps, and whether it ended as it must. */
export interface ToldStory {
  readonly name: string;
  readonly title: string;
  readonly ok: boolean;
  /** What the end should have been and was, one line for each expectation. */
  readonly ends: readonly { readonly what: string; readonly expected: string; readonly actual: string }[];
  readonly steps: readonly Step[];
}

/** A story to be told in a world of its own. */
export interface Story {
  /** Stable, for programs. */
  readonly name: string;
  readonly title: string;
  readonly run: (world: DemoWorld) => Promise<void>;
}
