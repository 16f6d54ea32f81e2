import { printXml } from '../xml/print-xml.ts';

/** What the merchant answers to a notice: SUCCESS ends its repetitions, FAIL asks for them. */
export type NoticeReply =
  | { readonly returnCode: 'SUCCESS' }
  /** `returnMsg` is for WeChat Pay's people: why, without secrets. */
  | { readonly returnCode: 'FAIL'; readonly returnMsg: string };

const RETURN_MSG_LENGTH_MAX = 128;
const UNPRINTABLE = /[^\t\n\u0020-\ud7ff\ue000-\ufffd]/gu;

/**
 * Prints the answer to a pay or refund notice. Send it with HTTP status 200 within five seconds and nothing around
 * it; anything else counts as not received. What XML or WeChat Pay cannot carry in `returnMsg` becomes `?`.
 * @see https://pay.weixin.qq.com/wiki/doc/api/jsapi.php?chapter=9_7
 */
export function printNoticeReply(reply: NoticeReply): string {
  const returnMsg =
    reply.returnCode === 'SUCCESS'
      ? 'OK'
      : reply.returnMsg.replaceAll(UNPRINTABLE, '?').slice(0, RETURN_MSG_LENGTH_MAX);
  const fields = new Map([
    ['return_code', reply.returnCode],
    ['return_msg', returnMsg],
  ]);
  const xml = printXml(fields, { cdata: 'always' });
  if (!xml.ok) throw new TypeError(`a reply that was made printable cannot be printed: ${xml.message}`);
  return xml.value;
}
