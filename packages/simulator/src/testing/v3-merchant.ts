import { createDecipheriv, createSign, createVerify } from 'node:crypto';
import { createSeededRandom, createVirtualClock, type Http, type HttpRequest } from '@orderkeeper/ports';
import { issueCertificates } from '../credentials/certificates.ts';
import { merchantOfAccount } from '../credentials/merchant-of-account.ts';
import { createSimulator, type SimulatorOptions } from '../simulator.ts';
import { textAt } from '../v3/json.ts';
import type { SimMerchant } from '../world.ts';
import { APPID, KEY, MCHID, START_MS } from './raw-merchant.ts';

/** The APIv3 key of the merchant. */
export const V3_KEY = '0123456789abcdefghijklmnopqrstuv';

/** Made once for all tests: RSA keys take their time. */
export const CERTIFICATES = await issueCertificates(MCHID, { nowMs: START_MS, random: createSeededRandom(7) });

/** An answer of APIv3, read without any code of this repository. */
export interface V3RawAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
  readonly bytes: Uint8Array;
  readonly json: Readonly<Record<string, unknown>>;
  /** Whose key has signed it, as verified with node:crypto. */
  readonly sign: 'certificate' | 'public-key' | 'wrong' | 'none';
}

/** How a call departs from the ordinary. */
export interface V3RawCall {
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** Parts of the Authorization to be replaced after signing. */
  readonly tamper?: (authorization: string) => string;
  readonly skewSeconds?: number;
  readonly nonce?: string;
  readonly mchid?: string;
  readonly serial?: string;
}

/** Verifies five headers over a body with the keys of {@link CERTIFICATES}. */
export function verifyByHand(headers: Readonly<Record<string, string>>, body: Uint8Array): V3RawAnswer['sign'] {
  const [serial = '', signature] = [headers['wechatpay-serial'], headers['wechatpay-signature']];
  if (signature === undefined) return 'none';
  const { platform, publicKey } = CERTIFICATES;
  const message = `${headers['wechatpay-timestamp']}\n${headers['wechatpay-nonce']}\n${Buffer.from(body).toString()}\n`;
  for (const [name, key, id] of [
    ['certificate', platform.publicKeyPem, platform.serial],
    ['public-key', publicKey.publicKeyPem, publicKey.id],
  ] as const) {
    const isRight = createVerify('RSA-SHA256').update(message).verify(key, signature, 'base64');
    if (serial === id && isRight) return name;
  }
  return 'wrong';
}

const ACCOUNT = { mchid: MCHID, appid: APPID, appSecret: 'secret-of-tests', v2Key: KEY, v3Key: V3_KEY };

/** The same merchant as a service provider. */
export const PROVIDER: SimMerchant = { ...merchantOfAccount(ACCOUNT, CERTIFICATES.merchant), role: 'provider' };

/** A frozen simulator with APIv3, and a merchant who signs by hand. */
export const stageV3 = async (options: Partial<SimulatorOptions> = {}) => {
  const merchant = merchantOfAccount(ACCOUNT, CERTIFICATES.merchant);
  const notices: HttpRequest[] = [];
  const http: Http = (request) => {
    notices.push(request);
    return Promise.resolve({ status: 200, headers: {}, body: new Uint8Array() });
  };
  const simulator = createSimulator({
    clock: createVirtualClock({ startMs: START_MS }),
    random: createSeededRandom(1),
    merchants: [merchant],
    authority: CERTIFICATES.authority,
    platform: CERTIFICATES,
    http,
    ...options,
  });
  await simulator.clock.freeze();
  let count = 0;
  const send = async (method: HttpRequest['method'], path: string, call: V3RawCall = {}): Promise<V3RawAnswer> => {
    const body = call.body === undefined ? '' : typeof call.body === 'string' ? call.body : JSON.stringify(call.body);
    const nonce = call.nonce ?? `NONCE${++count}`;
    const timestamp = Math.floor(simulator.clock.nowMs() / 1000) + (call.skewSeconds ?? 0);
    const signer = createSign('RSA-SHA256').update(`${method}\n${path}\n${timestamp}\n${nonce}\n${body}\n`);
    const signature = signer.sign(CERTIFICATES.merchant.privateKeyPem, 'base64');
    const serial = call.serial ?? CERTIFICATES.merchant.serial;
    const authorization = `WECHATPAY2-SHA256-RSA2048 mchid="${call.mchid ?? MCHID}",nonce_str="${nonce}",signature="${signature}",timestamp="${timestamp}",serial_no="${serial}"`;
    const answer = await simulator.handle({
      method,
      url: `https://api.mch.weixin.qq.com${path}`,
      headers: {
        accept: 'application/json',
        'user-agent': 'by-hand',
        authorization: call.tamper?.(authorization) ?? authorization,
        ...call.headers,
      },
      ...(body === '' ? {} : { body }),
    });
    const text = Buffer.from(answer.body).toString('utf8');
    const json = answer.headers['content-type']?.includes('json') === true && text !== '' ? parsed(text) : {};
    const sign = verifyByHand(answer.headers, answer.body);
    return { status: answer.status, headers: answer.headers, text, bytes: answer.body, json, sign };
  };
  const get = (path: string, call?: V3RawCall) => send('GET', path, call);
  const post = (path: string, body: unknown, call?: V3RawCall) => send('POST', path, { body, ...call });
  const place = (outTradeNo: string, more: Readonly<Record<string, unknown>> = {}) =>
    post('/v3/pay/transactions/native', orderBody(outTradeNo, more));
  const query = (outTradeNo: string) => get(`/v3/pay/transactions/out-trade-no/${outTradeNo}?mchid=${MCHID}`);
  const close = (outTradeNo: string) => post(`/v3/pay/transactions/out-trade-no/${outTradeNo}/close`, { mchid: MCHID });
  return { simulator, world: simulator.world, payer: simulator.payer, notices, get, post, send, place, query, close };
};

function parsed(text: string): Readonly<Record<string, unknown>> {
  const value: unknown = JSON.parse(text);
  return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : {};
}

/** A notice verified and opened with node:crypto. */
export function openByHand(request: HttpRequest | undefined) {
  if (request === undefined) throw new Error('no notice was posted');
  const text = String(request.body);
  const envelope: unknown = JSON.parse(text);
  const bytes = Buffer.from(textAt(envelope, 'resource.ciphertext'), 'base64');
  const decipher = createDecipheriv('aes-256-gcm', V3_KEY, textAt(envelope, 'resource.nonce'));
  decipher.setAAD(Buffer.from(textAt(envelope, 'resource.associated_data'))).setAuthTag(bytes.subarray(-16));
  const plainText = decipher.update(bytes.subarray(0, -16), undefined, 'utf8') + decipher.final('utf8');
  const plain: unknown = JSON.parse(plainText);
  return {
    envelope,
    plain,
    plainText,
    sign: verifyByHand(request.headers, Buffer.from(text)),
    headers: request.headers,
  };
}

/** A complete order of one yuan. */
export const orderBody = (outTradeNo: string, more: Readonly<Record<string, unknown>> = {}) => ({
  appid: APPID,
  mchid: MCHID,
  description: 'Image形象店-深圳腾大-QQ公仔',
  out_trade_no: outTradeNo,
  notify_url: 'http://127.0.0.1:9/notify',
  amount: { total: 100, currency: 'CNY' },
  ...more,
});
