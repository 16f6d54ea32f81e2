import type { HttpRequest, HttpResponse } from '@orderkeeper/ports';
import { readJsonText, readXml, V3_OPERATIONS } from '@orderkeeper/protocol';

/** What WeChat Pay said, as a story tells it. */
export interface ToldAnswer {
  /** The code of an error; else SUCCESS in the classic API, the HTTP status in APIv3, which has no such word. */
  readonly code: string;
  /** What it said about the order. */
  readonly tradeState?: string;
}

type Sent = Pick<HttpRequest, 'method' | 'url'>;

/** The name of the operation that a request asks for. */
export function operationOf({ method, url }: Sent): string {
  const { pathname } = new URL(url);
  const row = Object.values(V3_OPERATIONS).find(
    (each) => each.method === method && Object.values(each.paths).some((template) => isPathOf(template, pathname)),
  );
  return row?.name ?? pathname.split('/').at(-1) ?? '';
}

function isPathOf(template: string, pathname: string): boolean {
  const parts = pathname.split('/');
  const wanted = template.split('/');
  return wanted.length === parts.length && wanted.every((part, index) => part.startsWith('{') || part === parts[index]);
}

/** What an answer says, in either protocol. It is told, and not believed: nothing here is verified. */
export function answerOf({ url }: Sent, response: HttpResponse): ToldAnswer {
  return new URL(url).pathname.startsWith('/v3/') ? v3Answer(response) : v2Answer(response);
}

function v2Answer({ status, body }: HttpResponse): ToldAnswer {
  const fields = readXml(body);
  if (!fields.ok) return { code: `HTTP ${status}` };
  const { value } = fields;
  const isSuccess = value.get('return_code') === 'SUCCESS' && value.get('result_code') !== 'FAIL';
  const code = isSuccess ? 'SUCCESS' : (value.get('err_code') ?? value.get('return_msg') ?? 'FAIL');
  return { code, ...tradeStateIn(value.get('trade_state')) };
}

function v3Answer({ status, body }: HttpResponse): ToldAnswer {
  const object = readJsonText(body);
  if (!object.ok) return { code: `HTTP ${status}` };
  const code = object.value.get('code');
  return { code: typeof code === 'string' ? code : `HTTP ${status}`, ...tradeStateIn(object.value.get('trade_state')) };
}

const tradeStateIn = (value: unknown) => (typeof value === 'string' ? { tradeState: value } : {});
