import type { V3Code, V3Failure } from './outcome.ts';

/** The languages of messages; the first where a request asks for none of them. */
export type Language = 'zh-CN' | 'en' | 'zh-HK' | 'zh-TW';

/** What a code means, to those who do not read the simplified characters in which the gateway says more. */
const TEXTS = {
  PARAM_ERROR: ['Parameter error', '參數錯誤'],
  INVALID_REQUEST: ['Invalid request', '無效請求'],
  APPID_MCHID_NOT_MATCH: ['The appid does not match the mchid', 'appid和mch_id不匹配'],
  MCH_NOT_EXISTS: ['The merchant does not exist', '商戶號不存在'],
  ORDER_PAID: ['The order is paid', '訂單已支付'],
  ORDER_CLOSED: ['The order is closed', '訂單已關閉'],
  NO_STATEMENT_EXIST: ['The bill does not exist', '賬單文件不存在'],
  STATEMENT_CREATING: ['The bill is being created', '賬單生成中'],
  SIGN_ERROR: ['Signature error', '簽名錯誤'],
  NO_AUTH: ['No permission', '商戶無權限'],
  NOT_ENOUGH: ['Insufficient balance', '餘額不足'],
  OUT_TRADE_NO_USED: ['The order number has been used', '商戶訂單號重複'],
  RULE_LIMIT: ['Limited by a business rule', '業務規則限制'],
  TRADE_ERROR: ['Transaction error', '交易錯誤'],
  ORDER_NOT_EXIST: ['The order does not exist', '訂單不存在'],
  RESOURCE_NOT_EXISTS: ['The resource does not exist', '查詢的資源不存在'],
  FREQUENCY_LIMITED: ['Too many requests', '頻率超限'],
  OPENID_MISMATCH: ['The openid does not match the appid', 'openid和appid不匹配'],
  SYSTEM_ERROR: ['System error', '系統錯誤'],
  BANK_ERROR: ['Bank system error', '銀行系統異常'],
} as const satisfies Readonly<Record<V3Code, Text>>;

type Text = readonly [english: string, traditional: string];

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
  const [english, traditional] = TEXT_OF.get(code) ?? [message, message];
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
