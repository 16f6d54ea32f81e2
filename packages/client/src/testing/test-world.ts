import {
  createSeededRandom,
  createVirtualClock,
  HttpFailure,
  type HttpRequest,
  type HttpResponse,
  nextTurn,
  type VirtualClock,
} from '@orderkeeper/ports';
import {
  type ApiKey,
  type Fields,
  parseApiKey,
  parseAppid,
  parseMchid,
  parseOutRefundNo,
  parseOutTradeNo,
  parseTransactionId,
  printXml,
  readXml,
  type Result,
  type SignType,
  signFields,
} from '@orderkeeper/protocol';
import { type Client, type ClientSettings, createClient } from '../create-client.ts';
import type { Merchant } from '../merchant.ts';

/** The value of a result that must be there. */
export function valueOf<Value>(result: Result<Value, string>): Value {
  if (!result.ok) throw new Error(result.message);
  return result.value;
}

/** The key of WeChat Pay's own examples. */
export const API_KEY = valueOf(parseApiKey('192006250b4c09247ec02edce69f6a2d'));
export const OTHER_KEY = valueOf(parseApiKey('0123456789abcdef0123456789abcdef'));
export const OUT_TRADE_NO = valueOf(parseOutTradeNo('ORDER20261124001'));
export const OUT_REFUND_NO = valueOf(parseOutRefundNo('REFUND20261124001'));
export const TRANSACTION_ID = valueOf(parseTransactionId('4200000001202611240000000001'));
export const MERCHANT: Merchant = {
  appid: valueOf(parseAppid('wx2421b1c4370ec43b')),
  mchid: valueOf(parseMchid('10000100')),
  apiKey: API_KEY,
};
/** 2026-11-24 12:00:00 in Beijing. */
export const START_MS = Date.UTC(2026, 10, 24, 4);

/** What the pretend host does with the next request. */
export type Reaction = (request: HttpRequest, fields: Fields) => HttpResponse | Promise<HttpResponse>;

/** A client, its pretend hosts and its clock. */
export interface TestWorld {
  readonly client: Client;
  readonly clock: VirtualClock;
  /** Every request that reached the transport. */
  readonly requests: readonly HttpRequest[];
  /** The fields of every request with a body. */
  readonly sent: readonly Fields[];
  /** Lets time pass until `call` is settled. */
  readonly finish: <Value>(call: Promise<Value>) => Promise<Value>;
}

const IDLE_TURNS_MAX = 100_000;

/** Creates a world whose hosts react in the given order; the last reaction repeats itself. */
export function createTestWorld(
  reactions: readonly Reaction[],
  settings: Partial<Omit<ClientSettings, 'http' | 'clock' | 'random'>> = {},
): TestWorld {
  const clock = createVirtualClock({ startMs: START_MS });
  const requests: HttpRequest[] = [];
  const sent: Fields[] = [];
  const client = createClient({
    merchant: MERCHANT,
    clock,
    random: createSeededRandom(1),
    ...settings,
    http: async (request) => {
      const reaction = reactions[Math.min(requests.length, reactions.length - 1)];
      requests.push(request);
      const fields = fieldsOf(request);
      sent.push(fields);
      if (reaction === undefined) throw new Error('no reaction was given');
      return reaction(request, fields);
    },
  });
  return { client, clock, requests, sent, finish: finisher(clock) };
}

/** Lets time pass until a call is settled. */
export const finisher =
  (clock: VirtualClock) =>
  async <Value>(call: Promise<Value>): Promise<Value> => {
    let state: 'running' | 'settled' = 'running';
    const settle = (): void => {
      state = 'settled';
    };
    call.then(settle, settle);
    const isRunning = (): boolean => state === 'running';
    // Unpacking runs on real threads: give them turns before calling a call hung.
    for (let idleTurns = 0; isRunning() && idleTurns < IDLE_TURNS_MAX; idleTurns += 1) {
      await nextTurn();
      if (isRunning() && (await clock.runNext()) === 'ran') idleTurns = 0;
    }
    if (isRunning()) throw new Error('the call hangs');
    return call;
  };

function fieldsOf({ body }: HttpRequest): Fields {
  if (body === undefined) return new Map();
  return valueOf(readXml(typeof body === 'string' ? Buffer.from(body) : body));
}

/** An answer with a text as its body. */
export const answerText = (
  text: string,
  status = 200,
  headers: Readonly<Record<string, string>> = {},
): HttpResponse => ({
  status,
  headers,
  body: Buffer.from(text),
});

/** How an answer is signed. */
export interface AnswerSeal {
  readonly key?: ApiKey;
  readonly signType?: SignType;
}

/** A signed answer as WeChat Pay gives it, with `fields` over or beside those of a success. */
export function answer(fields: Readonly<Record<string, string>>, seal: AnswerSeal = {}): HttpResponse {
  const all = new Map(
    Object.entries({
      return_code: 'SUCCESS',
      return_msg: 'OK',
      appid: MERCHANT.appid,
      mch_id: MERCHANT.mchid,
      nonce_str: 'IITRi8Iabbblz1Jc',
      result_code: 'SUCCESS',
      ...fields,
    }),
  );
  all.set('sign', signFields(all, seal.key ?? API_KEY, seal.signType ?? 'HMAC-SHA256'));
  return answerText(valueOf(printXml(all, { cdata: 'always' })));
}

/** A signed failure. */
export const failed = (
  errCode: string,
  description = '',
  fields: Readonly<Record<string, string>> = {},
): HttpResponse => answer({ result_code: 'FAIL', err_code: errCode, err_code_des: description, ...fields });

/** A refusal of the message as such, which nobody signs. */
export const refusedWith = (returnMsg: string): HttpResponse =>
  answerText(`<xml><return_code>FAIL</return_code><return_msg>${returnMsg}</return_msg></xml>`);

/** The fields of a paid order. */
export const PAID = {
  out_trade_no: OUT_TRADE_NO,
  transaction_id: TRANSACTION_ID,
  trade_state: 'SUCCESS',
  trade_state_desc: '支付成功',
  trade_type: 'MICROPAY',
  openid: 'oUpF8uMuAJO_M2pxb1Q9zNjWeS6o',
  bank_type: 'OTHERS',
  total_fee: '100',
  cash_fee: '100',
  time_end: '20261124120000',
};

/** The answer of orderquery in a state without money. */
export const unpaid = (tradeState: string, description = ''): HttpResponse =>
  answer({ out_trade_no: OUT_TRADE_NO, trade_state: tradeState, trade_state_desc: description });

/** No answer, for a reason. */
export const noAnswer = (reason: HttpFailure['reason'], delivery: HttpFailure['delivery']) => (): never => {
  throw new HttpFailure(reason, delivery, `no answer: ${reason}`);
};

/** Never answers, and does not look at time limits either. */
export const silence = (): Promise<never> => new Promise(() => {});
