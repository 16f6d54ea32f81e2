import fc from 'fast-check';
import { expect, test } from 'vitest';
import { OPERATIONS } from '../operations.ts';
import { codeRowOf } from './code-row-of.ts';
import { codeOfReturnMsg, RETURN_MSG_ROWS } from './return-msg.ts';

/** Texts of raw answers published by merchants, and those of the official tables. */
const TEXTS = [
  ['签名错误', 'SIGNERROR'],
  ['签名错误，请检查后再试', 'SIGNERROR'],
  ['XML格式错误', 'XML_FORMAT_ERROR'],
  ['缺少参数', 'LACK_PARAMS'],
  ['appid参数长度有误', 'PARAM_ERROR'],
  ['mch_id参数长度有误', 'PARAM_ERROR'],
  ['nonce_str参数长度有误', 'PARAM_ERROR'],
  ['trade_type参数长度有误', 'PARAM_ERROR'],
  ['mch_id参数格式错误', 'PARAM_ERROR'],
  ['商户号该产品权限未开通，请前往商户平台>产品中心检查后重试', 'NOAUTH'],
  ['JSAPI支付必须传openid', 'LACK_PARAMS'],
  ['appid and openid not match', 'PARAM_ERROR'],
  ['appid和openid不匹配', 'PARAM_ERROR'],
  ['受理机构必须传入sub_mch_id', 'LACK_PARAMS'],
  ['time_expire时间过短，刷卡至少1分钟，其他5分钟', 'PARAM_ERROR'],
  ['频率限制', 'FREQUENCY_LIMITED'],
  ['证书验证失败', 'CERT_ERROR'],
  ['沙箱支付金额(1)无效，请检查需要验收的case', 'PARAM_ERROR'],
  ['沙箱支付金额不正确，请确认验收case', 'PARAM_ERROR'],
  ['沙箱被扫支付金额(1)无效，请检查需要验证的case', 'PARAM_ERROR'],
  ['沙箱验证签名失败，请确认沙箱签名key是否正确（通过getsignkey调用生成）', 'SIGNERROR'],
  ['获取沙箱密钥失败，确认交易密钥是否正确', 'SIGNERROR'],
] as const;

const BILL_TEXTS = [
  ['sign error', 'SIGNERROR'],
  ['SIGN ERROR', 'SIGNERROR'],
  ['nonce_str too long', 'PARAM_ERROR'],
  ['invalid tar_type: Only GZIP supported', 'PARAM_ERROR'],
  ['invalid tar_type, Only GZIP supported', 'PARAM_ERROR'],
  ['invalid bill_type', 'PARAM_ERROR'],
  ['invalid bill_date', 'PARAM_ERROR'],
  ['require POST method', 'REQUIRE_POST_METHOD'],
  ['empty post data', 'POST_DATA_EMPTY'],
  ['data format error', 'XML_FORMAT_ERROR'],
  ['missing parameter', 'LACK_PARAMS'],
  ['invalid appid', 'APPID_NOT_EXIST'],
  ['invalid parameter', 'PARAM_ERROR'],
  ['No Bill Exist', 'NO_BILL_EXIST'],
  ['NO Bill Exist', 'NO_BILL_EXIST'],
  ['Bill Creating', 'BILL_CREATING'],
  ['system error', 'SYSTEMERROR'],
  ['System Error', 'SYSTEMERROR'],
  ['SYSTEMERROR', 'SYSTEMERROR'],
  ['CompressGZip Error', 'SYSTEMERROR'],
  ['UnCompressGZip Error', 'SYSTEMERROR'],
  ['当前商户号账单API权限已经关闭', 'NOAUTH'],
] as const;

test.each(TEXTS)('the refusal “%s” means %s', (text, code) => {
  expect(codeOfReturnMsg(OPERATIONS.unifiedorder, text)).toBe(code);
});

test.each(BILL_TEXTS)('the failed bill “%s” means %s', (text, code) => {
  expect(codeOfReturnMsg(OPERATIONS.downloadbill, text)).toBe(code);
  expect(OPERATIONS.downloadbill.codes).toHaveProperty([code]);
});

test('what a fund-flow bill was seen to say means a wrong parameter', () => {
  expect(codeOfReturnMsg(OPERATIONS.downloadfundflow, 'Param Error')).toBe('PARAM_ERROR');
});

test('a text that is a code of the operation stands for itself', () => {
  expect(codeOfReturnMsg(OPERATIONS.refund, 'ORDER_NOT_READY')).toBe('ORDER_NOT_READY');
  expect(codeOfReturnMsg(OPERATIONS.orderquery, 'ORDER_NOT_READY')).toBe('UNLISTED');
});

test.each(['', 'OK', '系统繁忙', '签名', '不是签名错误', 'no sign error here', 'constructor'])(
  'the text “%s” is unlisted and leaves a refund unknown',
  (text) => {
    const code = codeOfReturnMsg(OPERATIONS.refund, text);
    expect(code).toBe('UNLISTED');
    expect(codeRowOf(OPERATIONS.refund, code).outcome).toBe('unknown');
  },
);

test('every row matches its own example, and nothing before it does', () => {
  const firstMatches = RETURN_MSG_ROWS.map(({ example }) =>
    RETURN_MSG_ROWS.find(({ pattern }) => pattern.test(example)),
  );
  expect(firstMatches).toEqual(RETURN_MSG_ROWS);
});

test('every text has an answer', () => {
  fc.assert(
    fc.property(fc.constantFrom(...Object.values(OPERATIONS)), fc.string(), (operation, text) => {
      expect(codeOfReturnMsg(operation, text)).not.toBe('');
    }),
  );
});
