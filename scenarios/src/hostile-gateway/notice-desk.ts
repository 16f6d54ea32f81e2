import type { V3Client } from '@orderkeeper/client';
import type { V3Notice } from '@orderkeeper/protocol';
import type { Http } from '@orderkeeper/ports';
import type { NoticeEffect, Simulator } from '@orderkeeper/simulator';
import { ACCOUNT } from '../world/shop.ts';

/** A notice as a client has read it. */
export interface ReadNotice {
  /** The notice, or why it is none. */
  readonly read: V3Notice | string;
  /** By which the try is found again. */
  readonly text: string;
}

/** Where notices arrive, to be read by a client; each is answered as the client has read it. */
export function createNoticeDesk(client: () => V3Client): { readonly http: Http; readonly notices: ReadNotice[] } {
  const notices: ReadNotice[] = [];
  return {
    notices,
    http: async ({ headers, body = '' }) => {
      const read = await client().readNotice({ headers, body: Buffer.from(body) });
      notices.push({ read: read.ok ? read.value : read.reason, text: String(body) });
      return { status: read.ok ? 204 : 400, headers: {}, body: new Uint8Array() };
    },
  };
}

/** What nobody but WeChat Pay could have told; `Wechatpay-Signature-Type` and four minutes do not matter. */
export function isForged(effect: NoticeEffect): boolean {
  switch (effect.kind) {
    case 'notice-forged':
    case 'notice-missing-sign':
    case 'notice-sign-test':
    case 'notice-wrong-serial':
    case 'notice-stranger-key':
    case 'notice-body-changed':
      return true;
    case 'notice-missing-header':
      return effect.header !== 'signature-type';
    case 'notice-clock-skew':
      return Math.abs(effect.skewMs ?? 0) > 300_000;
    case 'notice-dropped':
    case 'notice-delayed':
    case 'notice-doubled':
    case 'notice-replayed':
    case 'notice-replayed-other':
    case 'notice-other-order':
    case 'notice-other-amount':
    case 'notice-other-merchant':
      return false;
  }
}

/** Whether a notice says of its order what the book says. */
export function isInBook(notice: V3Notice, { ledger }: Simulator['world']): boolean {
  const { mchid } = ACCOUNT;
  switch (notice.kind) {
    case 'payment': {
      const order = ledger.order(mchid, notice.order.outTradeNo);
      return order?.payment?.transactionId === notice.order.transactionId && order.totalFen === notice.order.totalFen;
    }
    case 'combined-payment': {
      const parts = ledger.combined(mchid, notice.order.combineOutTradeNo);
      return parts.every(({ payment }, at) => payment?.transactionId === notice.order.subOrders[at]?.transactionId);
    }
    case 'refund': {
      const refund = ledger.refund(mchid, notice.refund.outRefundNo);
      return refund?.refundId === notice.refund.refundId && refund.state === notice.refund.refundStatus;
    }
  }
}
