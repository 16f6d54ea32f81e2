import type { AnyEffect, FaultMoment } from '@orderkeeper/simulator';

/** Something that goes wrong with the answer to a call. */
export interface AnswerFault {
  readonly moment: FaultMoment;
  readonly effect: AnyEffect;
}

const before = (effect: AnyEffect): AnswerFault => ({ moment: 'before', effect });
const after = (effect: AnyEffect): AnswerFault => ({ moment: 'after', effect });
const both = (effect: AnyEffect): readonly AnswerFault[] => [before(effect), after(effect)];

const MINUTE_MS = 60_000;
const STATUSES = [500, 501, 502, 503, 504, 599] as const;
const HEADERS = ['timestamp', 'nonce', 'signature', 'serial', 'signature-type'] as const;
const SKEWS_MINUTES = [-10, -4, 4, 10] as const;
const CODES = [
  'PARAM_ERROR',
  'INVALID_REQUEST',
  'APPID_MCHID_NOT_MATCH',
  'ORDER_PAID',
  'ORDER_CLOSED',
  'NO_STATEMENT_EXIST',
  'STATEMENT_CREATING',
  'NO_AUTH',
  'NOT_ENOUGH',
  'OUT_TRADE_NO_USED',
  'RULE_LIMIT',
  'TRADE_ERROR',
  'ORDER_NOT_EXIST',
  'RESOURCE_NOT_EXISTS',
  'FREQUENCY_LIMITED',
  'OPENID_MISMATCH',
  'SYSTEM_ERROR',
  'BANK_ERROR',
] as const;

/** What no signature is needed for: lines that break, and proxies that answer themselves. */
const BROKEN: readonly AnswerFault[] = [
  before({ kind: 'connection-refused' }),
  ...both({ kind: 'no-answer' }),
  ...both({ kind: 'reset' }),
  ...STATUSES.flatMap((status) => both({ kind: 'status', status })),
  ...both({ kind: 'html' }),
  ...both({ kind: 'slow', delayMs: 3_000 }),
  ...both({ kind: 'slow', delayMs: 20_000 }),
  after({ kind: 'truncated' }),
];

const FORGED: readonly AnswerFault[] = [
  after({ kind: 'wrong-sign' }),
  after({ kind: 'missing-sign' }),
  ...HEADERS.map((header) => after({ kind: 'missing-header', header })),
  after({ kind: 'sign-test' }),
  after({ kind: 'wrong-serial' }),
  after({ kind: 'stranger-key' }),
  ...SKEWS_MINUTES.map((minutes) => after({ kind: 'clock-skew', skewMs: minutes * MINUTE_MS })),
  after({ kind: 'body-changed' }),
  ...CODES.flatMap((code) => both({ kind: 'unsigned-error', code })),
  // Said before it is known who asks, so that nothing has been done: said afterwards it would be a forgery that nobody
  // could tell from the truth, see docs/decisions/0004.
  before({ kind: 'unsigned-error', code: 'SIGN_ERROR' }),
];

const REPEATED: readonly AnswerFault[] = [
  after({ kind: 'replayed' }),
  after({ kind: 'replayed-other' }),
  after({ kind: 'other-order' }),
];

/** What WeChat Pay says itself, signed. That a call came too often means that it was not accepted, so never afterwards. */
const SAID: readonly AnswerFault[] = [
  ...both({ kind: 'code', code: 'SYSTEMERROR' }),
  ...both({ kind: 'code', code: 'BANKERROR' }),
  before({ kind: 'code', code: 'FREQUENCY_LIMITED' }),
];

/** Every way in which an answer of APIv3 can be wrong. */
export const ANSWER_FAULTS: readonly AnswerFault[] = [...BROKEN, ...FORGED, ...REPEATED, ...SAID];

/** For people: `after missing-header serial`. */
export const nameOf = ({ moment, effect }: AnswerFault): string => {
  const { kind, ...details } = effect;
  const values: readonly unknown[] = Object.values(details);
  return [moment, kind, ...values].join(' ');
};
