import { failure, ok, type Result } from '../../values/result.ts';
import type { FieldReason } from '../../v2/field-table.ts';
import { BILL_ROW, type BillAddress } from '../bill-address.ts';
import { BILLDOWNLOAD_CODES } from '../codes/others.ts';
import type { V3Request, V3Sendable } from '../operation.ts';

const ROW = {
  ...BILL_ROW,
  name: 'billdownload',
  // Pages differ on the path; the address that was given is what counts.
  paths: { merchant: '/v3/billdownload/file', partner: '/v3/billdownload/file' },
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
  ...ROW,
  printRequest: printDownload,
};
