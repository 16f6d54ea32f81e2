import type { HttpRequest } from '@orderkeeper/ports';
import { type Fields, readXml, type Result, type XmlReason } from '@orderkeeper/protocol';
import type { SimOperation } from '../operations/operation.ts';
import type { Call, FaultSubject, World } from '../world.ts';

/** A request with what can be said of it before anything is checked. */
export interface Arrival {
  readonly request: HttpRequest;
  readonly url: URL;
  readonly body: Result<Fields, XmlReason>;
  readonly subject: FaultSubject;
  /** The first half of the entry in the list of calls. */
  readonly record: Pick<Call, keyof FaultSubject | 'atMs' | 'method' | 'requestText' | 'fields'>;
}

/** An arrival for a path that is known. */
export interface OperationArrival extends Arrival {
  readonly operation: SimOperation;
}

/** Reads a request as far as it can be read. */
export function arrive(request: HttpRequest, operation: SimOperation | undefined, world: World): Arrival {
  const url = new URL(request.url);
  const bytes = typeof request.body === 'string' ? new TextEncoder().encode(request.body) : (request.body ?? NOTHING);
  const body = readXml(bytes);
  const fields: Fields = body.ok ? body.value : new Map();
  const subject: FaultSubject = {
    operation: operation?.name ?? '',
    path: url.pathname,
    host: request.headers['host'] ?? url.host,
    mchid: fields.get('mch_id') ?? '',
    outTradeNo: fields.get('out_trade_no') ?? '',
  };
  const atMs = world.clock.nowMs();
  return {
    request,
    url,
    body,
    subject,
    record: { ...subject, atMs, method: request.method, requestText: shown(bytes), fields },
  };
}

const NOTHING = new Uint8Array();

/** Calls are shown to people: a large body is cut. */
const SHOWN_BYTES_MAX = 20_000;

/** A body as text for the list of calls. */
export const shown = (bytes: Uint8Array): string => new TextDecoder().decode(bytes.subarray(0, SHOWN_BYTES_MAX));
