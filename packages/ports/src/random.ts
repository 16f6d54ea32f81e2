/** The only source of chance. */
export interface Random {
  /** A number at or above 0 and below 1. For jitter and choices, never for secrets. */
  readonly fraction: () => number;
  /** `byteCount` unpredictable bytes; from a seeded implementation they are predictable. */
  readonly bytes: (byteCount: number) => Uint8Array;
}
