import type { HttpRequest, HttpTimeLimits, Random } from '@orderkeeper/ports';
import {
  printAuthorization,
  printRequestMessage,
  printTimestamp,
  signMessage,
  type V3Request,
} from '@orderkeeper/protocol';
import { createNonce } from '../nonce.ts';
import type { V3Merchant } from './v3-merchant.ts';

/** What is sent with a request beside its signature. */
export interface RequestFrame {
  /** The base address. */
  readonly address: string;
  readonly timeLimits: HttpTimeLimits;
  readonly answerBytesMax: number;
  /** Goes as `Wechatpay-Serial`: with which key fields are encrypted, and with which the answer is to be signed. */
  readonly serial: string | undefined;
}

const USER_AGENT = 'orderkeeper-client/0.1';

/** Signs a request, now and under a fresh nonce, and puts it together; what is signed is what is sent. */
export function signRequest(
  { mchid, credentials }: Pick<V3Merchant, 'mchid' | 'credentials'>,
  { nowMs, random }: { readonly nowMs: number; readonly random: Random },
  { method, path, body }: V3Request,
  { address, timeLimits, answerBytesMax, serial }: RequestFrame,
): HttpRequest {
  const timestamp = printTimestamp(nowMs);
  const nonce = createNonce(random);
  const message = printRequestMessage({ method, path, timestamp, nonce, body });
  const signature = signMessage(message, credentials.privateKey);
  const authorization = printAuthorization({ mchid, serial: credentials.serial, nonce, timestamp, signature });
  const headers: Record<string, string> = { accept: 'application/json', 'user-agent': USER_AGENT, authorization };
  if (serial !== undefined) headers['wechatpay-serial'] = serial;
  const url = address + path;
  if (method === 'GET') return { method, url, headers, timeLimits, answerBytesMax };
  headers['content-type'] = 'application/json';
  return { method, url, headers, body, timeLimits, answerBytesMax };
}
