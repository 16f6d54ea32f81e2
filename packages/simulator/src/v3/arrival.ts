import type { HttpRequest } from '@orderkeeper/ports';
import { readAuthorization } from '@orderkeeper/protocol';
import { shown } from '../gateway/arrival.ts';
import type { Call, FaultSubject, World } from '../world.ts';
import { isJsonObject, type JsonObject, textAt } from './json.ts';
import { routeV3, type V3Route } from './route.ts';

/** A request of APIv3 with what can be said of it before anything is checked. */
export interface V3Arrival {
  readonly request: HttpRequest;
  readonly url: URL;
  /** Path and query exactly as sent: this is what was signed. */
  readonly target: string;
  readonly bodyText: string;
  /** `undefined` when the body is no JSON object. */
  readonly body: JsonObject | undefined;
  readonly route: V3Route;
  readonly subject: FaultSubject;
  readonly record: Pick<Call, keyof FaultSubject | 'atMs' | 'method' | 'requestText' | 'fields'>;
}

/** Whether a path belongs to APIv3. */
export const isV3Path = (pathname: string): boolean => pathname.startsWith('/v3/');

/** Reads a request as far as it can be read. */
export function arriveV3(request: HttpRequest, world: World): V3Arrival {
  const url = new URL(request.url);
  const bytes = Buffer.from(request.body ?? '');
  const bodyText = bytes.toString('utf8');
  const body = objectOf(bodyText);
  const route = routeV3(request.method, url.pathname, world);
  const found = route.kind === 'found' ? route : undefined;
  const sender = readAuthorization(request.headers['authorization'] ?? '');
  const mchid = sender.ok ? sender.value.mchid : '';
  const subject: FaultSubject = {
    operation: found?.operation.name ?? '',
    path: url.pathname,
    host: request.headers['host'] ?? url.host,
    mchid,
    outTradeNo: numberOf({ ...textsAt(body, NUMBERS), ...found?.params }, mchid, world),
  };
  const fields = new Map([...url.searchParams, ...textsOf(body ?? {})]);
  const atMs = world.clock.nowMs();
  const record = { ...subject, atMs, method: request.method, requestText: shown(bytes), fields };
  return { request, url, target: targetOf(request.url), bodyText, body, route, subject, record };
}

const NUMBERS = ['out_trade_no', 'combine_out_trade_no', 'transaction_id', 'out_refund_no'] as const;

const textsAt = (body: JsonObject | undefined, names: readonly string[]): Record<string, string> =>
  Object.fromEntries(names.map((name) => [name, textAt(body, name)] as const).filter(([, value]) => value !== ''));

/** The number of the order that is spoken of, by whichever name; of a combined order it is that of the whole. */
function numberOf(named: Readonly<Record<string, string>>, mchid: string, { ledger }: World): string {
  const number = named['out_trade_no'] ?? named['combine_out_trade_no'];
  if (number !== undefined) return number;
  const paid = ledger.orderByTransaction(mchid, named['transaction_id'] ?? '');
  const refund =
    ledger.refund(mchid, named['out_refund_no'] ?? '') ?? ledger.refundById(mchid, named['refund_id'] ?? '');
  return paid?.outTradeNo ?? refund?.outTradeNo ?? '';
}

function targetOf(address: string): string {
  const pathAt = address.indexOf('/', address.indexOf('://') + 3);
  return address.slice(pathAt).replace(/#.*$/, '');
}

function objectOf(text: string): JsonObject | undefined {
  if (text === '') return {};
  try {
    const value: unknown = JSON.parse(text);
    return isJsonObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

const textsOf = (body: JsonObject): [string, string][] =>
  Object.entries(body).map(([name, value]) => [name, typeof value === 'string' ? value : JSON.stringify(value)]);
