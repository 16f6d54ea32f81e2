import type { Outcome } from '../operations/operation.ts';

/** Why a message is refused before its business is looked at. All of these answers are unsigned. */
export type Refusal =
  | 'method'
  | 'empty-body'
  | 'not-xml'
  | 'wrong-root'
  | 'field-missing'
  | 'field-too-long'
  | 'mchid-format'
  | 'unknown-mchid'
  | 'unknown-appid'
  | 'appid-not-bound'
  | 'bad-signature'
  | 'wrong-certificate'
  | 'rate'
  | 'sub-mchid-missing';

type Texts = Readonly<Record<Refusal, string>>;

/**
 * The texts of the operations about orders, as captured; where no capture exists, in the words of the documented code.
 * `$field` stands for the field at fault.
 */
const ORDER_TEXTS: Texts = {
  method: 'require POST method',
  'empty-body': 'post数据为空',
  'not-xml': 'XML格式错误',
  'wrong-root': 'mch_id参数格式错误',
  'field-missing': '$field参数长度有误',
  'field-too-long': '$field参数长度有误',
  'mchid-format': 'mch_id参数格式错误',
  'unknown-mchid': '商户号mch_id或sub_mch_id不存在',
  'unknown-appid': 'appid不存在',
  'appid-not-bound': '商户号mch_id与appid不匹配',
  'bad-signature': '签名错误，请检查后再试',
  'wrong-certificate': '证书验证失败',
  rate: '频率限制',
  'sub-mchid-missing': '受理机构必须传入sub_mch_id',
};

/** Bills speak English and carry a number. */
const BILL_TEXTS: Texts = {
  ...ORDER_TEXTS,
  'empty-body': 'empty post data',
  'not-xml': 'data format error',
  'wrong-root': 'missing parameter',
  'field-missing': 'missing parameter',
  'field-too-long': '$field too long',
  'mchid-format': 'missing parameter',
  'unknown-mchid': 'invalid parameter',
  'unknown-appid': 'invalid appid',
  'appid-not-bound': 'invalid appid',
  'bad-signature': 'sign error',
};

const SANDBOX_TEXTS: Texts = {
  ...ORDER_TEXTS,
  'bad-signature': '沙箱验证签名失败，请确认沙箱签名key是否正确（通过getsignkey调用生成）',
};

const SIGN_KEY_TEXTS: Texts = { ...ORDER_TEXTS, 'bad-signature': '获取沙箱密钥失败，确认交易密钥是否正确' };

/** The texts of a refusal, by the family of the operation. */
export const REFUSAL_TEXTS = {
  order: ORDER_TEXTS,
  bill: BILL_TEXTS,
  sandbox: SANDBOX_TEXTS,
  'sign-key': SIGN_KEY_TEXTS,
} as const;

/** The number beside every refusal of a bill. */
const BILL_PARAMETER_ERROR = '20001';

type RefusedOutcome = Extract<Outcome, { kind: 'refused' }>;

/** What the caller is told. */
export function refusalOutcome(family: keyof typeof REFUSAL_TEXTS, refusal: Refusal, field = ''): RefusedOutcome {
  const text = REFUSAL_TEXTS[family][refusal].replace('$field', field);
  return family === 'bill' ? { kind: 'refused', text, errorCode: BILL_PARAMETER_ERROR } : { kind: 'refused', text };
}
