import { type Http, HttpFailure, type HttpResponse } from '@orderkeeper/ports';
import type { Simulator } from '@orderkeeper/simulator';

/** The way to WeChat Pay, with each call and what came of it written down. */
export function notedCalls({ handle, world }: Simulator, note: (line: string) => void): Http {
  return async (request) => {
    const what = new URL(request.url);
    try {
      const response = await handle(request);
      const call = world.calls.list().at(-1);
      note(`${what.pathname} ${call?.outTradeNo ?? ''}: ${call?.verdict ?? ''} ${summaryOf(response)}`);
      return response;
    } catch (error) {
      note(`${what.pathname} at ${what.host}: ${error instanceof HttpFailure ? error.reason : String(error)}`);
      throw error;
    }
  };
}

const WORTH_TELLING = ['trade_state', 'err_code', 'recall', 'refund_status_0', 'return_msg'];
const WORTH_TELLING_V3 = ['trade_state', 'code', 'status', 'out_trade_no', 'out_refund_no'];
const SERIAL_LENGTH = 8;

function summaryOf({ status, headers, body }: HttpResponse): string {
  const text = Buffer.from(body).toString();
  const isV3 = headers['content-type']?.startsWith('application/json') === true;
  const found = isV3
    ? [...WORTH_TELLING_V3.flatMap((name) => valueOf(name, new RegExp(`"${name}":"([^"]*)`), text)), keyOf(headers)]
    : WORTH_TELLING.flatMap((name) => valueOf(name, new RegExp(`<${name}>(?:<!\\[CDATA\\[)?([^<\\]]*)`), text));
  return [String(status), ...found].join(' ');
}

function valueOf(name: string, pattern: RegExp, text: string): readonly string[] {
  const value = pattern.exec(text)?.[1];
  return value === undefined || value === 'OK' ? [] : [`${name}=${value}`];
}

/** In whose name an answer of APIv3 is signed. */
function keyOf(headers: HttpResponse['headers']): string {
  const serial = headers['wechatpay-serial'];
  return serial === undefined ? 'unsigned' : `signed by ${serial.slice(0, SERIAL_LENGTH)}`;
}
