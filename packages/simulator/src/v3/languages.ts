import type { V3Code, V3Failure } from './outcome.ts';

/** The languages of messages; the first where a request asks for none of them. */
export type Language = 'zh-CN' | 'en' | 'zh-HK' | 'zh-TW';

/** What a code means. */
const TEXTS = {
  PARAM_ERROR: ['参数错误', 'Parameter error', '參數錯誤'],
  INVALID_REQUEST: ['无效请求', 'Invalid request', '無效請求'],
  APPID_MCHID_NOT_MATCH: [
    'appid和mch_id不匹配，请检查后再试',
    'The appid does not match the mchid',
    'appid和mch_id不匹配',
  ],
  MCH_NOT_EXISTS: ['商户号不存在', 'The merchant does not exist', '商戶號不存在'],
  ORDER_PAID: ['订单已支付', 'The order is paid', '訂單已支付'],
  ORDER_CLOSED: ['订单已关闭', 'The order is closed', '訂單已關閉'],
  NO_STATEMENT_EXIST: ['请求的账单文件不存在', 'The bill does not exist', '賬單文件不存在'],
  STATEMENT_CREATING: ['账单生成中', 'The bill is being created', '賬單生成中'],
  SIGN_ERROR: ['签名错误', 'Signature error', '簽名錯誤'],
  NO_AUTH: ['商户无权限', 'No permission', '商戶無權限'],
  NOT_ENOUGH: ['余额不足', 'Insufficient balance', '餘額不足'],
  OUT_TRADE_NO_USED: ['商户订单号重复', 'The order number has been used', '商戶訂單號重複'],
  RULE_LIMIT: ['业务规则限制', 'Limited by a business rule', '業務規則限制'],
  TRADE_ERROR: ['交易错误', 'Transaction error', '交易錯誤'],
  ORDER_NOT_EXIST: ['订单不存在', 'The order does not exist', '訂單不存在'],
  RESOURCE_NOT_EXISTS: ['查询的资源不存在', 'The resource does not exist', '查詢的資源不存在'],
  FREQUENCY_LIMITED: ['频率超限', 'Too many requests', '頻率超限'],
  OPENID_MISMATCH: ['appid与openid不匹配', 'The openid does not match the appid', 'openid和appid不匹配'],
  SYSTEM_ERROR: ['系统异常，请稍后重试', 'System error', '系統錯誤'],
  BANK_ERROR: ['银行系统异常', 'Bank system error', '銀行系統異常'],
} as const satisfies Readonly<Record<V3Code, Text>>;

type Text = readonly [simplified: string, english: string, traditional: string];

const TEXT_OF: ReadonlyMap<string, Text> = new Map(Object.entries(TEXTS));

const LANGUAGES: ReadonlyMap<string, Language> = new Map([
  ['zh-cn', 'zh-CN'],
  ['en', 'en'],
  ['zh-hk', 'zh-HK'],
  ['zh-tw', 'zh-TW'],
]);

/** The first language of an Accept-Language that the gateway speaks. */
export function languageOf(header = ''): Language {
  for (const part of header.split(',')) {
    const language = LANGUAGES.get(part.replace(/;.*$/, '').trim().toLowerCase());
    if (language !== undefined) return language;
  }
  return 'zh-CN';
}

/** The message of an error: in Chinese as it stands, in other languages the meaning of its code. */
export function messageIn(language: Language, { code, message }: Pick<V3Failure, 'code' | 'message'>): string {
  const [, english, traditional] = TEXT_OF.get(code) ?? [message, message, message];
  switch (language) {
    case 'zh-CN':
      return message;
    case 'en':
      return english;
    case 'zh-HK':
    case 'zh-TW':
      return traditional;
  }
}

/** What a code means in simplified Chinese. */
export const meaningOf = (code: V3Code): string => TEXTS[code][0];
