import { hash } from 'node:crypto';
import { AEAD_ALGORITHM, printRfc3339, sealText } from '@orderkeeper/protocol';
import type { NoticeEffect } from '../faults/fault.ts';
import type { ClassicSubject, NoticeSubject } from '../notices/notice-text.ts';
import type { ReplyVerdict } from '../notices/judge-reply.ts';
import type { Switches } from '../switches.ts';
import type { World } from '../world.ts';
import { combineView } from './combine/combine-view.ts';
import { isJsonObject, type JsonObject, numberAt, objectsAt } from './json.ts';
import { payNoticeView } from './order-view.ts';
import { type SignFlaw, signedHeaders } from './print-answer.ts';
import { REFUND_STATUS, refundNoticeView } from './refund-view.ts';

/** A notice on its way, before it is told. */
export interface V3Notice {
  readonly subject: NoticeSubject;
  readonly mchid: string;
  /** The simulator's own name for it. */
  readonly id: string;
  readonly createdAtMs: number;
  /** Counts from 1. */
  readonly tryNumber: number;
  readonly effects: readonly NoticeEffect[];
}

/** A message as it is posted. */
export interface PostedNotice {
  readonly text: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** A merchant number that belongs to nobody. */
const NOBODY = '1000000000';

const FLAWS: ReadonlyMap<NoticeEffect['kind'], SignFlaw> = new Map([
  ['notice-forged', 'wrong-sign'],
  ['notice-sign-test', 'sign-test'],
  ['notice-wrong-serial', 'wrong-serial'],
  ['notice-clock-skew', 'clock-skew'],
]);

/** Whether a notice speaks the protocol before APIv3: that of the order, or that in which the refund was asked for. */
export function isClassic(subject: NoticeSubject): subject is ClassicSubject {
  switch (subject.kind) {
    case 'pay':
      return subject.order.apiVersion === 'v2';
    case 'refund':
      return subject.refund.apiVersion === 'v2';
    case 'combine':
      return false;
  }
}

/** Prints, encrypts and signs a notice, anew for every try. */
export function printV3Notice(notice: V3Notice, world: World): PostedNotice {
  const { keys } = world.v3;
  const apiV3Key = world.merchants.get(notice.mchid)?.v3?.apiV3Key;
  if (keys === undefined || apiV3Key === undefined)
    throw new Error(`merchant ${notice.mchid} has an order of APIv3 and no key`);
  const { event, summary, original, plain } = contentOf(notice.subject, world.switches);
  const changed = withSurprises(plain, notice.effects);
  const associatedData = world.switches.v3AssociatedData === 'named' ? original : '';
  const sealed = sealText(JSON.stringify(changed), { nonce: world.ids.token(12), associatedData }, apiV3Key);
  const text = JSON.stringify({
    id: idOf(notice, world.switches),
    create_time: printRfc3339(notice.createdAtMs),
    resource_type: 'encrypt-resource',
    event_type: event,
    summary,
    resource: {
      original_type: original,
      algorithm: AEAD_ALGORITHM,
      ciphertext: sealed.ciphertext,
      ...(world.switches.v3AssociatedData === 'absent' ? {} : { associated_data: associatedData }),
      nonce: sealed.nonce,
    },
  });
  const flaw = notice.effects.map(({ kind }) => FLAWS.get(kind)).find((found) => found !== undefined) ?? 'none';
  const key = keys.noticeKey(notice.mchid, world.settings);
  const seal = { nonce: world.ids.token(32), nowMs: world.clock.nowMs(), flaw };
  return { text, headers: { ...POST_HEADERS, ...signedHeaders(Buffer.from(text), key, seal) } };
}

const POST_HEADERS = {
  accept: '*/*',
  'cache-control': 'no-cache',
  pragma: 'no-cache',
  'content-type': 'application/json',
  'user-agent': 'Mozilla/4.0',
} as const;

const REFUND_SUMMARIES: ReadonlyMap<string, string> = new Map([
  ['SUCCESS', '退款成功'],
  ['ABNORMAL', '退款异常'],
  ['CLOSED', '退款关闭'],
]);

/** What a notice says, and under which names. */
interface Content {
  readonly event: string;
  readonly summary: string;
  readonly original: string;
  readonly plain: JsonObject;
}

const PAID = { event: 'TRANSACTION.SUCCESS', summary: '支付成功', original: 'transaction' } as const;

function contentOf(subject: NoticeSubject, switches: Switches): Content {
  switch (subject.kind) {
    case 'pay':
      return { ...PAID, plain: payNoticeView(subject.order, switches) };
    case 'combine':
      return { ...PAID, plain: combineView(subject.combine, subject.orders, switches) };
    case 'refund': {
      const status = REFUND_STATUS[subject.refund.state];
      const plain = refundNoticeView(subject.refund, subject.order);
      return { event: `REFUND.${status}`, summary: REFUND_SUMMARIES.get(status) ?? '', original: 'refund', plain };
    }
  }
}

function idOf({ id, createdAtMs, tryNumber }: V3Notice, { v3NoticeId }: Switches): string {
  const text = hash('md5', `${id} ${createdAtMs} ${v3NoticeId === 'kept' ? '' : tryNumber}`, 'hex');
  return [text.slice(0, 8), text.slice(8, 12), text.slice(12, 16), text.slice(16, 20), text.slice(20)].join('-');
}

/** Puts another amount or another merchant into a message that is true otherwise. */
function withSurprises(plain: JsonObject, effects: readonly NoticeEffect[]): JsonObject {
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

/**
 * Judges an answer by its status alone: 200 and 204 end the tries.
 * @see https://pay.weixin.qq.com/doc/v3/merchant/4012791861
 */
export function judgeV3Reply(status: number, { v3Reply201 }: Switches): ReplyVerdict {
  if (status === 200 || status === 204) {
    return { verdict: 'accepted', explanation: 'the merchant has taken the notice' };
  }
  if (status > 200 && status < 300 && v3Reply201 === 'accepted') {
    return { verdict: 'accepted', explanation: `the merchant has taken the notice, with status ${status}` };
  }
  if (status >= 400) return { verdict: 'refused', explanation: `the merchant answers with status ${status}` };
  return { verdict: 'wrong-answer', explanation: `the status is ${status}, expected is 200 or 204` };
}
