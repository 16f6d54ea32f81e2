/** Which trades a bill lists. `RECHARGE_REFUND` is about refunds from the merchant's own deposit. */
export type BillType = 'ALL' | 'SUCCESS' | 'REFUND' | 'RECHARGE_REFUND';

const TRADE = [
  '交易时间',
  '公众账号ID',
  '商户号',
  '特约商户号',
  '设备号',
  '微信订单号',
  '商户订单号',
  '用户标识',
  '交易类型',
  '交易状态',
  '付款银行',
  '货币种类',
  '应结订单金额',
  '代金券金额',
];
const REFUND_TIMES = ['退款申请时间', '退款成功时间'];
const REFUND = ['微信退款单号', '商户退款单号', '退款金额', '充值券退款金额', '退款类型', '退款状态'];
const GOODS_AND_FEE = ['商品名称', '商户数据包', '手续费', '费率'];
const REFUND_BILL = [...TRADE, ...REFUND_TIMES, ...REFUND, ...GOODS_AND_FEE, '订单金额', '申请退款金额', '费率备注'];

/**
 * The columns of trade bills as written since 2018. Readers find a column by its name, never by its place.
 * @see https://pay.weixin.qq.com/wiki/doc/api/jsapi.php?chapter=9_6
 */
export const TRADE_BILL_HEADERS: Readonly<Record<BillType, readonly string[]>> = {
  ALL: [...TRADE, ...REFUND, ...GOODS_AND_FEE, '订单金额', '申请退款金额', '费率备注'],
  SUCCESS: [...TRADE, ...GOODS_AND_FEE, '订单金额', '费率备注'],
  REFUND: REFUND_BILL,
  // Only that this column is there is documented, not its place.
  RECHARGE_REFUND: [...REFUND_BILL, '返还手续费'],
};

/** The columns of a trade bill's last part, the same for all types. */
export const TRADE_SUMMARY_HEADER: readonly string[] = [
  '总交易单数',
  '应结订单总金额',
  '退款总金额',
  '充值券退款总金额',
  '手续费总金额',
  '订单总金额',
  '申请退款总金额',
];

/**
 * The columns of a fund-flow bill (资金账单).
 * @see https://pay.weixin.qq.com/wiki/doc/api/jsapi.php?chapter=9_18
 */
export const FUND_FLOW_HEADER: readonly string[] = [
  '记账时间',
  '微信支付业务单号',
  '资金流水单号',
  '业务名称',
  '业务类型',
  '收支类型',
  '收支金额(元)',
  '账户结余(元)',
  '资金变更提交申请人',
  '备注',
  '业务凭证号',
];

/** The columns of a fund-flow bill's last part. */
export const FUND_FLOW_SUMMARY_HEADER: readonly string[] = [
  '资金流水总笔数',
  '收入笔数',
  '收入金额',
  '支出笔数',
  '支出金额',
];
