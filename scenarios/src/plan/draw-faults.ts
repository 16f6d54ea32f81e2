import type { AnyEffect, FaultMoment, FaultPlan } from '@orderkeeper/simulator';
import { type CallKind, operationOf } from '../call-kinds.ts';
import type { Chooser } from './chooser.ts';
import { firstNumberOf } from './first-number.ts';
import type { Mishap, OrderPlan } from './plan.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

type FaultMishap = Omit<Extract<Mishap, { kind: 'fault' }>, 'id'>;

type Strike = readonly [FaultMoment, AnyEffect];

/** The calls about orders that are paid by the payer's client, and about those that are charged by code. */
const CALLS: Readonly<Record<'prepaid' | 'by-code', readonly [CallKind, ...CallKind[]]>> = {
  prepaid: ['place', 'place', 'query', 'query', 'close', 'close', 'refund', 'query-refund'],
  'by-code': ['charge', 'charge', 'charge', 'query', 'query', 'reverse', 'refund', 'query-refund'],
};

/**
 * Answers that say what they are about, or that can be asked for again: of the others nobody could tell that they were
 * given to somebody else. A truly signed refusal names no order, so a charge or a refund would be taken for refused.
 */
const NAMING: ReadonlySet<CallKind> = new Set(['query', 'query-refund']);

/** Draws a fault of calls. Who believes refusals that nobody has signed gets none that are untrue. */
export function drawCallFault(chooser: Chooser, order: OrderPlan, unsigned: 'doubted' | 'believed'): FaultMishap {
  const { pick, sometimes } = chooser;
  const { protocol, tradeType } = order;
  const ordinary = pick(CALLS[tradeType === 'MICROPAY' ? 'by-code' : 'prepaid']);
  const kind = protocol === 'v3' ? sometimes(8, 'fetch-certificates', ordinary) : ordinary;
  const operation = operationOf(kind, order);
  const aimed = sometimes(60, { operation, outTradeNo: firstNumberOf(order) }, { operation });
  const aim = kind === 'fetch-certificates' ? { operation } : aimed;
  const common = commonStrike(chooser);
  const [moment, effect] = protocol === 'v2' ? common : sometimes(50, v3Strike(chooser, kind, unsigned), common);
  // The client makes four attempts: more are needed to be felt as an unknown outcome.
  return { kind: 'fault', fromMs: 0, untilMs: 6 * HOUR, fault: { effect, moment, aim, times: pick([1, 2, 4, 5, 9]) } };
}

function commonStrike({ whole, pick }: Chooser): Strike {
  return pick<Strike>([
    ['before', { kind: 'connection-refused' }],
    ['before', { kind: 'no-answer' }],
    ['after', { kind: 'no-answer' }],
    ['after', { kind: 'no-answer' }],
    ['before', { kind: 'reset' }],
    ['after', { kind: 'reset' }],
    ['after', { kind: 'reset' }],
    ['before', { kind: 'status', status: pick([500, 502, 503, 404]) }],
    ['after', { kind: 'status', status: 502 }],
    ['before', { kind: 'html' }],
    ['after', { kind: 'html' }],
    ['before', { kind: 'code', code: 'SYSTEMERROR' }],
    ['after', { kind: 'code', code: 'SYSTEMERROR' }],
    ['before', { kind: 'code', code: 'FREQUENCY_LIMITED' }],
    ['before', { kind: 'code', code: 'BANKERROR' }],
    ['after', { kind: 'wrong-sign' }],
    ['after', { kind: 'missing-sign' }],
    ['after', { kind: 'truncated' }],
    ['before', { kind: 'slow', delayMs: whole(SECOND, 90 * SECOND) }],
    ['after', { kind: 'slow', delayMs: whole(SECOND, 40 * SECOND) }],
  ]);
}

/** Beyond the five minutes of a signature, and within. */
const SKEWS_MINUTES = [-10, 10, -4, 4] as const;

const HEADERS = ['timestamp', 'nonce', 'signature', 'serial', 'signature-type'] as const;

/** What would be taken for a certain refusal, or for the end of an order, if anybody believed it. */
const LIED_CODES = {
  aboutMoney: ['PARAM_ERROR', 'NO_AUTH', 'RESOURCE_NOT_EXISTS'],
  aboutOrders: ['ORDER_NOT_EXIST', 'ORDER_CLOSED', 'RESOURCE_NOT_EXISTS', 'PARAM_ERROR', 'SYSTEM_ERROR'],
} as const;

/** Ways to be wrong that only the signatures of APIv3 know. */
function v3Strike({ pick }: Chooser, kind: CallKind, unsigned: 'doubted' | 'believed'): Strike {
  const spoilt = pick<Strike>([
    ['after', { kind: 'sign-test' }],
    ['after', { kind: 'wrong-serial' }],
    ['after', { kind: 'stranger-key' }],
    ['after', { kind: 'clock-skew', skewMs: pick(SKEWS_MINUTES) * MINUTE }],
    ['after', { kind: 'body-changed' }],
    ['after', { kind: 'missing-header', header: pick(HEADERS) }],
    ['after', { kind: 'replayed' }],
    ...(NAMING.has(kind)
      ? ([
          ['after', { kind: 'replayed-other' }],
          ['after', { kind: 'other-order' }],
        ] as const)
      : []),
  ]);
  const code = pick(LIED_CODES[kind === 'charge' || kind === 'refund' ? 'aboutMoney' : 'aboutOrders']);
  const lie = pick<Strike>([
    ['before', { kind: 'unsigned-error', code }],
    ['after', { kind: 'unsigned-error', code }],
    ['after', { kind: 'unsigned-error', code }],
    // Refused before anybody was authenticated: true, and never signed.
    ['before', { kind: 'unsigned-error', code: 'SIGN_ERROR' }],
  ]);
  return unsigned === 'believed' ? spoilt : pick([spoilt, spoilt, lie]);
}

/** Draws a fault of notices. */
export function drawNoticeFault(chooser: Chooser, order: OrderPlan): FaultMishap {
  const { pick, sometimes } = chooser;
  const operation = pick(['pay-notice', 'pay-notice', 'refund-notice']);
  const aim = sometimes(60, { operation, outTradeNo: firstNumberOf(order) }, { operation });
  const common = commonNoticeEffect(chooser);
  const effect = order.protocol === 'v2' ? common : sometimes(50, v3NoticeEffect(chooser), common);
  const fault: FaultPlan = { effect, moment: 'notice', aim, times: pick([1, 2, 3, 6]) };
  return { kind: 'fault', fromMs: 0, untilMs: 12 * HOUR, fault };
}

function commonNoticeEffect({ whole, pick }: Chooser): AnyEffect {
  return pick<AnyEffect>([
    { kind: 'notice-dropped' },
    { kind: 'notice-dropped' },
    { kind: 'notice-delayed', delayMs: whole(SECOND, 10 * MINUTE) },
    { kind: 'notice-doubled' },
    { kind: 'notice-forged' },
    { kind: 'notice-other-amount' },
    { kind: 'notice-other-merchant' },
  ]);
}

function v3NoticeEffect({ pick }: Chooser): AnyEffect {
  return pick<AnyEffect>([
    { kind: 'notice-sign-test' },
    { kind: 'notice-wrong-serial' },
    { kind: 'notice-stranger-key' },
    { kind: 'notice-clock-skew', skewMs: pick(SKEWS_MINUTES) * MINUTE },
    { kind: 'notice-body-changed' },
    { kind: 'notice-missing-sign' },
    { kind: 'notice-missing-header', header: pick(HEADERS) },
    { kind: 'notice-replayed' },
    { kind: 'notice-replayed-other' },
    { kind: 'notice-other-order' },
  ]);
}

/** Nothing arrives for a while, or no answer comes back, or one host is down; or every notice is lost. */
export function drawOutage({ whole, pick }: Chooser): FaultMishap {
  const fromMs = whole(0, 40 * MINUTE);
  const untilMs = fromMs + whole(10 * SECOND, 50 * MINUTE);
  const fault = pick<FaultPlan>([
    { effect: { kind: 'no-answer' }, moment: 'before', aim: {} },
    { effect: { kind: 'no-answer' }, moment: 'after', aim: {} },
    { effect: { kind: 'connection-refused' }, moment: 'before', aim: { host: 'api.mch.weixin.qq.com' } },
    { effect: { kind: 'status', status: 502 }, moment: 'before', aim: {}, probability: 0.5 },
    { effect: { kind: 'notice-dropped' }, moment: 'notice', aim: {} },
    { effect: { kind: 'notice-dropped' }, moment: 'notice', aim: {} },
  ]);
  return { kind: 'fault', fromMs, untilMs, fault };
}
