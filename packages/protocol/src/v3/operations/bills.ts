import { failure, ok, type Result } from '../../values/result.ts';
import type { BeijingDay } from '../../values/beijing-time.ts';
import type { FieldReason } from '../../v2/field-table.ts';
import { tableReader } from '../answer.ts';
import { BILL_ADDRESS, type BillAddress } from '../bill-address.ts';
import { BILL_V3_CODES, BILLDOWNLOAD_CODES } from '../codes/others.ts';
import { dashedBeijingDay, oneOf, optional, positiveCount, receivedList, text } from '../json/json-kinds.ts';
import { type JsonTable, printJson, type SentJsonTable } from '../json/json-table.ts';
import type { V3Operation, V3OperationRow, V3Request, V3Sendable } from '../operation.ts';
import { printV3Request } from '../request.ts';

/** Asks for the trade bill (交易账单) of a day. */
export interface V3TradebillRequest {
  /** At most three months back; the bill of a day is ready after 10:00 of the next. */
  readonly billDate: BeijingDay;
  /** Default ALL. */
  readonly billType?: 'ALL' | 'SUCCESS' | 'REFUND';
  readonly tarType?: 'GZIP';
}

/** Asks for the fund-flow bill (资金账单) of a day. */
export interface V3FundflowbillRequest {
  readonly billDate: BeijingDay;
  /** Default BASIC. */
  readonly accountType?: 'BASIC' | 'OPERATION' | 'FEES';
  readonly tarType?: 'GZIP';
}

const TRADE: SentJsonTable<V3TradebillRequest> = {
  billDate: dashedBeijingDay('bill_date'),
  billType: optional(oneOf<'ALL' | 'SUCCESS' | 'REFUND'>('ALL', 'SUCCESS', 'REFUND'))('bill_type'),
  tarType: optional(oneOf<'GZIP'>('GZIP'))('tar_type'),
};

const FUND_FLOW: SentJsonTable<V3FundflowbillRequest> = {
  billDate: dashedBeijingDay('bill_date'),
  accountType: optional(oneOf<'BASIC' | 'OPERATION' | 'FEES'>('BASIC', 'OPERATION', 'FEES'))('account_type'),
  tarType: optional(oneOf<'GZIP'>('GZIP'))('tar_type'),
};

const BILL = {
  method: 'GET',
  success: [200],
  answer: 'signed',
  effect: 'reads',
  afterUnknown: 'repeat',
  codes: BILL_V3_CODES,
} as const satisfies Partial<V3OperationRow>;

const sameForBoth = (path: string) => ({ merchant: path, partner: path });

const TRADE_ROW = {
  ...BILL,
  name: 'tradebill',
  sender: 'sub-mchid',
  paths: sameForBoth('/v3/bill/tradebill'),
} as const;

/**
 * 申请交易账单: the orders that were paid and the refunds that were accepted on a day, with v2 and with APIv3 alike.
 * @see https://pay.weixin.qq.com/doc/v3/merchant/4013071227
 */
export const v3Tradebill: V3Operation<V3TradebillRequest, BillAddress> = {
  ...TRADE_ROW,
  printRequest: (request, sender) => printV3Request(TRADE_ROW, sender, { query: printJson(TRADE, request) }),
  readAnswer: tableReader(BILL_ADDRESS),
};

const FUND_ROW = {
  ...BILL,
  name: 'fundflowbill',
  sender: 'none',
  paths: sameForBoth('/v3/bill/fundflowbill'),
} as const;

/**
 * 申请资金账单: of the caller's own accounts.
 * @see https://pay.weixin.qq.com/doc/v3/merchant/4013071235
 */
export const v3Fundflowbill: V3Operation<V3FundflowbillRequest, BillAddress> = {
  ...FUND_ROW,
  printRequest: (request, sender) => printV3Request(FUND_ROW, sender, { query: printJson(FUND_FLOW, request) }),
  readAnswer: tableReader(BILL_ADDRESS),
};

/** Asks for the fund-flow bill of a sub-merchant; the product has to be permitted. */
export interface V3SubMerchantFundflowbillRequest {
  readonly billDate: BeijingDay;
  readonly accountType: 'BASIC' | 'OPERATION' | 'FEES' | 'DEPOSIT';
  readonly tarType?: 'GZIP';
}

/** One of the encrypted files of which such a bill consists. */
export interface EncryptedBill {
  /** From 1. */
  readonly sequence: number;
  readonly downloadUrl: string;
  readonly hashType: string;
  /** Over the bill itself, decrypted and unpacked. */
  readonly hashValue: string;
  /** Encrypted for the provider's certificate; `decryptField` opens it. */
  readonly encryptKey: string;
  readonly nonce: string;
}

/** All files of the bill. */
export interface V3SubMerchantFundflowbillAnswer {
  readonly bills: readonly EncryptedBill[];
}

type SubMerchantAccount = V3SubMerchantFundflowbillRequest['accountType'];

const SUB_FUND_FLOW: SentJsonTable<V3SubMerchantFundflowbillRequest & { readonly algorithm: 'AEAD_AES_256_GCM' }> = {
  billDate: dashedBeijingDay('bill_date'),
  accountType: oneOf<SubMerchantAccount>('BASIC', 'OPERATION', 'FEES', 'DEPOSIT')('account_type'),
  algorithm: oneOf<'AEAD_AES_256_GCM'>('AEAD_AES_256_GCM')('algorithm'),
  tarType: optional(oneOf<'GZIP'>('GZIP'))('tar_type'),
};

const ENCRYPTED_BILL: JsonTable<EncryptedBill> = {
  sequence: positiveCount('bill_sequence'),
  downloadUrl: text(2048)('download_url'),
  hashType: text(16)('hash_type'),
  hashValue: text(1024)('hash_value'),
  encryptKey: text(2048)('encrypt_key'),
  nonce: text(32)('nonce'),
};

const ENCRYPTED_BILLS: JsonTable<V3SubMerchantFundflowbillAnswer> = {
  bills: receivedList(ENCRYPTED_BILL)('download_bill_list'),
};

const SUB_ROW = {
  ...BILL,
  name: 'sub-merchant-fundflowbill',
  sender: 'sub-mchid',
  paths: { partner: '/v3/bill/sub-merchant-fundflowbill' },
} as const;

const AES: { readonly algorithm: 'AEAD_AES_256_GCM' } = { algorithm: 'AEAD_AES_256_GCM' };

/**
 * 申请单个子商户资金账单, for service providers.
 * @see https://pay.weixin.qq.com/doc/v3/partner/4012760249
 */
export const v3SubMerchantFundflowbill: V3Operation<V3SubMerchantFundflowbillRequest, V3SubMerchantFundflowbillAnswer> =
  {
    ...SUB_ROW,
    printRequest: (request, sender) =>
      printV3Request(SUB_ROW, sender, { query: printJson(SUB_FUND_FLOW, { ...request, ...AES }) }),
    readAnswer: tableReader(ENCRYPTED_BILLS),
  };

const DOWNLOAD_ROW = {
  ...BILL,
  name: 'billdownload',
  // Pages differ on the path; the address that was given is what counts.
  paths: sameForBoth('/v3/billdownload/file'),
  sender: 'none',
  answer: 'file',
  codes: BILLDOWNLOAD_CODES,
} as const;

const ADDRESS = /^https?:\/\/[^/?#\s]+(\/v3\/[!-"$-~]*)$/;

function printDownload({ downloadUrl }: Pick<BillAddress, 'downloadUrl'>): Result<V3Request, FieldReason> {
  const [, path] = ADDRESS.exec(downloadUrl) ?? [];
  if (path === undefined) return failure('field-invalid', 'download_url: is no address of APIv3 as an answer gives it');
  return ok({ method: 'GET', path, body: '' });
}

/**
 * 下载账单: fetches the file, by the address that `v3Tradebill` or `v3Fundflowbill` gave. It is signed like any request,
 * but the file is not; hold it against its hash with `checkBillHash`.
 * @see https://pay.weixin.qq.com/doc/v3/merchant/4013071238
 */
export const v3Billdownload: V3Sendable<Pick<BillAddress, 'downloadUrl'>> = {
  ...DOWNLOAD_ROW,
  printRequest: printDownload,
};
