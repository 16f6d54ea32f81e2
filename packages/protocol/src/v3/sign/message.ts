/** What of a request is signed. */
export interface SignedRequest {
  readonly method: 'GET' | 'POST';
  /** Path and query exactly as sent, percent-encoding included; no scheme, no host, no fragment. */
  readonly path: string;
  /** Seconds since 1970, in digits. */
  readonly timestamp: string;
  readonly nonce: string;
  /** The body exactly as sent; empty when there is none. */
  readonly body: string;
}

/** What of an answer or a notice is signed. */
export interface SignedAnswer {
  readonly timestamp: string;
  readonly nonce: string;
  /** The body exactly as received; no bytes for 204. */
  readonly body: Uint8Array;
}

/**
 * The text that a merchant signs for a request: five lines, each ended by a line feed. It has no secret in it, so that
 * it can be shown to people who compare it with what the gateway saw.
 * @see https://pay.weixin.qq.com/doc/v3/merchant/4012365342
 */
export const printRequestMessage = ({ method, path, timestamp, nonce, body }: SignedRequest): string =>
  `${method}\n${path}\n${timestamp}\n${nonce}\n${body}\n`;

const LINE_FEED = Buffer.from('\n');

/**
 * The bytes that WeChat Pay signs for an answer or a notice: three lines over the raw body.
 * @see https://pay.weixin.qq.com/doc/v3/merchant/4013053249
 */
export const answerMessage = ({ timestamp, nonce, body }: SignedAnswer): Uint8Array =>
  Buffer.concat([Buffer.from(`${timestamp}\n${nonce}\n`), body, LINE_FEED]);

/** The time as signatures want it: seconds since 1970 as text; parts of a second are cut off. */
export const printTimestamp = (atMs: number): string => String(Math.floor(atMs / 1000));
