import { createCipheriv, createHash, sign, verify } from 'node:crypto';
import {
  createSeededRandom,
  createVirtualClock,
  type HttpRequest,
  type HttpResponse,
  type VirtualClock,
} from '@orderkeeper/ports';
import { parseOutRefundNo, parseOutTradeNo, parseTransactionId } from '@orderkeeper/protocol';
import { createV3Client, type V3Client, type V3ClientSettings } from '../v3/create-v3-client.ts';
import { finisher, START_MS, valueOf } from './test-world.ts';
import {
  API_V3_KEY,
  MERCHANT_PUBLIC_KEY,
  type PlatformKey,
  PUBLIC_KEY,
  PUBLIC_KEY_MERCHANT,
  V3_TEXTS,
} from './v3-keys.ts';

export const OUT_TRADE_NO = valueOf(parseOutTradeNo('ORDER20261124001'));
export const OUT_REFUND_NO = valueOf(parseOutRefundNo('REFUND20261124001'));
export const TRANSACTION_ID = valueOf(parseTransactionId('4200000001202611240000000001'));

/** What the pretend host does with a request; `nowMs` is its clock. */
export type V3Reaction = (request: HttpRequest, nowMs: number) => HttpResponse | Promise<HttpResponse>;

/** A client, its pretend hosts and its clock. */
export interface V3World {
  readonly client: V3Client;
  readonly clock: VirtualClock;
  /** Every request but those for certificates, in the order of arrival. */
  readonly requests: readonly HttpRequest[];
  /** Every request for certificates. */
  readonly fetches: readonly HttpRequest[];
  readonly finish: <Value>(call: Promise<Value>) => Promise<Value>;
}

/** What a world may be given. */
export interface V3WorldSettings extends Partial<Omit<V3ClientSettings, 'http' | 'clock' | 'random'>> {
  /** What `/v3/certificates` does, in this order; the last repeats itself. Default: there are none. */
  readonly certificates?: readonly V3Reaction[];
}

/** Creates a world whose hosts react in the given order; the last reaction repeats itself. */
export function createV3World(reactions: readonly V3Reaction[], settings: V3WorldSettings = {}): V3World {
  const { certificates = [noCertificates], ...client } = settings;
  const clock = createVirtualClock({ startMs: START_MS });
  const requests: HttpRequest[] = [];
  const fetches: HttpRequest[] = [];
  const react = (list: readonly V3Reaction[], seen: HttpRequest[], request: HttpRequest) => {
    const reaction = list[Math.min(seen.length, list.length - 1)];
    seen.push(request);
    if (reaction === undefined) throw new Error('no reaction was given');
    return reaction(request, clock.nowMs());
  };
  return {
    client: createV3Client({
      merchant: PUBLIC_KEY_MERCHANT,
      clock,
      random: createSeededRandom(1),
      // Other threads take real time, in which the clock of this world may be led on.
      signing: 'on-this-thread',
      ...client,
      http: async (request) =>
        pathOf(request) === '/v3/certificates'
          ? react(certificates, fetches, request)
          : react(reactions, requests, request),
    }),
    clock,
    requests,
    fetches,
    finish: finisher(clock),
  };
}

/** Path and query of a request, as they stand on the wire. */
export const pathOf = ({ url }: HttpRequest): string => /^https?:\/\/[^/]+(.*)$/.exec(url)?.[1] ?? '';

/** The members of a request's body. */
export const membersOf = ({ body }: HttpRequest): unknown => (typeof body === 'string' ? JSON.parse(body) : undefined);

/** Whether a request is signed by the merchant as it was sent, made up from what the gateway sees. */
export function isSignedRequest(request: HttpRequest): boolean {
  const header = request.headers['authorization'] ?? '';
  const part = (name: string): string => new RegExp(`[ ,]${name}="([^"]+)"`).exec(header)?.[1] ?? '';
  const { body = '' } = request;
  const message = `${request.method}\n${pathOf(request)}\n${part('timestamp')}\n${part('nonce_str')}\n${String(body)}\n`;
  return (
    header.startsWith('WECHATPAY2-SHA256-RSA2048 ') &&
    part('mchid') === V3_TEXTS.mchid &&
    part('serial_no') === V3_TEXTS.certificateSerial &&
    verify('RSA-SHA256', Buffer.from(message), MERCHANT_PUBLIC_KEY, Buffer.from(part('signature'), 'base64'))
  );
}

/** How an answer is signed, and what is done to it afterwards. */
export interface AnswerRules {
  readonly status?: number;
  readonly by?: PlatformKey;
  /** The host's clock is ahead by so much, or behind. */
  readonly aheadMs?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** The headers that are lost on the way. */
  readonly without?: readonly string[];
  /** The body that arrives in the place of the signed one. */
  readonly arriving?: string;
}

let answersCount = 0;

/** A body with the five headers of an answer, at a moment. */
export function signedAt(nowMs: number, text: string, rules: AnswerRules = {}): HttpResponse {
  const { status = 200, by = PUBLIC_KEY, aheadMs = 0, without = [], arriving = text } = rules;
  const timestamp = String(Math.floor((nowMs + aheadMs) / 1000));
  answersCount += 1;
  const nonce = createHash('md5').update(String(answersCount)).digest('hex');
  const signature = sign('RSA-SHA256', Buffer.from(`${timestamp}\n${nonce}\n${text}\n`), by.privateKey);
  const headers = {
    'content-type': 'application/json; charset=utf-8',
    'wechatpay-timestamp': timestamp,
    'wechatpay-nonce': nonce,
    'wechatpay-signature': signature.toString('base64'),
    'wechatpay-serial': by.serial,
    'wechatpay-signature-type': 'WECHATPAY2-SHA256-RSA2048',
    ...rules.headers,
  };
  const arrived = Object.fromEntries(Object.entries(headers).filter(([name]) => !without.includes(name)));
  return { status, headers: arrived, body: Buffer.from(arriving) };
}

/** A reaction that answers with signed members, or with nothing. */
export const signed =
  (members: object | undefined, rules?: AnswerRules): V3Reaction =>
  (_, nowMs) =>
    signedAt(nowMs, members === undefined ? '' : JSON.stringify(members), rules);

/** A reaction that refuses with a code, signed. */
export const refused = (status: number, code: string, rules: AnswerRules = {}): V3Reaction =>
  signed({ code, message: `message of ${code}` }, { ...rules, status });

/** A reaction whose answer nobody signed. */
export const unsigned =
  (status: number, text: string, headers: Readonly<Record<string, string>> = {}): V3Reaction =>
  () => ({ status, headers, body: Buffer.from(text) });

/** The same with a code. */
export const unsignedRefusal = (status: number, code: string, message = `message of ${code}`): V3Reaction =>
  unsigned(status, JSON.stringify({ code, message }));

/** The members of a paid order. */
export const PAID = {
  amount: { currency: 'CNY', payer_currency: 'CNY', payer_total: 100, total: 100 },
  appid: V3_TEXTS.appid,
  bank_type: 'OTHERS',
  mchid: V3_TEXTS.mchid,
  out_trade_no: OUT_TRADE_NO,
  payer: { openid: 'oUpF8uMuAJO_M2pxb1Q9zNjWeS6o' },
  promotion_detail: [],
  success_time: '2026-11-24T12:00:00+08:00',
  trade_state: 'SUCCESS',
  trade_state_desc: '支付成功',
  trade_type: 'JSAPI',
  transaction_id: TRANSACTION_ID,
};

/** A reaction: the order is paid. */
export const paid = signed(PAID);

/** The members of an order in a state without money. */
export const unpaidMembers = (tradeState: string): object => ({
  appid: PAID.appid,
  mchid: PAID.mchid,
  out_trade_no: OUT_TRADE_NO,
  trade_state: tradeState,
  trade_state_desc: `state ${tradeState}`,
});

/** The members of a refund. */
export const REFUNDED = {
  refund_id: '50000000382019052709732678859',
  out_refund_no: OUT_REFUND_NO,
  transaction_id: TRANSACTION_ID,
  out_trade_no: OUT_TRADE_NO,
  status: 'PROCESSING',
  create_time: '2026-11-24T12:00:00+08:00',
  amount: { total: 100, refund: 40, payer_total: 100, payer_refund: 40, currency: 'CNY' },
};

/** Seals a text with the APIv3 key, written out beside the code under test. */
export function seal(text: string, associatedData: string, key: string = API_V3_KEY) {
  const nonce = '0123456789ab';
  const cipher = createCipheriv('aes-256-gcm', key, nonce);
  cipher.setAAD(Buffer.from(associatedData));
  const bytes = Buffer.concat([cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]);
  return {
    algorithm: 'AEAD_AES_256_GCM',
    ciphertext: bytes.toString('base64'),
    nonce,
    associated_data: associatedData,
  };
}

/** A reaction of `/v3/certificates`: these certificates, the answer signed by the first of them if by no other. */
export const certificateList =
  (keys: readonly PlatformKey[], rules: AnswerRules & { readonly apiV3Key?: string } = {}): V3Reaction =>
  (_, nowMs) => {
    const [first = PUBLIC_KEY] = keys;
    const data = keys.map(({ serial, certificatePem = '' }) => ({
      serial_no: serial,
      effective_time: '2026-01-01T08:00:00+08:00',
      expire_time: '2031-01-01T08:00:00+08:00',
      encrypt_certificate: seal(certificatePem, 'certificate', rules.apiV3Key),
    }));
    return signedAt(nowMs, JSON.stringify({ data }), { by: first, ...rules });
  };

/** A reaction of `/v3/certificates` to merchants that have none. */
export const noCertificates: V3Reaction = unsignedRefusal(404, 'RESOURCE_NOT_EXISTS', '无可用的平台证书');

/** A second merchant's number, for answers about others. */
export const OTHER_MCHID = '1900000109';
