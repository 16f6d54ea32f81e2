import { createHash } from 'node:crypto';
import { billDayOf, fileOf } from './downloadbill.ts';
import { type Desk, failed, ORDINARY, type Outcome, refused, type SimOperation, textOf } from './operation.ts';

const ACCOUNT_TYPES = ['Basic', 'Operation', 'Fees'] as const;

function run(desk: Desk): Outcome {
  const day = billDayOf(desk);
  const accountType = ACCOUNT_TYPES.find((type) => type === textOf(desk, 'account_type'));
  const tarType = textOf(desk, 'tar_type');
  if (day === undefined || accountType === undefined || (tarType !== '' && tarType !== 'GZIP'))
    return fault(desk, 'PARAM_ERROR', '参数错误');
  const bill = desk.world.bills.fundFlowBill({ mchid: desk.merchant.mchid, subMchid: '', day, accountType });
  switch (bill.kind) {
    case 'ready':
      return fileOf(bill.bytes, tarType, { digest: `SHA=${createHash('sha1').update(bill.bytes).digest('hex')}` });
    case 'creating':
      return fault(desk, 'BILL_CREATING', '账单生成中');
    case 'none':
      return fault(desk, 'NO_BILL_EXIST', '账单文件不存在');
  }
}

/** The pages and the one capture of a failure differ. */
function fault(desk: Desk, code: string, text: string): Outcome {
  return desk.world.switches.fundFlowFailure === 'with-code' ? failed(code, text) : refused('Param Error');
}

/**
 * 下载资金账单.
 * @see https://pay.weixin.qq.com/wiki/doc/api/jsapi.php?chapter=9_18
 */
export const downloadfundflow: SimOperation = {
  ...ORDINARY,
  name: 'downloadfundflow',
  path: '/pay/downloadfundflow',
  certificate: 'needed',
  answer: 'unsigned',
  signTypes: 'HMAC-SHA256',
  subMerchant: 'optional',
  run,
};
