import type { HttpResponse } from '@orderkeeper/ports';
import {
  BILL_BYTES_MAX,
  type BillAddress,
  checkBillHash,
  gunzipBill,
  v3Billdownload,
  v3Fundflowbill,
  type V3FundflowbillRequest,
  type V3Operation,
  v3Tradebill,
  type V3TradebillRequest,
} from '@orderkeeper/protocol';
import {
  BILL_DEADLINE_MS,
  BILL_TIME_LIMITS,
  damagedBill,
  type FundFlowBill,
  fundFlowBillOf,
  type TradeBill,
  tradeBillOf,
} from '../bills.ts';
import type { Verdict } from '../core/verdict.ts';
import type { Outcome } from '../outcome.ts';
import { partyOf } from '../sub-merchant.ts';
import { judgeUnsignedFailure } from './judge.ts';
import { send, sendPrinted, type V3CallOptions } from './send.ts';
import type { V3Sender } from './v3-sender.ts';

/** 申请交易账单 and 下载账单 of a day, after 10:00 Beijing time of the next. The signed hash vouches for the file. */
export const tradebill =
  (sender: V3Sender) =>
  (request: V3TradebillRequest, options: V3CallOptions = {}): Promise<Outcome<TradeBill>> =>
    fetchBill(sender, v3Tradebill, request, options, tradeBillOf);

/** 申请资金账单 and 下载账单 of a day, after 10:00 Beijing time of the next. The signed hash vouches for the file. */
export const fundflowbill =
  (sender: V3Sender) =>
  (request: V3FundflowbillRequest, options: V3CallOptions = {}): Promise<Outcome<FundFlowBill>> =>
    fetchBill(sender, v3Fundflowbill, request, options, fundFlowBillOf);

/** Asks where the file lies, fetches it and holds it against its hash: two calls under one deadline. */
async function fetchBill<Request extends object, Answer>(
  sender: V3Sender,
  operation: V3Operation<Request, BillAddress>,
  request: Request,
  options: V3CallOptions,
  read: (bytes: Uint8Array) => Answer,
): Promise<Outcome<Answer>> {
  const { clock } = sender.world;
  const startedAtMs = clock.nowMs();
  const { deadlineMs = BILL_DEADLINE_MS } = options;
  const asked = await send(sender, operation, request, { ...options, deadlineMs });
  if (asked.outcome !== 'done') return asked;
  const left = { ...options, deadlineMs: startedAtMs + deadlineMs - clock.nowMs() };
  const printed = v3Billdownload.printRequest(asked.answer, partyOf(sender.merchant, options.subMerchant));
  const fetched = await sendPrinted<Answer>(sender, printed, left, {
    row: v3Billdownload,
    judge: (response) => judgeFile(sender, response, asked.answer, read),
    answerBytesMax: BILL_BYTES_MAX,
    timeLimits: BILL_TIME_LIMITS,
  });
  const attempts = [...asked.attempts, ...fetched.attempts];
  return { ...fetched, attempts, tookMs: clock.nowMs() - startedAtMs };
}

async function judgeFile<Answer>(
  sender: V3Sender,
  response: HttpResponse,
  address: BillAddress,
  read: (bytes: Uint8Array) => Answer,
): Promise<Verdict<Answer>> {
  const { status, body } = response;
  if (!v3Billdownload.success.includes(status)) {
    return judgeUnsignedFailure(v3Billdownload, response, sender.unsignedRefusals);
  }
  const unpacked = isPacked(body) ? await gunzipBill(body) : { ok: true as const, value: body };
  if (!unpacked.ok) return damagedBill(unpacked.message);
  const bytes = unpacked.value;
  const checked = checkBillHash(bytes, address);
  // The pages say that the hash is over the unpacked file; nobody has seen it for certain.
  if (checked.ok || checkBillHash(body, address).ok) return { kind: 'done', answer: read(bytes) };
  return damagedBill(checked.message);
}

const GZIP_MAGIC = [0x1f, 0x8b] as const;

/** Told by its first bytes: some proxies unpack on the way what was asked for packed. */
const isPacked = (body: Uint8Array): boolean => body[0] === GZIP_MAGIC[0] && body[1] === GZIP_MAGIC[1];
