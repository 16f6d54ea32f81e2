import { createHash, createHmac } from 'node:crypto';
import {
  createSeededRandom,
  createVirtualClock,
  type Http,
  type HttpRequest,
  type TlsIdentity,
  type VirtualClock,
} from '@orderkeeper/ports';
import { type ApiKey, parseApiKey } from '@orderkeeper/protocol';
import { createPayer, type Payer } from '../actions/payer.ts';
import { createWorld, type WorldOptions } from '../create-world.ts';
import { createGateway } from '../gateway/gateway.ts';
import { createOauth } from '../oauth/oauth.ts';
import type { SimMerchant, World } from '../world.ts';
import { AUTHORITY_PEM, MERCHANT_PEM } from './certificates.ts';

/** The merchant of the worked examples. */
export const APPID = 'wx2421b1c4370ec43b';
export const MCHID = '10000100';
export const KEY = '192006250b4c09247ec02edce69f6a2d';
/** 15:07:09 in Beijing on 24 November 2026. */
export const START_MS = Date.parse('2026-11-24T07:07:09Z');

/** An answer, read without any code of this repository. */
export interface RawAnswer {
  readonly status: number;
  readonly text: string;
  readonly fields: Readonly<Record<string, string>>;
  /** Whether `sign` belongs to the other fields, recomputed from the text. */
  readonly sign: 'right' | 'wrong' | 'none';
}

type RawFields = Readonly<Record<string, string>>;

/** The client certificate of the merchant. */
export const IDENTITY: TlsIdentity = { certificatePem: MERCHANT_PEM };

/** How a call departs from the ordinary. */
export interface RawCall {
  readonly key?: string;
  readonly signType?: 'MD5' | 'HMAC-SHA256';
  readonly identity?: TlsIdentity;
  readonly headers?: Readonly<Record<string, string>>;
  readonly host?: string;
}

/** The gateway on a virtual clock, and a merchant who signs by hand. */
export interface RawMerchant {
  readonly world: World;
  readonly payer: Payer;
  readonly handle: Http;
  readonly clock: VirtualClock;
  readonly call: (path: string, fields: RawFields, options?: RawCall) => Promise<RawAnswer>;
  readonly send: (request: Partial<HttpRequest> & { readonly path: string }) => Promise<RawAnswer>;
}

/** The signature as the pages describe it, written a second time. */
export function signByHand(fields: RawFields, key: string, signType: 'MD5' | 'HMAC-SHA256' = 'MD5'): string {
  const text = `${Object.keys(fields)
    .filter((name) => name !== 'sign' && fields[name] !== '')
    .sort()
    .map((name) => `${name}=${fields[name]}`)
    .join('&')}&key=${key}`;
  const digest = signType === 'MD5' ? createHash('md5') : createHmac('sha256', key);
  return digest.update(text, 'utf8').digest('hex').toUpperCase();
}

/** An API key for tests. */
export function apiKey(text: string): ApiKey {
  const key = parseApiKey(text);
  if (!key.ok) throw new Error(key.message);
  return key.value;
}

/** A merchant for tests. */
export const merchantOf = (mchid: string, appid: string, more: Partial<SimMerchant> = {}): SimMerchant => ({
  mchid,
  role: 'ordinary',
  appids: new Map([[appid, { secret: 'secret-of-tests' }]]),
  apiKey: apiKey(KEY),
  ...more,
});

/** Writes a message by hand. */
export const xmlByHand = (fields: RawFields): string =>
  `<xml>${Object.entries(fields)
    .map(([name, value]) => `<${name}><![CDATA[${value}]]></${name}>`)
    .join('')}</xml>`;

/** Reads a flat message by a pattern. */
export function readByHand(text: string): Record<string, string> {
  const fields: Record<string, string> = {};
  for (const [, name = '', cdata, plain] of text.matchAll(
    /<([A-Za-z_0-9]+)>(?:<!\[CDATA\[(.*?)\]\]>|([^<]*))<\/\1>/gs,
  )) {
    fields[name] = cdata ?? plain ?? '';
  }
  return fields;
}

/** Creates a gateway with the merchant of the worked examples and one who is somebody else. */
export function createRawMerchant(
  given: Partial<Pick<WorldOptions, 'switches' | 'settings' | 'merchants' | 'faults' | 'bills'>> = {},
): RawMerchant {
  const clock = createVirtualClock({ startMs: START_MS });
  const { merchants = [merchantOf(MCHID, APPID), merchantOf('10000200', 'wx0000000000000200')], ...rest } = given;
  const random = createSeededRandom(1);
  const { world } = createWorld({ clock, random, merchants, certificateAuthorityPem: AUTHORITY_PEM, ...rest });
  const oauth = createOauth(world);
  const handle = createGateway(world, oauth.answer);
  let nonce = 0;

  const send: RawMerchant['send'] = async ({ path, ...request }) => {
    const response = await handle({
      method: 'POST',
      url: `https://api.mch.weixin.qq.com${path}`,
      headers: {},
      ...request,
    });
    const text = new TextDecoder().decode(response.body);
    return { status: response.status, text, fields: readByHand(text), sign: 'none' };
  };
  const call: RawMerchant['call'] = async (path, own, options = {}) => {
    const { key = KEY, signType = 'MD5', identity, headers = {}, host = 'api.mch.weixin.qq.com' } = options;
    const fields = {
      appid: APPID,
      mch_id: MCHID,
      nonce_str: `nonce${++nonce}`,
      ...(signType === 'MD5' ? {} : { sign_type: signType }),
      ...own,
    };
    const body = xmlByHand({ ...fields, sign: signByHand(fields, key, signType) });
    const answer = await send({
      path,
      body,
      headers,
      url: `https://${host}${path}`,
      ...(identity === undefined ? {} : { identity }),
    });
    const { sign } = answer.fields;
    if (sign === undefined) return answer;
    return { ...answer, sign: sign === signByHand(answer.fields, key, signType) ? 'right' : 'wrong' };
  };
  return { world, handle, payer: createPayer(world, oauth.book), clock, call, send };
}

/** A complete order of 19.90 yuan to be paid by QR code. */
export const nativeOrder = (outTradeNo: string, more: RawFields = {}): RawFields => ({
  body: '腾讯充值中心-QQ会员充值',
  out_trade_no: outTradeNo,
  total_fee: '1990',
  spbill_create_ip: '14.23.150.211',
  notify_url: 'http://127.0.0.1:9/notify',
  trade_type: 'NATIVE',
  product_id: '88888',
  ...more,
});
