import type { ProtocolVersion } from '../core/order.ts';
import type { IncomingNotice } from '../notice.ts';
import type { ReadNotice } from './notice-news.ts';
import type { NoticeReaders } from './notice-readers.ts';
import { isProbeSignature } from './probe.ts';
import { readV2Notice } from './read-v2-notice.ts';
import { readV3Notice } from './read-v3-notice.ts';

const SIGNATURE_HEADERS = /^wechatpay-/;
const [LESS_THAN, BRACE] = [0x3c, 0x7b];
/** Blanks, line ends, and the bytes of a byte order mark. */
const BEFORE_CONTENT: ReadonlySet<number> = new Set([0x09, 0x0a, 0x0d, 0x20, 0xef, 0xbb, 0xbf]);

/**
 * Which protocol a message speaks, by what it looks like: one address serves both. XML is of the classic API whatever its
 * headers say; the rest is of APIv3 when it is JSON or has its headers.
 */
export function protocolOfNotice({ headers, body }: IncomingNotice): ProtocolVersion {
  const first = body.find((byte) => !BEFORE_CONTENT.has(byte));
  if (first === LESS_THAN) return 'v2';
  const hasHeaders = Object.keys(headers).some((name) => SIGNATURE_HEADERS.test(name));
  return first === BRACE || hasHeaders ? 'v3' : 'v2';
}

/** Reads a message with what its merchant has for its protocol; `nowMs` stands in for a missing time of payment. */
export async function readNotice(
  notice: IncomingNotice,
  { v2, v3 }: NoticeReaders,
  nowMs: number,
): Promise<ReadNotice> {
  if (isProbeSignature(notice.headers['wechatpay-signature'])) return { kind: 'probe' };
  switch (protocolOfNotice(notice)) {
    case 'v2':
      return v2 === undefined
        ? { kind: 'unverified', message: 'a message of the classic API, and the merchant has no API key for it' }
        : readV2Notice(notice, v2, nowMs);
    case 'v3':
      return v3 === undefined
        ? { kind: 'unverified', message: 'a message of APIv3, and the merchant has no keys for it' }
        : readV3Notice(notice, v3, nowMs);
  }
}
