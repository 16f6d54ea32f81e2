import { readFileSync } from 'node:fs';

/** The bytes of a file of `vectors/v2-notices`; its README says where it comes from. */
export const noticeVector = (file: string): Uint8Array =>
  readFileSync(new URL(`../../../vectors/v2-notices/${file}`, import.meta.url));

/** The same as text. */
export const noticeVectorText = (file: string): string => new TextDecoder().decode(noticeVector(file));
