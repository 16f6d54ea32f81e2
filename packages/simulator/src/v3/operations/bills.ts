import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { type BeijingDay, parseBeijingDay, beijingDayOf } from '@orderkeeper/protocol';
import type { BillAnswer } from '../../world.ts';
import { text } from '../check-members.ts';
import type { JsonObject } from '../json.ts';
import type { V3Desk, V3Operation } from '../operation.ts';
import { v3Done, v3Failed, type V3Failure, type V3Outcome } from '../outcome.ts';

const HOUR_MS = 60 * 60 * 1000;
const DAY_MS = 24 * HOUR_MS;
/** Bills go back three months. */
const AGE_MS_MAX = 92 * DAY_MS;
/** Until nine of the next day nothing is being made. */
const NINE_MS = DAY_MS + 9 * HOUR_MS;
const LINK_MS = 5 * 60 * 1000;
const BILL_PATHS = { billdownload: '/v3/billdownload/file', downloadurl: '/v3/bill/downloadurl' } as const;

const NONE = v3Failed('NO_STATEMENT_EXIST', '请求的账单文件不存在');
const CREATING = v3Failed('STATEMENT_CREATING', '账单生成中');

/** What every bill is asked for with. */
export const COMMON = {
  bill_date: text('账单日期', 10, 'required', { pattern: /^\d{4}-\d{2}-\d{2}$/ }),
  tar_type: text('压缩类型', 8, 'optional', { pattern: /^GZIP$/ }),
};

/** The day that a bill is asked for. */
function dayOf({ query, nowMs }: V3Desk): BeijingDay | V3Failure {
  const day = parseBeijingDay((query['bill_date'] ?? '').replaceAll('-', ''));
  if (!day.ok) return v3Failed('INVALID_REQUEST', '账单日期格式错误', { subCode: 270_522_884 });
  const isWithin = day.value.startMs < beijingDayOf(nowMs).startMs && nowMs - day.value.startMs <= AGE_MS_MAX;
  return isWithin ? day.value : v3Failed('INVALID_REQUEST', '账单日期超出范围', { subCode: 270_522_880 });
}

/** Looks for a bill, and hands out what leads to it. */
export function apply(
  desk: V3Desk,
  find: (day: BeijingDay) => BillAnswer,
  handOut: (desk: V3Desk, bill: Uint8Array) => V3Outcome = link,
): V3Outcome {
  const day = dayOf(desk);
  if ('kind' in day) return day;
  const bill = find(day);
  const { v3BillBeforeNine } = desk.world.switches;
  switch (bill.kind) {
    case 'ready':
      return handOut(desk, bill.bytes);
    case 'creating':
      return CREATING;
    case 'none':
      return desk.nowMs - day.startMs < NINE_MS && v3BillBeforeNine === 'STATEMENT_CREATING' ? CREATING : NONE;
  }
}

/** The hash is that of the bill, whether or not it travels packed. `veil` is done to the bytes last. */
export function linkTo(
  { world, merchant, query, origin, nowMs }: V3Desk,
  bill: Uint8Array,
  veil: (bytes: Uint8Array) => Uint8Array = (bytes) => bytes,
): JsonObject {
  const { v3BillMarks, v3BillHash, v3BillPath } = world.switches;
  const plain = v3BillMarks === 'bare' ? bareOf(bill) : bill;
  const isPacked = query['tar_type'] === 'GZIP';
  const packed = isPacked ? gzipSync(plain) : plain;
  const token = world.ids.token(64);
  world.v3.billLinks.set(token, { mchid: merchant.mchid, bytes: veil(packed), expiresAtMs: nowMs + LINK_MS });
  const hashed = isPacked && v3BillHash === 'of-gzip' ? packed : plain;
  return {
    hash_type: 'SHA1',
    hash_value: createHash('sha1').update(hashed).digest('hex'),
    download_url: `${origin}${BILL_PATHS[v3BillPath]}?token=${token}${isPacked ? '&tartype=gzip' : ''}`,
  };
}

const link = (desk: V3Desk, bill: Uint8Array): V3Outcome => v3Done(linkTo(desk, bill));

const bareOf = (bill: Uint8Array): Uint8Array =>
  Buffer.from(Buffer.from(bill).toString('utf8').replace('\ufeff', '').replaceAll('\r\n', '\n'), 'utf8');

function download({ world, merchant, query, nowMs }: V3Desk): V3Outcome {
  const file = world.v3.billLinks.get(query['token'] ?? '');
  if (file === undefined || nowMs >= file.expiresAtMs)
    return v3Failed('INVALID_REQUEST', '下载链接已失效，请重新申请账单');
  if (file.mchid !== merchant.mchid) return v3Failed('NO_AUTH', '无权限下载该账单', { subCode: 270_522_898 });
  return { kind: 'file', bytes: file.bytes, contentType: 'text/plain' };
}

const BILL_TYPES = new Map<string, 'ALL' | 'SUCCESS' | 'REFUND'>([
  ['SUCCESS', 'SUCCESS'],
  ['REFUND', 'REFUND'],
]);
/** Accounts in the words of the bill office; any other is the basic one. */
export const ACCOUNTS = new Map<string, 'Basic' | 'Operation' | 'Fees'>([
  ['OPERATION', 'Operation'],
  ['FEES', 'Fees'],
]);

/**
 * 申请交易账单, 申请资金账单, 下载账单.
 * @see https://pay.weixin.qq.com/doc/v3/merchant/4013071227
 */
export const BILLS: readonly V3Operation[] = [
  {
    name: 'v3/trade-bill',
    method: 'GET',
    path: '/v3/bill/tradebill',
    refusals: 'early',
    query: {
      ...COMMON,
      bill_type: text('账单类型', 32, 'optional', { pattern: /^(?:ALL|SUCCESS|REFUND)$/ }),
      sub_mchid: text('子商户号', 32),
    },
    run: (desk) => {
      const billType = BILL_TYPES.get(desk.query['bill_type'] ?? '') ?? 'ALL';
      const [mchid, subMchid] = [desk.merchant.mchid, desk.query['sub_mchid'] ?? ''];
      return apply(desk, (day) => desk.world.bills.tradeBill({ mchid, subMchid, day, billType }));
    },
  },
  {
    name: 'v3/fund-bill',
    method: 'GET',
    path: '/v3/bill/fundflowbill',
    refusals: 'early',
    query: { ...COMMON, account_type: text('资金账户类型', 32, 'optional', { pattern: /^(?:BASIC|OPERATION|FEES)$/ }) },
    run: (desk) => {
      const accountType = ACCOUNTS.get(desk.query['account_type'] ?? '') ?? 'Basic';
      const { mchid } = desk.merchant;
      return apply(desk, (day) => desk.world.bills.fundFlowBill({ mchid, subMchid: '', day, accountType }));
    },
  },
  ...Object.values(BILL_PATHS).map(
    (path): V3Operation => ({
      name: 'v3/download-bill',
      method: 'GET',
      path,
      refusals: 'early',
      query: { token: text('token', 1024, 'required'), tartype: text('tartype', 8) },
      run: download,
    }),
  ),
];
