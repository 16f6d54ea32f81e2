import {
  type CodeUrlAnswer,
  type CombineCloseRequest,
  type CombineContent,
  type CombineH5Request,
  type CombineJsapiRequest,
  type CombinedOrderReport,
  type CombineNumber,
  type H5UrlAnswer,
  type PrepaidAnswer,
  type TransactionId,
  type OutTradeNo,
  v3App,
  v3Close,
  type V3CloseAnswer,
  type V3CloseRequest,
  v3CombineApp,
  v3CombineClose,
  v3CombineH5,
  v3CombineJsapi,
  v3CombineNative,
  v3CombineQuery,
  v3H5,
  type V3H5Request,
  v3Jsapi,
  type V3JsapiRequest,
  v3Native,
  type V3Operation,
  type V3OrderContent,
  type V3QueryAnswer,
  v3QueryById,
  v3QueryByOutTradeNo,
  v3Refund,
  v3RefundQuery,
  type V3RefundQueryRequest,
  type V3RefundReport,
  type V3RefundRequest,
  v3Reverse,
  type V3ReverseAnswer,
  type V3ReverseRequest,
  v3SubMerchantFundflowbill,
  type V3SubMerchantFundflowbillAnswer,
  type V3SubMerchantFundflowbillRequest,
} from '@orderkeeper/protocol';
import { createReplayMemory } from '../core/replay-memory.ts';
import { createHostSwitch } from '../host-switch.ts';
import { OAUTH_HOSTS } from '../hosts.ts';
import { createLine, type LineSettings } from '../line.ts';
import { createOauth, type Oauth } from '../oauth/oauth.ts';
import type { Outcome } from '../outcome.ts';
import { abnormalRefund } from './abnormal-refund.ts';
import { fundflowbill, tradebill } from './bills.ts';
import { call } from './call.ts';
import { codepay } from './codepay.ts';
import { fetchCertificates } from './fetch-certificates.ts';
import type { UnsignedRefusals } from './judge.ts';
import { createKeyKeeper, type V3Keys } from './keys.ts';
import { readNotice } from './read-notice.ts';
import { send, type V3CallOptions } from './send.ts';
import type { Signing, V3Sender } from './v3-sender.ts';
import type { V3Merchant } from './v3-merchant.ts';

/** Settings of {@link createV3Client}. */
export interface V3ClientSettings extends LineSettings {
  readonly merchant: V3Merchant;
  /**
   * A refusal that nobody signed cannot be told from one that somebody slipped in. Default `doubted`: the outcome is
   * `unknown` with `header-missing` and the code. Say `believed` where you have seen that WeChat Pay leaves refusals of
   * your calls unsigned. Refusals of the request as such (401 `SIGN_ERROR`) are never signed and always believed.
   */
  readonly unsignedRefusals?: UnsignedRefusals;
  /** Default `aside-when-busy`: on other threads of Node while many calls are under way. */
  readonly signing?: Signing;
}

/** One operation: a request, and how the call ended. */
export type V3Method<Request, Answer> = (request: Request, options?: V3CallOptions) => Promise<Outcome<Answer>>;

/**
 * A merchant's calls of APIv3, named after its operations. Each ends in an `Outcome`; none rejects its promise. An answer
 * counts when it is signed by WeChat Pay, new, and about what was asked.
 */
export interface V3Client {
  readonly jsapi: V3Method<V3JsapiRequest, PrepaidAnswer>;
  readonly app: V3Method<V3OrderContent, PrepaidAnswer>;
  readonly native: V3Method<V3OrderContent, CodeUrlAnswer>;
  readonly h5: V3Method<V3H5Request, H5UrlAnswer>;
  readonly queryById: V3Method<{ readonly transactionId: TransactionId }, V3QueryAnswer>;
  readonly queryByOutTradeNo: V3Method<{ readonly outTradeNo: OutTradeNo }, V3QueryAnswer>;
  /** 关闭订单. Unlike in v2 an order may be closed at any age. */
  readonly close: V3Method<V3CloseRequest, V3CloseAnswer>;
  /** 申请退款. `done` means accepted: `refundQuery` or the notice tell how it ended. */
  readonly refund: V3Method<V3RefundRequest, V3RefundReport>;
  readonly refundQuery: V3Method<V3RefundQueryRequest, V3RefundReport>;
  readonly abnormalRefund: ReturnType<typeof abnormalRefund>;
  readonly tradebill: ReturnType<typeof tradebill>;
  readonly fundflowbill: ReturnType<typeof fundflowbill>;
  /** 申请单个子商户资金账单: where its encrypted files lie; fetching and decrypting them is left to the caller. */
  readonly subMerchantFundflowbill: V3Method<V3SubMerchantFundflowbillRequest, V3SubMerchantFundflowbillAnswer>;
  readonly codepay: ReturnType<typeof codepay>;
  readonly reverse: V3Method<V3ReverseRequest, V3ReverseAnswer>;
  readonly combineJsapi: V3Method<CombineJsapiRequest, PrepaidAnswer>;
  readonly combineApp: V3Method<CombineContent, PrepaidAnswer>;
  readonly combineNative: V3Method<CombineContent, CodeUrlAnswer>;
  readonly combineH5: V3Method<CombineH5Request, H5UrlAnswer>;
  readonly combineQuery: V3Method<CombineNumber, CombinedOrderReport>;
  readonly combineClose: V3Method<CombineCloseRequest, V3CloseAnswer>;
  readonly call: ReturnType<typeof call>;
  readonly oauth: Oauth;
  readonly keys: V3Keys;
  readonly readNotice: ReturnType<typeof readNotice>;
}

/** Creates the calls of one merchant. Several merchants are several clients; they share only what is passed in. */
export function createV3Client(settings: V3ClientSettings): V3Client {
  const sender = createSender(settings);
  const method =
    <Request extends object, Answer extends object>(
      operation: V3Operation<Request, Answer>,
    ): V3Method<Request, Answer> =>
    (request, options) =>
      send(sender, operation, request, options);
  const { current, add, refresh } = sender.keys;
  return {
    jsapi: method(v3Jsapi),
    app: method(v3App),
    native: method(v3Native),
    h5: method(v3H5),
    queryById: method(v3QueryById),
    queryByOutTradeNo: method(v3QueryByOutTradeNo),
    close: method(v3Close),
    refund: method(v3Refund),
    refundQuery: method(v3RefundQuery),
    abnormalRefund: abnormalRefund(sender),
    tradebill: tradebill(sender),
    fundflowbill: fundflowbill(sender),
    subMerchantFundflowbill: method(v3SubMerchantFundflowbill),
    codepay: codepay(sender),
    reverse: method(v3Reverse),
    combineJsapi: method(v3CombineJsapi),
    combineApp: method(v3CombineApp),
    combineNative: method(v3CombineNative),
    combineH5: method(v3CombineH5),
    combineQuery: method(v3CombineQuery),
    combineClose: method(v3CombineClose),
    call: call(sender),
    oauth: createOauth({ ...sender, hosts: createHostSwitch(settings.oauthHosts ?? OAUTH_HOSTS) }),
    keys: { current, add, refresh },
    readNotice: readNotice(sender),
  };
}

function createSender(settings: V3ClientSettings): V3Sender {
  const { merchant, unsignedRefusals = 'doubted', signing = 'aside-when-busy' } = settings;
  const line = createLine(merchant, settings);
  const keys = createKeyKeeper({
    clock: line.world.clock,
    keys: merchant.publicKeys ?? [],
    fetch: (ring, announced) => fetchCertificates(line, ring, announced),
  });
  return { ...line, keys, replays: createReplayMemory(), unsignedRefusals, signing };
}
