import { hash } from 'node:crypto';
import { AEAD_ALGORITHM, printRfc3339, sealText } from '@orderkeeper/protocol';
import type { NoticeEffect } from '../faults/fault.ts';
import type { ReplyVerdict } from '../notices/judge-reply.ts';
import type { ClassicSubject, NoticeSubject } from '../notices/notice-text.ts';
import type { Switches } from '../switches.ts';
import type { SignFlaw, World } from '../world.ts';
import { contentOf, withSurprises } from './notice-content.ts';
import { seal } from './seal.ts';
import type { PostedNotice } from './v3-state.ts';

/** A notice on its way, before it is told. */
export interface V3Notice {
  readonly subject: NoticeSubject;
  readonly kind: string;
  readonly mchid: string;
  readonly outTradeNo: string;
  readonly outRefundNo?: string;
  /** The simulator's own name for it. */
  readonly id: string;
  readonly createdAtMs: number;
  /** Counts from 1. */
  readonly tryNumber: number;
  readonly effects: readonly NoticeEffect[];
}

/** A message to be posted; whoever accepts a counterfeit was deceived. */
export interface V3Message extends PostedNotice {
  readonly worth: 'genuine' | 'counterfeit';
}

/** Whether a notice speaks the protocol before APIv3: that of the order, or that in which the refund was asked for. */
export function isClassic(subject: NoticeSubject): subject is ClassicSubject {
  switch (subject.kind) {
    case 'pay':
      return subject.order.apiVersion === 'v2';
    case 'refund':
      return subject.refund.apiVersion === 'v2';
    case 'combine':
    case 'echo':
      return false;
  }
}

/** Makes the message of one try: a true one, or what a fault has put in its place. */
export function printV3Notice(notice: V3Notice, world: World): V3Message {
  const { notices } = world.v3;
  const scope = `${notice.mchid} ${notice.kind}`;
  const topic = `${notice.outTradeNo} ${notice.outRefundNo ?? ''}`;
  const kinds = new Set(notice.effects.map(({ kind }) => kind));
  const replayed = kinds.has('notice-replayed') ? notices.ofSame(scope, topic) : undefined;
  const replayedOther = kinds.has('notice-replayed-other') ? notices.ofOther(scope, topic) : undefined;
  const posted = (replayed ?? replayedOther)?.posted;
  if (posted !== undefined) return { ...posted, worth: 'counterfeit' };
  const other = kinds.has('notice-other-order') ? notices.ofOther(scope, topic)?.subject : undefined;
  const printed = compose({ ...notice, subject: other ?? notice.subject }, world);
  if (other !== undefined || notice.effects.some(isDeceit)) return { ...printed, worth: 'counterfeit' };
  notices.keep(scope, topic, { posted: printed, subject: notice.subject });
  return { ...printed, worth: 'genuine' };
}

/** Prints, encrypts and signs a notice, anew for every try. */
function compose(notice: V3Notice, world: World): PostedNotice {
  const { keys } = world.v3;
  const { v3AssociatedData } = world.switches;
  const apiV3Key = world.merchants.get(notice.mchid)?.v3?.apiV3Key;
  if (keys === undefined || apiV3Key === undefined)
    throw new Error(`merchant ${notice.mchid} has an order of APIv3 and no key`);
  const { event, summary, original, plain } = contentOf(notice.subject, world.switches);
  const associatedData = v3AssociatedData === 'named' ? original : '';
  const changed = JSON.stringify(withSurprises(plain, notice.effects));
  const { ciphertext, nonce } = sealText(changed, { nonce: world.ids.token(12), associatedData }, apiV3Key);
  const text = JSON.stringify({
    id: idOf(notice, world.switches),
    create_time: printRfc3339(notice.createdAtMs),
    resource_type: 'encrypt-resource',
    event_type: event,
    summary,
    resource: {
      original_type: original,
      algorithm: AEAD_ALGORITHM,
      ciphertext,
      ...(v3AssociatedData === 'absent' ? {} : { associated_data: associatedData }),
      nonce,
    },
  });
  const { headers, body } = seal(Buffer.from(text), {
    key: keys.noticeKey(notice.mchid, world.settings),
    nonce: world.ids.token(32),
    nowMs: world.clock.nowMs(),
    flaw: notice.effects.map(flawOf).find((found) => found !== undefined),
    stranger: keys.stranger,
  });
  return { text: Buffer.from(body).toString('utf8'), headers: { ...POST_HEADERS, ...headers } };
}

const POST_HEADERS = {
  accept: '*/*',
  'cache-control': 'no-cache',
  pragma: 'no-cache',
  'content-type': 'application/json',
  'user-agent': 'Mozilla/4.0',
} as const;

/** Whether an effect makes something else of a notice than the truth, properly signed. */
const isDeceit = (effect: NoticeEffect): boolean =>
  effect.kind === 'notice-other-amount' || effect.kind === 'notice-other-merchant' || flawOf(effect) !== undefined;

/** What an effect does to the signature. */
function flawOf(effect: NoticeEffect): SignFlaw | undefined {
  switch (effect.kind) {
    case 'notice-forged':
      return { kind: 'wrong-sign' };
    case 'notice-missing-sign':
      return { kind: 'missing-sign' };
    case 'notice-missing-header':
      return { kind: 'missing-header', header: effect.header };
    case 'notice-sign-test':
      return { kind: 'sign-test' };
    case 'notice-wrong-serial':
      return { kind: 'wrong-serial' };
    case 'notice-stranger-key':
      return { kind: 'stranger-key' };
    case 'notice-clock-skew':
      return { ...effect, kind: 'clock-skew' };
    case 'notice-body-changed':
      return { kind: 'body-changed' };
    case 'notice-dropped':
    case 'notice-delayed':
    case 'notice-doubled':
    case 'notice-other-amount':
    case 'notice-other-merchant':
    case 'notice-replayed':
    case 'notice-replayed-other':
    case 'notice-other-order':
      return undefined;
  }
}

function idOf({ id, createdAtMs, tryNumber }: V3Notice, { v3NoticeId }: Switches): string {
  const text = hash('md5', `${id} ${createdAtMs} ${v3NoticeId === 'kept' ? '' : tryNumber}`, 'hex');
  return [text.slice(0, 8), text.slice(8, 12), text.slice(12, 16), text.slice(16, 20), text.slice(20)].join('-');
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
