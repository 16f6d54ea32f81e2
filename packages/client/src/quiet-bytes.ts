import { INSPECT } from './inspect.ts';

/** A class, because it has to be a Uint8Array to everyone who reads, stores or sends it. */
class QuietBytes extends Uint8Array<ArrayBufferLike> {
  override toString(): string {
    return `[${this.byteLength} bytes]`;
  }

  override toLocaleString(): string {
    return this.toString();
  }

  toJSON(): string {
    return this.toString();
  }

  [INSPECT](): string {
    return this.toString();
  }
}

/**
 * The same bytes, not copied, which print as `[973 bytes]` wherever they are logged, joined or serialised: a signed
 * answer names its payer, and outcomes end up in logs. `Buffer.from(bytes).toString()` shows what is in them.
 */
export const quietBytes = (bytes: Uint8Array): Uint8Array =>
  new QuietBytes(bytes.buffer, bytes.byteOffset, bytes.byteLength);
