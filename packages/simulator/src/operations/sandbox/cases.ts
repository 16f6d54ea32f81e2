/** What the sandbox makes of an amount. */
export interface SandboxCase {
  /** Which kind of order has this amount. */
  readonly scene: 'unified' | 'micropay' | 'both';
  /** `paid` orders are paid as soon as they are placed, `unpaid` ones never. */
  readonly end: 'paid' | 'unpaid';
  /** Worth of the coupon that pays a part, in fen; it is of the kind that nobody paid for. */
  readonly couponFen: number;
}

const PLAIN = { end: 'paid', couponFen: 0 } as const;

/**
 * The amounts of the test cases, in fen, as people report them; the official list was never seen. Any other amount is
 * refused.
 */
export const CASES: ReadonlyMap<number, SandboxCase> = new Map<number, SandboxCase>([
  ...[1, 2, 3, 30, 31, 32, 33, 34].map((fen): [number, SandboxCase] => [fen, { ...PLAIN, scene: 'micropay' }]),
  ...[101, 102, 201, 301].map((fen): [number, SandboxCase] => [fen, { ...PLAIN, scene: 'unified' }]),
  ...[501, 502, 551, 552].map((fen): [number, SandboxCase] => [fen, { end: 'paid', couponFen: 1, scene: 'both' }]),
  ...[7, 8, 10, 11, 13].map((fen): [number, SandboxCase] => [fen, { ...PLAIN, scene: 'unified' }]),
  ...[9, 12].map((fen): [number, SandboxCase] => [fen, { end: 'unpaid', couponFen: 0, scene: 'unified' }]),
]);
