import { z } from 'zod';
import type { V3Code } from '../../v3/outcome.ts';
import type { SignHeader } from '../../world.ts';
import { type AnyEffect, FAULT_MOMENTS, type FaultAim, type FaultMoment } from '../../faults/fault.ts';
import { defineBodyRoute, defineRoute, json, refuse, type Route } from '../route.ts';

const KINDS = z.enum([
  'connection-refused',
  'no-answer',
  'reset',
  'status',
  'html',
  'code',
  'slow',
  'wrong-sign',
  'missing-sign',
  'missing-header',
  'sign-test',
  'wrong-serial',
  'stranger-key',
  'clock-skew',
  'body-changed',
  'unsigned-error',
  'replayed',
  'replayed-other',
  'other-order',
  'truncated',
  'notice-dropped',
  'notice-delayed',
  'notice-doubled',
  'notice-forged',
  'notice-missing-sign',
  'notice-missing-header',
  'notice-sign-test',
  'notice-wrong-serial',
  'notice-stranger-key',
  'notice-clock-skew',
  'notice-body-changed',
  'notice-replayed',
  'notice-replayed-other',
  'notice-other-order',
  'notice-other-amount',
  'notice-other-merchant',
] satisfies readonly AnyEffect['kind'][]);

const HEADERS = z.enum(['timestamp', 'nonce', 'signature', 'serial', 'signature-type'] satisfies readonly SignHeader[]);

const V3_CODES = z.enum([
  'ORDER_NOT_EXIST',
  'RESOURCE_NOT_EXISTS',
  'ORDER_CLOSED',
  'ORDER_PAID',
  'OUT_TRADE_NO_USED',
  'TRADE_ERROR',
  'NOT_ENOUGH',
  'NO_AUTH',
  'PARAM_ERROR',
  'INVALID_REQUEST',
  'FREQUENCY_LIMITED',
  'SYSTEM_ERROR',
] satisfies readonly V3Code[]);

const text = z.string().min(1).optional();

const faultBody = z.strictObject({
  fault: KINDS,
  when: z.enum(['before', 'after']).optional().describe('before or after the call is applied; default before'),
  operation: text.describe('orderquery or v3/close; of notices pay-notice, combine-notice or refund-notice'),
  outTradeNo: text,
  mchid: text,
  host: text.describe('with or without port; of notices that of the notify address'),
  path: text,
  times: z.int().positive().optional().describe('how often it strikes; default without end'),
  probability: z.number().positive().max(1).optional(),
  status: z.int().min(500).max(599).optional().describe('of fault status; default 502'),
  code: z
    .enum(['SYSTEMERROR', 'FREQUENCY_LIMITED', 'BANKERROR'])
    .optional()
    .describe('of fault code; default SYSTEMERROR'),
  v3Code: V3_CODES.optional().describe('of fault unsigned-error; default ORDER_NOT_EXIST'),
  header: HEADERS.optional().describe('of faults missing-header and notice-missing-header; default signature'),
  skewMs: z.int().optional().describe('of faults clock-skew and notice-clock-skew; default ten minutes ago'),
  delayMs: z.int().positive().optional().describe('of faults slow and notice-delayed'),
  totalFen: z.int().positive().optional().describe('of fault notice-other-amount; default one fen more'),
  otherMchid: text.describe('of fault notice-other-merchant; default a number of nobody'),
});

type FaultBody = z.output<typeof faultBody>;

/** What belongs to one kind only. A fault that is ordered with a setting of another kind would not do what was meant. */
const SETTINGS: Readonly<Partial<Record<AnyEffect['kind'], keyof FaultBody>>> = {
  status: 'status',
  code: 'code',
  'unsigned-error': 'v3Code',
  'missing-header': 'header',
  'notice-missing-header': 'header',
  'clock-skew': 'skewMs',
  'notice-clock-skew': 'skewMs',
  slow: 'delayMs',
  'notice-delayed': 'delayMs',
  'notice-other-amount': 'totalFen',
  'notice-other-merchant': 'otherMchid',
};

const SETTING_NAMES = new Set(Object.values(SETTINGS));

function effectOf(body: FaultBody): AnyEffect {
  const { fault: kind, delayMs = 1000, totalFen, otherMchid, header = 'signature', skewMs } = body;
  switch (kind) {
    case 'status':
      return { kind, status: body.status ?? 502 };
    case 'code':
      return { kind, code: body.code ?? 'SYSTEMERROR' };
    case 'unsigned-error':
      return { kind, code: body.v3Code ?? 'ORDER_NOT_EXIST' };
    case 'missing-header':
    case 'notice-missing-header':
      return { kind, header };
    case 'clock-skew':
    case 'notice-clock-skew':
      return { kind, ...(skewMs === undefined ? {} : { skewMs }) };
    case 'slow':
    case 'notice-delayed':
      return { kind, delayMs };
    case 'notice-other-amount':
      return { kind, ...(totalFen === undefined ? {} : { totalFen }) };
    case 'notice-other-merchant':
      return { kind, ...(otherMchid === undefined ? {} : { mchid: otherMchid }) };
    case 'connection-refused':
    case 'no-answer':
    case 'reset':
    case 'html':
    case 'wrong-sign':
    case 'missing-sign':
    case 'sign-test':
    case 'wrong-serial':
    case 'stranger-key':
    case 'body-changed':
    case 'replayed':
    case 'replayed-other':
    case 'other-order':
    case 'truncated':
    case 'notice-dropped':
    case 'notice-doubled':
    case 'notice-forged':
    case 'notice-missing-sign':
    case 'notice-sign-test':
    case 'notice-wrong-serial':
    case 'notice-stranger-key':
    case 'notice-body-changed':
    case 'notice-replayed':
    case 'notice-replayed-other':
    case 'notice-other-order':
      return { kind };
  }
}

function aimOf({ operation, outTradeNo, mchid, host, path }: FaultBody): FaultAim {
  const aim = { operation, outTradeNo, mchid, host, path };
  return Object.fromEntries(Object.entries(aim).filter(([, value]) => value !== undefined));
}

const orderFault = defineBodyRoute(
  {
    method: 'POST',
    path: '/faults',
    about: 'orders a fault, for calls or for notices; what is not named is any',
    body: faultBody,
    fields: Object.keys(faultBody.shape),
  },
  (_, body, { faults }) => {
    const moments: readonly FaultMoment[] = FAULT_MOMENTS[body.fault];
    const moment = body.when ?? moments[0] ?? 'before';
    if (!moments.includes(moment)) {
      const detail = `when: a fault ${body.fault} cannot strike ${moment} the call is applied`;
      return refuse({ status: 400, code: 'invalid-body', field: 'when', detail, allowed: moments });
    }
    const own = SETTINGS[body.fault];
    const stray = [...SETTING_NAMES].find((name) => name !== own && body[name] !== undefined);
    if (stray !== undefined) {
      const detail = `${stray}: a fault ${body.fault} has no such setting`;
      const allowed = own === undefined ? [] : [own];
      return refuse({ status: 400, code: 'invalid-body', field: stray, detail, allowed });
    }
    const { times, probability } = body;
    const limits = { ...(times === undefined ? {} : { times }), ...(probability === undefined ? {} : { probability }) };
    return json(faults.add({ effect: effectOf(body), moment, aim: aimOf(body), ...limits }));
  },
);

/** What goes wrong on purpose. */
export const FAULT_ROUTES: readonly Route[] = [
  orderFault,
  defineRoute({ method: 'GET', path: '/faults', about: 'the faults that can still strike' }, (_, { faults }) =>
    json({ faults: faults.list() }),
  ),
  defineRoute({ method: 'DELETE', path: '/faults', about: 'takes back every fault' }, (_, { faults }) => {
    faults.clear();
    return json({ faults: [] });
  }),
  defineRoute({ method: 'DELETE', path: '/faults/{id}', about: 'takes back one fault' }, ({ params }, { faults }) => {
    const { id = '' } = params;
    if (faults.remove(id) === 'removed') return json({ faults: faults.list() });
    return refuse({
      status: 404,
      code: 'no-such-fault',
      detail: `no fault ${id} is in force`,
      allowed: faults.list().map((fault) => fault.id),
    });
  }),
];
