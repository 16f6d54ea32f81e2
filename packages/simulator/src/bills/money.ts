/** What WeChat Pay keeps of a payment: 0.60 %, the usual rate. */
export const FEE_RATE = '0.60%';

/** The fee for an amount, both in fen; half a fen is rounded up. */
export const feeFen = (settledFen: number): number => Math.floor((settledFen * 6 + 500) / 1000);

/** Fen as yuan with two decimals; negative amounts with their sign. */
export function yuan(fen: number): string {
  const digits = String(Math.abs(fen)).padStart(3, '0');
  return `${fen < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

/** Fees have five decimals. */
export const feeYuan = (fen: number): string => `${yuan(fen)}000`;

/** The sum of what `amountOf` finds in each item. */
export const sumOf = <Item>(items: readonly Item[], amountOf: (item: Item) => number): number =>
  items.reduce((sum, item) => sum + amountOf(item), 0);
