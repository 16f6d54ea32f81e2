import type { NoticeEffect } from '../faults/fault.ts';
import type { NoticeSubject } from '../notices/notice-text.ts';
import type { Switches } from '../switches.ts';
import { combineView } from './combine/combine-view.ts';
import { isJsonObject, type JsonObject, numberAt, objectsAt } from './json.ts';
import { payNoticeView } from './order-view.ts';
import { REFUND_STATUS, refundNoticeView } from './refund-view.ts';

/** A merchant number that belongs to nobody. */
const NOBODY = '1000000000';

const REFUND_SUMMARIES: ReadonlyMap<string, string> = new Map([
  ['SUCCESS', '退款成功'],
  ['ABNORMAL', '退款异常'],
  ['CLOSED', '退款关闭'],
]);

/** What a notice says, and under which names. */
export interface NoticeContent {
  readonly event: string;
  readonly summary: string;
  readonly original: string;
  readonly plain: JsonObject;
}

const PAID = { event: 'TRANSACTION.SUCCESS', summary: '支付成功', original: 'transaction' } as const;

/** What is told of a subject, before it is sealed. */
export function contentOf(subject: NoticeSubject, switches: Switches): NoticeContent {
  switch (subject.kind) {
    case 'pay':
      return { ...PAID, plain: payNoticeView(subject.order, switches) };
    case 'combine':
      return { ...PAID, plain: combineView(subject.combine, subject.orders, switches) };
    case 'echo': {
      const { message, encrypted } = subject;
      const plain = { echo_message: message, ...(encrypted === undefined ? {} : { encrypt_echo_message: encrypted }) };
      return { event: 'SECURITY_ECHO.SUCCESS', summary: '回显成功', original: 'security', plain };
    }
    case 'refund': {
      const status = REFUND_STATUS[subject.refund.state];
      const plain = refundNoticeView(subject.refund, subject.order);
      return { event: `REFUND.${status}`, summary: REFUND_SUMMARIES.get(status) ?? '', original: 'refund', plain };
    }
  }
}

/** Puts another amount or another merchant into a message that is true otherwise. */
export function withSurprises(plain: JsonObject, effects: readonly NoticeEffect[]): JsonObject {
  let changed = plain;
  for (const effect of effects) {
    if (effect.kind === 'notice-other-merchant') {
      const name = ['sp_mchid', 'combine_mchid'].find((known) => known in plain) ?? 'mchid';
      changed = { ...changed, [name]: effect.mchid ?? NOBODY };
    }
    if (effect.kind === 'notice-other-amount') changed = withOtherAmount(changed, effect.totalFen);
  }
  return changed;
}

/** Of a combined order it is the first part that costs something else. */
function withOtherAmount(plain: JsonObject, wantedFen: number | undefined): JsonObject {
  const [first, ...others] = objectsAt(plain, 'sub_orders');
  return first === undefined
    ? { ...plain, amount: otherAmount(plain['amount'], wantedFen) }
    : { ...plain, sub_orders: [{ ...first, amount: otherAmount(first['amount'], wantedFen) }, ...others] };
}

function otherAmount(amount: unknown, wantedFen: number | undefined): JsonObject {
  if (!isJsonObject(amount)) return {};
  const totalFen = numberAt(amount, 'total_amount') + numberAt(amount, 'total');
  const moreFen = (wantedFen ?? totalFen + 1) - totalFen;
  return Object.fromEntries(
    Object.entries(amount).map(([name, value]) => [
      name,
      typeof value === 'number' ? Math.max(value + moreFen, 0) : value,
    ]),
  );
}
