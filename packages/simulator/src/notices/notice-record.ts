import type { NoticeEffect } from '../faults/fault.ts';

/**
 * What became of one try. `dropped` and `not-allowed` were not sent; `no-answer` was sent and is uncertain, like
 * everything over a network.
 */
export type TryVerdict =
  | 'under-way'
  | 'accepted'
  | 'refused'
  | 'wrong-answer'
  | 'no-answer'
  | 'dropped'
  | 'not-allowed';

/** One message on its way to the merchant. */
export interface NoticeTry {
  readonly atMs: number;
  /** `double` leaves beside another try, `replay` was ordered by a person. */
  readonly cause: 'event' | 'ladder' | 'double' | 'replay';
  readonly faults: readonly NoticeEffect['kind'][];
  readonly verdict: TryVerdict;
  readonly explanation: string;
  readonly requestText: string;
  /** 0 when there was no answer. */
  readonly answerStatus: number;
  readonly answerText: string;
}

/** One notice with everything that was tried to deliver it. */
export interface NoticeRecord {
  readonly id: string;
  readonly kind: 'pay' | 'combine' | 'refund' | 'echo';
  readonly mchid: string;
  /** Of a combined order its own number; empty of an echo. */
  readonly outTradeNo: string;
  /** Refund notices only. */
  readonly outRefundNo?: string;
  readonly url: string;
  readonly createdAtMs: number;
  /** `stopped` is final without delivery: the ladder is used up, or the address is not allowed. */
  readonly state: 'waiting' | 'delivered' | 'stopped';
  /** When it is tried next; absent when it is not, or when a try is under way. */
  readonly nextTryAtMs?: number;
  readonly tries: readonly NoticeTry[];
}
