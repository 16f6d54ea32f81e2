import type { OperationRow } from '../operation.ts';
import { UNLISTED } from './code-row-of.ts';

/** A text of a `return_code` FAIL answer, which has no code of its own. */
export interface ReturnMsgRow {
  /** The whole text. */
  readonly pattern: RegExp;
  /** One text as it was observed or documented. */
  readonly example: string;
  /** The code that means the same. */
  readonly code: string;
}

/**
 * Most parameter errors are in practice no `err_code` but a text. First match wins.
 * @see https://pay.weixin.qq.com/wiki/doc/api/jsapi.php?chapter=9_1
 */
export const RETURN_MSG_ROWS: readonly ReturnMsgRow[] = [
  { pattern: /^签名错误/, example: '签名错误，请检查后再试', code: 'SIGNERROR' },
  { pattern: /^sign error$/i, example: 'sign error', code: 'SIGNERROR' },
  {
    pattern: /^沙箱验证签名失败/,
    example: '沙箱验证签名失败，请确认沙箱签名key是否正确（通过getsignkey调用生成）',
    code: 'SIGNERROR',
  },
  { pattern: /^获取沙箱密钥失败/, example: '获取沙箱密钥失败，确认交易密钥是否正确', code: 'SIGNERROR' },
  { pattern: /^XML格式错误/i, example: 'XML格式错误', code: 'XML_FORMAT_ERROR' },
  { pattern: /^data format error$/i, example: 'data format error', code: 'XML_FORMAT_ERROR' },
  { pattern: /^缺少参数/, example: '缺少参数', code: 'LACK_PARAMS' },
  { pattern: /^missing parameter$/i, example: 'missing parameter', code: 'LACK_PARAMS' },
  { pattern: /必须传(入)?[a-z_]+$/, example: 'JSAPI支付必须传openid', code: 'LACK_PARAMS' },
  { pattern: /^[a-z_]+参数长度有误/, example: 'nonce_str参数长度有误', code: 'PARAM_ERROR' },
  { pattern: /^[a-z_]+参数格式错误/, example: 'mch_id参数格式错误', code: 'PARAM_ERROR' },
  { pattern: /^time_expire时间过短/, example: 'time_expire时间过短，刷卡至少1分钟，其他5分钟', code: 'PARAM_ERROR' },
  {
    pattern: /^appid(?: and |和)openid(?: not match|不匹配)$/,
    example: 'appid and openid not match',
    code: 'PARAM_ERROR',
  },
  { pattern: /^沙箱(被扫)?支付金额/, example: '沙箱支付金额(1)无效，请检查需要验收的case', code: 'PARAM_ERROR' },
  { pattern: /^param error$/i, example: 'Param Error', code: 'PARAM_ERROR' },
  { pattern: /^invalid appid$/i, example: 'invalid appid', code: 'APPID_NOT_EXIST' },
  { pattern: /^invalid /i, example: 'invalid tar_type: Only GZIP supported', code: 'PARAM_ERROR' },
  { pattern: /^nonce_str too long$/i, example: 'nonce_str too long', code: 'PARAM_ERROR' },
  { pattern: /产品权限未开通/, example: '商户号该产品权限未开通，请前往商户平台>产品中心检查后重试', code: 'NOAUTH' },
  { pattern: /账单API权限已经关闭$/, example: '当前商户号账单API权限已经关闭', code: 'NOAUTH' },
  { pattern: /^证书验证失败/, example: '证书验证失败', code: 'CERT_ERROR' },
  { pattern: /^频率限制/, example: '频率限制', code: 'FREQUENCY_LIMITED' },
  { pattern: /^require POST method$/i, example: 'require POST method', code: 'REQUIRE_POST_METHOD' },
  { pattern: /^empty post data$/i, example: 'empty post data', code: 'POST_DATA_EMPTY' },
  { pattern: /^no bill exist$/i, example: 'No Bill Exist', code: 'NO_BILL_EXIST' },
  { pattern: /^bill creating$/i, example: 'Bill Creating', code: 'BILL_CREATING' },
  { pattern: /^(?:system ?error|(?:un)?compressgzip error)$/i, example: 'system error', code: 'SYSTEMERROR' },
];

/**
 * The code that a `return_msg` stands for, or {@link UNLISTED}. A text that is itself a code of the operation stands
 * for itself.
 */
export function codeOfReturnMsg(operation: Pick<OperationRow, 'codes'>, returnMsg: string): string {
  const text = returnMsg.trim();
  if (Object.hasOwn(operation.codes, text)) return text;
  return RETURN_MSG_ROWS.find((row) => row.pattern.test(text))?.code ?? UNLISTED;
}
