import { readFileSync } from 'node:fs';

/** The bytes of a file of `vectors/v2-bills`; its README says where its layout comes from. */
export const billVector = (file: string): Uint8Array =>
  readFileSync(new URL(`../../../vectors/v2-bills/${file}`, import.meta.url));

/** Everything that a generator yields. */
export async function itemsOf<Item>(generator: AsyncIterable<Item>): Promise<Item[]> {
  const items: Item[] = [];
  for await (const item of generator) items.push(item);
  return items;
}

/** Bytes in pieces of `size` bytes. */
export function* piecesOf(bytes: Uint8Array, size: number): Generator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}
