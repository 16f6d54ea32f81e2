/** What a code says about the call: refused for certain, or not known. */
export type CodeOutcome = 'rejected' | 'unknown';

/**
 * What a program may do by itself: `at-once` and `later` mean the same request under the same number; `query` means
 * ask for the state first; `never` means that only a change of the request or of the world helps.
 */
export type Repeat = 'at-once' | 'later' | 'query' | 'never';

/** One code of one operation. */
export interface CodeRow {
  readonly outcome: CodeOutcome;
  readonly repeat: Repeat;
  /** What happened, for a person. */
  readonly meaning: string;
  /** What to do about it, for a person. */
  readonly remedy: string;
}

/** The codes of one operation. */
export type CodeTable = Readonly<Record<string, CodeRow>>;
