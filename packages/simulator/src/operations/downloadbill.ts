import { gzipSync } from 'node:zlib';
import { type BeijingDay, parseBeijingDay } from '@orderkeeper/protocol';
import { type Desk, ORDINARY, type Outcome, type SimOperation, textOf } from './operation.ts';

/** Bills go back this far. */
const BILL_AGE_MS_MAX = 92 * 24 * 60 * 60 * 1000;

const BILL_TYPES = ['ALL', 'SUCCESS', 'REFUND', 'RECHARGE_REFUND'] as const;

/** Unlike the other operations this one refuses what it does not know. */
const KNOWN_FIELDS: ReadonlySet<string> = new Set([
  'appid',
  'mch_id',
  'sub_appid',
  'sub_mch_id',
  'device_info',
  'nonce_str',
  'sign',
  'sign_type',
  'bill_date',
  'bill_type',
  'tar_type',
]);

/** A bill in the way it was asked for: as text, or as a gzip stream. */
export function fileOf(bytes: Uint8Array, tarType: string, headers: Readonly<Record<string, string>> = {}): Outcome {
  return tarType === 'GZIP'
    ? { kind: 'file', bytes: gzipSync(bytes), headers: { 'content-type': 'application/x-gzip', ...headers } }
    : { kind: 'file', bytes, headers: { 'content-type': 'text/plain; charset=utf-8', ...headers } };
}

/** Reads the day of a bill; one in the future or too long ago is none. */
export function billDayOf(desk: Desk): BeijingDay | undefined {
  const day = parseBeijingDay(textOf(desk, 'bill_date'));
  if (!day.ok) return undefined;
  const ageMs = desk.nowMs - day.value.startMs;
  return ageMs >= 0 && ageMs <= BILL_AGE_MS_MAX ? day.value : undefined;
}

const refuseBill = (text: string, errorCode: '20001' | '20002' = '20001'): Outcome => ({
  kind: 'refused',
  text,
  errorCode,
});

function run(desk: Desk): Outcome {
  if ([...desk.fields.keys()].some((name) => !KNOWN_FIELDS.has(name))) return refuseBill('invalid parameter');
  if (textOf(desk, 'bill_date') === '') return refuseBill('missing parameter');
  const day = billDayOf(desk);
  if (day === undefined) return refuseBill('invalid bill_date');
  const billType =
    textOf(desk, 'bill_type') === '' ? 'ALL' : BILL_TYPES.find((type) => type === textOf(desk, 'bill_type'));
  if (billType === undefined) return refuseBill('invalid bill_type');
  const tarType = textOf(desk, 'tar_type');
  if (tarType !== '' && tarType !== 'GZIP') return refuseBill('invalid tar_type: Only GZIP supported');
  const { mchid } = desk.merchant;
  const bill = desk.world.bills.tradeBill({ mchid, subMchid: textOf(desk, 'sub_mch_id'), day, billType });
  switch (bill.kind) {
    case 'ready':
      return fileOf(bill.bytes, tarType);
    case 'creating':
      return refuseBill('Bill Creating', '20002');
    case 'none':
      return refuseBill('No Bill Exist', '20002');
  }
}

/**
 * 下载交易账单.
 * @see https://pay.weixin.qq.com/wiki/doc/api/jsapi.php?chapter=9_6
 */
export const downloadbill: SimOperation = {
  ...ORDINARY,
  name: 'downloadbill',
  path: '/pay/downloadbill',
  answer: 'unsigned',
  refusals: 'bill',
  subMerchant: 'optional',
  systemErrorText: 'system error',
  run,
};
