import type { BeijingDay } from '../../values/beijing-time.ts';
import { tableReader } from '../answer.ts';
import { BILL_ROW } from '../bill-address.ts';
import { dashedBeijingDay, oneOf, optional, positiveCount, receivedList, text } from '../json/json-kinds.ts';
import { type JsonTable, printJson, type SentJsonTable } from '../json/json-table.ts';
import type { V3Operation } from '../operation.ts';
import { printV3Request } from '../request.ts';

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

const ROW = {
  ...BILL_ROW,
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
    ...ROW,
    printRequest: (request, sender) =>
      printV3Request(ROW, sender, { query: printJson(SUB_FUND_FLOW, { ...request, ...AES }) }),
    readAnswer: tableReader(ENCRYPTED_BILLS),
  };
