import {
  encryptionKeyOf,
  type KeyReason,
  ok,
  type Result,
  type ToMerchantCard,
  type ToPayerCard,
  v3AbnormalRefund,
  type V3RefundReport,
  type VerificationKey,
} from '@orderkeeper/protocol';
import { abortedOutcome, refusal, unknown } from '../core/outcome-of.ts';
import type { Outcome } from '../outcome.ts';
import { keysWithin, send, type V3CallOptions } from './send.ts';
import type { V3Sender } from './v3-sender.ts';

/** Says where the money of a refund goes that could not be given back. The client encrypts what is to be encrypted. */
export type AbnormalRefundRequest = ToMerchantCard | Omit<ToPayerCard, 'encryptWith'>;

/** 发起异常退款. Card number and name leave this process encrypted only. */
export const abnormalRefund =
  (sender: V3Sender) =>
  async (request: AbnormalRefundRequest, options: V3CallOptions = {}): Promise<Outcome<V3RefundReport>> => {
    if (request.type === 'MERCHANT_BANK_CARD') return send(sender, v3AbnormalRefund, request, options);
    const { clock } = sender.world;
    const startedAtMs = clock.nowMs();
    const deadlineMs = options.deadlineMs ?? sender.deadlineMs;
    const fetching = sender.keys.ready();
    if (fetching !== undefined) {
      const patience = { deadlineAtMs: startedAtMs + deadlineMs, signal: options.signal };
      const had = await keysWithin(sender, fetching, patience);
      const record = { attempts: [], tookMs: clock.nowMs() - startedAtMs };
      if (!had.ok) {
        if (had.reason === 'aborted') return abortedOutcome(record);
        return had.reason === 'keys-not-fetched'
          ? unknown(had.reason, had.message, record)
          : refusal(had.reason, had.message, record);
      }
    }
    const key = encryptionKey(sender);
    const tookMs = clock.nowMs() - startedAtMs;
    if (!key.ok) return refusal('WECHATPAY_KEYS_MISSING', key.message, { attempts: [], tookMs });
    const left = { ...options, deadlineMs: deadlineMs - tookMs };
    const outcome = await send(sender, v3AbnormalRefund, { ...request, encryptWith: key.value }, left);
    return { ...outcome, tookMs: clock.nowMs() - startedAtMs };
  };

/** The public key that answers are asked for with; else the certificate that began last. */
function encryptionKey({ keys, world }: V3Sender): Result<VerificationKey, KeyReason> {
  const announced = keys.announced();
  return announced === undefined ? encryptionKeyOf(keys.current(), world.clock.nowMs()) : ok(announced);
}
