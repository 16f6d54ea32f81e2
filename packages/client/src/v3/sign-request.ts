import type { HttpRequest, HttpTimeLimits, Random } from '@orderkeeper/ports';
import {
  printAuthorization,
  printRequestMessage,
  printTimestamp,
  signMessage,
  signMessageAside,
  type V3Request,
} from '@orderkeeper/protocol';
import { createNonce } from '../nonce.ts';
import type { V3Merchant } from './v3-merchant.ts';

/** A request that is to be signed, with everything else that is sent. */
export interface UnsignedRequest {
  readonly merchant: Pick<V3Merchant, 'mchid' | 'credentials'>;
  readonly random: Random;
  readonly nowMs: number;
  readonly request: V3Request;
  /** The base address. */
  readonly address: string;
  readonly timeLimits: HttpTimeLimits;
  readonly answerBytesMax: number;
  /** Goes as `Wechatpay-Serial`: with which key fields are encrypted, and with which the answer is to be signed. */
  readonly serial: string | undefined;
}

/** Signs a request, now and under a fresh nonce, and puts it together; what is signed is what is sent. */
export function signRequest(unsigned: UnsignedRequest): HttpRequest {
  const sealed = sealOf(unsigned);
  return seal(unsigned, sealed, signMessage(sealed.message, unsigned.merchant.credentials.privateKey));
}

/**
 * The same as {@link signRequest} on one of Node's worker threads. Signing takes twice the time of everything else that
 * a call does: where other calls wait for the thread it is worth the way to another.
 */
export async function signRequestAside(unsigned: UnsignedRequest): Promise<HttpRequest> {
  const sealed = sealOf(unsigned);
  return seal(unsigned, sealed, await signMessageAside(sealed.message, unsigned.merchant.credentials.privateKey));
}

interface Seal {
  readonly timestamp: string;
  readonly nonce: string;
  readonly message: string;
}

function sealOf({ random, nowMs, request: { method, path, body } }: UnsignedRequest): Seal {
  const timestamp = printTimestamp(nowMs);
  const nonce = createNonce(random);
  return { timestamp, nonce, message: printRequestMessage({ method, path, timestamp, nonce, body }) };
}

const USER_AGENT = 'orderkeeper-client/0.1';

/** Headers are written out: copying a frame that all requests share takes V8 longer. */
function seal(unsigned: UnsignedRequest, { timestamp, nonce }: Seal, signature: string): HttpRequest {
  const { merchant, request, address, timeLimits, answerBytesMax, serial } = unsigned;
  const { mchid, credentials } = merchant;
  const authorization = printAuthorization({ mchid, serial: credentials.serial, nonce, timestamp, signature });
  const headers: Record<string, string> = { accept: 'application/json', 'user-agent': USER_AGENT, authorization };
  if (serial !== undefined) headers['wechatpay-serial'] = serial;
  const url = address + request.path;
  if (request.method === 'GET') return { method: 'GET', url, headers, timeLimits, answerBytesMax };
  headers['content-type'] = 'application/json';
  return { method: 'POST', url, headers, body: request.body, timeLimits, answerBytesMax };
}
