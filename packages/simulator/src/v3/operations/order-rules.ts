import type { SimTradeType } from '../../ledger/order.ts';
import type { World } from '../../world.ts';
import { type MemberRule, type MemberRules, text } from '../check-members.ts';
import type { V3Party } from '../operation.ts';

/** Which order is placed by which path. */
export type V3TradeType = Exclude<SimTradeType, 'MICROPAY'>;

/** A merchant's order number as APIv3 takes it. */
export const NUMBER = text('商户订单号', 32, 'required', { min: 6, pattern: /^[0-9a-zA-Z_\-|*]+$/ });
/** The gateway's own pattern: http is let through, a query is not. */
export const NOTIFY_PATTERN = /^https?:\/\/([^\s/?#[\]@]+@)?([^\s/?#@:]+)(?::\d{2,5})?([^\s?#[\]]*)$/;

const CURRENCY = text('货币类型', 16, 'optional', { pattern: /^CNY$/ });

const GOODS: MemberRule = {
  kind: 'object',
  label: '单品信息',
  need: 'required',
  members: {
    merchant_goods_id: text('商户侧商品编码', 32, 'required'),
    wechatpay_goods_id: text('微信支付商品编码', 32),
    wxpay_goods_id: text('微信支付商品编码', 32),
    goods_name: text('商品名称', 256),
    quantity: { kind: 'integer', label: '商品数量', need: 'required', min: 1 },
    unit_price: { kind: 'integer', label: '商品单价', need: 'required', min: 0 },
  },
};

const DETAIL: MemberRule = {
  kind: 'object',
  label: '优惠功能',
  need: 'optional',
  members: {
    cost_price: { kind: 'integer', label: '订单原价', need: 'optional', min: 0 },
    invoice_id: text('商品小票ID', 32),
    goods_detail: { kind: 'list', label: '单品列表', need: 'optional', min: 1, max: 6000, item: GOODS },
  },
};

const STORE: MemberRule = {
  kind: 'object',
  label: '商户门店信息',
  need: 'optional',
  members: {
    id: text('门店编号', 32, 'required'),
    name: text('门店名称', 256),
    area_code: text('地区编码', 32),
    address: text('详细地址', 512),
  },
};

/** Where on a phone a page is opened. */
export const H5: MemberRule = {
  kind: 'object',
  label: 'H5场景信息',
  need: 'required',
  members: {
    type: text('场景类型', 32, 'required'),
    app_name: text('应用名称', 64),
    app_url: text('网站URL', 128),
    bundle_id: text('iOS平台BundleID', 128),
    package_name: text('Android平台PackageName', 128),
  },
};

const sceneOf = (tradeType: V3TradeType): MemberRule => ({
  kind: 'object',
  label: '场景信息',
  need: tradeType === 'MWEB' ? 'required' : 'optional',
  members: {
    payer_client_ip: text('用户终端IP', 45, 'required'),
    device_id: text('商户端设备号', 32),
    store_info: STORE,
    ...(tradeType === 'MWEB' ? { h5_info: H5 } : {}),
  },
});

function partyRules(party: V3Party, tradeType: V3TradeType): MemberRules {
  const openid = text('用户标识', 128, 'required');
  const ordinary = {
    appid: text('公众号ID', 32, 'required'),
    mchid: text('商户号', 32, 'required'),
    ...payerRule(tradeType, { openid }),
  };
  if (party === 'ordinary') return ordinary;
  return {
    sp_appid: text('服务商应用ID', 32, 'required'),
    sp_mchid: text('服务商户号', 32, 'required'),
    sub_appid: text('子商户应用ID', 32),
    sub_mchid: text('子商户号', 32, 'required'),
    ...payerRule(tradeType, { sp_openid: text('用户服务标识', 128), sub_openid: text('用户子标识', 128) }),
  };
}

const payerRule = (tradeType: V3TradeType, members: MemberRules): MemberRules =>
  tradeType === 'JSAPI' ? { payer: { kind: 'object', label: '支付者', need: 'required', members } } : {};

/** The body of an order, by path and party. */
export function orderRules(party: V3Party, tradeType: V3TradeType, { switches }: World): MemberRules {
  return {
    ...partyRules(party, tradeType),
    description: text('商品描述', 127, 'required', { unit: switches.v3DescriptionLength }),
    out_trade_no: NUMBER,
    time_expire: text('交易结束时间', 64, 'optional', { form: 'rfc3339' }),
    attach: text('附加数据', 128),
    notify_url: text('通知地址', 255, 'required', { pattern: NOTIFY_PATTERN }),
    goods_tag: text('订单优惠标记', 32),
    support_fapiao: { kind: 'flag', label: '电子发票入口开放标识', need: 'optional' },
    limit_pay: { kind: 'list', label: '指定支付方式', need: 'optional', min: 0, max: 8, item: text('支付方式', 32) },
    amount: {
      kind: 'object',
      label: '订单金额',
      need: 'required',
      members: { total: { kind: 'integer', label: '总金额', need: 'required', min: 1 }, currency: CURRENCY },
    },
    detail: DETAIL,
    scene_info: sceneOf(tradeType),
    settle_info: {
      kind: 'object',
      label: '结算信息',
      need: 'optional',
      members: { profit_sharing: { kind: 'flag', label: '是否指定分账', need: 'optional' } },
    },
  };
}
