import type { CancelTimer, Clock, Random } from '@orderkeeper/ports';
import type { ApiKey, BeijingDay, Fields } from '@orderkeeper/protocol';
import type { Ledger } from './ledger/ledger.ts';
import type { SimCombine, SimOrder } from './ledger/order.ts';
import type { SimRefund } from './ledger/refund.ts';
import type { Settings, Switches } from './switches.ts';
import type { V3Code } from './v3/outcome.ts';
import type { SimMerchantV3, V3State } from './v3/v3-state.ts';

/** A merchant as the platform knows it. */
export interface SimMerchant {
  readonly mchid: string;
  /** A `provider` must name a sub_mch_id in every call about orders. */
  readonly role: 'ordinary' | 'provider';
  /** Bound appids with their secrets for page authorization and mini program login. */
  readonly appids: ReadonlyMap<string, { readonly secret: string }>;
  readonly apiKey: ApiKey;
  /** Products that are not enabled for this merchant, by trade type; usually none. */
  readonly disabledProducts?: ReadonlySet<string>;
  /** Where refund notices go when the refund names no address; the setting of the merchant console. */
  readonly refundNotifyUrl?: string;
  /** Absent where the merchant has no API certificate. */
  readonly v3?: SimMerchantV3;
}

/** What happened in the book, for those who tell others about it. */
export type WorldEvent =
  | { readonly kind: 'paid'; readonly order: SimOrder }
  /** All parts at once. */
  | { readonly kind: 'combine-paid'; readonly combine: SimCombine; readonly orders: readonly SimOrder[] }
  /** A merchant tries whether notices reach it. */
  | {
      readonly kind: 'echo';
      readonly mchid: string;
      readonly url: string;
      readonly message: string;
      /** For the merchant's certificate; absent when nothing encrypted was sent. */
      readonly encrypted?: string;
    }
  | { readonly kind: 'refund-final'; readonly order: SimOrder; readonly refund: SimRefund };

/** Listeners are called at once, in the order of joining, after the book has changed. */
export interface WorldEvents {
  readonly on: (listener: (event: WorldEvent) => void) => void;
  readonly tell: (event: WorldEvent) => void;
}

/** What became of a call. */
export type CallVerdict =
  | 'accepted'
  | 'business-failure'
  | 'bad-signature'
  | 'bad-request'
  | 'unknown-merchant'
  | 'no-certificate'
  | 'rate-limited'
  | 'unknown-path'
  | 'fault';

/** A request as it came in, with what was made of it. Contains no key. */
export interface Call {
  /** Counts from 1. */
  readonly id: number;
  readonly atMs: number;
  readonly method: string;
  readonly host: string;
  readonly path: string;
  /** `orderquery`, or empty for an unknown path. */
  readonly operation: string;
  readonly mchid: string;
  readonly outTradeNo: string;
  readonly requestText: string;
  /** The fields as read; empty when the body could not be read. */
  readonly fields: Fields;
  readonly verdict: CallVerdict;
  /** One sentence for the person who reads the list. */
  readonly explanation: string;
  /**
   * For a bad signature: what was signed here, with the key hidden: `appid=…&nonce_str=…&key=[secret]`; for APIv3 the five
   * lines from the method to the body. Where it differs
   * from the caller's string lies the mistake; where it does not, the key is another one.
   */
  readonly signedText?: string;
  /** 0 when there was no answer. */
  readonly answerStatus: number;
  readonly answerText: string;
  /** The faults that were applied, by kind. */
  readonly faults: readonly FaultEffect['kind'][];
}

/** The calls of this session, oldest first; the oldest are forgotten beyond a limit. */
export interface CallLog {
  readonly add: (call: Omit<Call, 'id'>) => Call;
  readonly list: () => readonly Call[];
  readonly clear: () => void;
}

/** The headers of a signed message of APIv3, without `Wechatpay-`. */
export type SignHeader = 'timestamp' | 'nonce' | 'signature' | 'serial' | 'signature-type';

/** What spoils a signed message. The first two are known to both protocols, the others to APIv3 alone. */
export type SignFlaw =
  | { readonly kind: 'wrong-sign' }
  | { readonly kind: 'missing-sign' }
  /** One of the headers is not there. */
  | { readonly kind: 'missing-header'; readonly header: SignHeader }
  /** Signed as WeChat Pay's own probes are (WECHATPAY/SIGNTEST/), which must fail. */
  | { readonly kind: 'sign-test' }
  /** In the name of a key that nobody has. */
  | { readonly kind: 'wrong-serial' }
  /** In the name of the right key, but signed with a stranger's. */
  | { readonly kind: 'stranger-key' }
  /** Properly signed, at another time: default ten minutes ago; positive is in the future. */
  | { readonly kind: 'clock-skew'; readonly skewMs?: number }
  /** Changed in one place after it was signed. */
  | { readonly kind: 'body-changed' };

/** What a fault looks like from outside. `applied` effects follow the work, the others prevent it. */
export type FaultEffect =
  | { readonly kind: 'connection-refused' }
  | { readonly kind: 'no-answer' }
  | { readonly kind: 'reset' }
  | { readonly kind: 'status'; readonly status: number }
  | { readonly kind: 'html' }
  | { readonly kind: 'code'; readonly code: 'SYSTEMERROR' | 'FREQUENCY_LIMITED' | 'BANKERROR' }
  | SignFlaw
  /** APIv3: an error that nothing vouches for. */
  | { readonly kind: 'unsigned-error'; readonly code: V3Code }
  /** APIv3: the latest true answer to the same question about the same order, byte for byte. */
  | { readonly kind: 'replayed' }
  /** APIv3: the latest true answer to the same question about another order, byte for byte. */
  | { readonly kind: 'replayed-other' }
  /** APIv3: the same, properly signed anew. */
  | { readonly kind: 'other-order' }
  | { readonly kind: 'truncated' }
  | { readonly kind: 'slow'; readonly delayMs: number };

/** What a fault can be tied to. */
export interface FaultSubject {
  readonly operation: string;
  readonly path: string;
  readonly host: string;
  readonly mchid: string;
  readonly outTradeNo: string;
}

/** The faults ordered for calls. Asking uses them up: a fault with a count of one answers once. */
export interface CallFaults {
  /** `before` the call is applied (it then is not applied at all, except after `slow`), or `after`. */
  readonly match: (subject: FaultSubject, moment: 'before' | 'after') => readonly FaultEffect[];
}

/** How a payer's code ends; see `operations/auth-codes.ts` for the codes that carry their ending in themselves. */
export type AuthCodePlan =
  | { readonly ending: 'pays' }
  | {
      readonly ending: 'asks-password';
      readonly then: 'nothing' | 'pays' | 'cancels' | 'fails';
      readonly afterMs: number;
    }
  | {
      readonly ending: 'code';
      readonly code: 'BANKERROR' | 'SYSTEMERROR';
      readonly truth: 'paid' | 'not-paid' | 'asks-password';
    }
  | {
      readonly ending: 'refused';
      readonly code:
        | 'AUTHCODEEXPIRE'
        | 'NOTENOUGH'
        | 'NOTSUPORTCARD'
        | 'AUTH_CODE_ERROR'
        | 'AUTH_CODE_INVALID'
        | 'TRADE_ERROR';
    };

/** Makes the numbers that the platform hands out. */
export interface Ids {
  readonly transactionId: () => string;
  readonly refundId: () => string;
  readonly prepayId: () => string;
  /** Letters and digits. */
  readonly token: (length: number) => string;
  readonly openid: () => string;
  readonly couponId: () => string;
}

/** What the bills of a day can say. */
export type BillAnswer =
  | { readonly kind: 'ready'; readonly bytes: Uint8Array }
  | { readonly kind: 'creating' }
  | { readonly kind: 'none' };

/** Makes bills from the book. */
export interface BillOffice {
  readonly tradeBill: (wish: {
    readonly mchid: string;
    /** Empty for all. */
    readonly subMchid: string;
    readonly day: BeijingDay;
    readonly billType: 'ALL' | 'SUCCESS' | 'REFUND' | 'RECHARGE_REFUND';
  }) => BillAnswer;
  readonly fundFlowBill: (wish: {
    readonly mchid: string;
    /** Empty for the merchant's own account. */
    readonly subMchid: string;
    readonly day: BeijingDay;
    readonly accountType: 'Basic' | 'Operation' | 'Fees';
  }) => BillAnswer;
}

/** Everything there is. One world per simulator; nothing is global. */
export interface World {
  readonly clock: Clock;
  /** The time in which sockets live, for slow answers; `clock` may stand still meanwhile. */
  readonly baseClock: Clock;
  readonly random: Random;
  readonly switches: Switches;
  readonly settings: Settings;
  readonly merchants: Map<string, SimMerchant>;
  /** The book. */
  readonly ledger: Ledger;
  /** Sandboxes keep books of their own: `sandboxnew` and `xdc/apiv2sandbox`. */
  readonly sandboxLedgers: { readonly old: Ledger; readonly new: Ledger };
  readonly events: WorldEvents;
  readonly calls: CallLog;
  readonly faults: CallFaults;
  readonly ids: Ids;
  /** Endings ordered for payers' codes, by auth_code. */
  readonly authCodes: Map<string, AuthCodePlan>;
  /** Payers' codes that were charged already; each is good for one payment. */
  readonly usedAuthCodes: Set<string>;
  /** The appid under which an openid was handed out by page authorization or mini program login. */
  readonly openids: Map<string, string>;
  readonly bills: BillOffice;
  readonly v3: V3State;
  /** Client certificates must come from this authority, PEM; without it any certificate that names the merchant will do. */
  readonly certificateAuthorityPem?: string;
  /** A timer that dies with the world and with a reset. */
  readonly schedule: (delayMs: number, task: () => void) => CancelTimer;
}
