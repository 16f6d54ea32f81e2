/** What the merchant answers to a notice: success ends its repetitions, failure asks for them. */
export type V3NoticeReply =
  | { readonly code: 'SUCCESS' }
  /** `message` is for WeChat Pay's people: why, without secrets. */
  | { readonly code: 'FAIL'; readonly message: string };

/** Status and body of a reply. */
export interface PrintedV3Reply {
  readonly status: 204 | 500;
  /** Empty, or JSON. */
  readonly body: string;
}

const MESSAGE_BYTES_MAX = 256;
const UNPRINTABLE = /[^\t\n\u0020-\ud7ff\ue000-\ufffd]/gu;

/**
 * Prints the answer to a notice, to be sent within five seconds. The status alone decides; what WeChat Pay cannot carry
 * in the message becomes `?`, and what is too long is cut.
 * @see https://pay.weixin.qq.com/doc/v3/merchant/4012791861
 */
export function printV3NoticeReply(reply: V3NoticeReply): PrintedV3Reply {
  if (reply.code === 'SUCCESS') return { status: 204, body: '' };
  const message = cut(reply.message.replaceAll(UNPRINTABLE, '?'));
  return { status: 500, body: JSON.stringify({ code: 'FAIL', message }) };
}

function cut(message: string): string {
  let kept = message.slice(0, MESSAGE_BYTES_MAX);
  while (Buffer.byteLength(kept, 'utf8') > MESSAGE_BYTES_MAX) kept = kept.slice(0, -1);
  return kept;
}
