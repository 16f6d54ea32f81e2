import type { World } from '../../world.ts';
import { type MemberRule, type MemberRules, text } from '../check-members.ts';
import { H5, NOTIFY_PATTERN, NUMBER, type V3TradeType } from '../operations/order-rules.ts';

const PARTS_MIN = 2;
const PARTS_MAX = 10;

/** Unlike in single orders, the attach and the currency of a part are required. */
const partRule = ({ switches }: World): MemberRule => ({
  kind: 'object',
  label: '子单信息',
  need: 'required',
  members: {
    mchid: text('子单商户号', 32, 'required'),
    attach: text('附加数据', 128, 'required'),
    amount: {
      kind: 'object',
      label: '订单金额',
      need: 'required',
      members: {
        total_amount: { kind: 'integer', label: '标价金额', need: 'required', min: 1 },
        currency: text('标价币种', 8, 'required', { pattern: /^CNY$/ }),
      },
    },
    out_trade_no: NUMBER,
    description: text('商品描述', 127, 'required', { unit: switches.v3DescriptionLength }),
    settle_info: {
      kind: 'object',
      label: '结算信息',
      need: 'optional',
      members: { profit_sharing: { kind: 'flag', label: '是否指定分账', need: 'optional' } },
    },
    goods_tag: text('订单优惠标记', 32),
  },
});

const partsOf = (item: MemberRule): MemberRule => ({
  kind: 'list',
  label: '子单信息',
  need: 'required',
  min: PARTS_MIN,
  max: PARTS_MAX,
  item,
});

/** The body of a combined order. */
export const combineRules = (tradeType: V3TradeType, world: World): MemberRules => ({
  combine_appid: text('合单发起方的appid', 32, 'required'),
  combine_mchid: text('合单发起方商户号', 32, 'required'),
  combine_out_trade_no: NUMBER,
  scene_info: {
    kind: 'object',
    label: '场景信息',
    need: tradeType === 'MWEB' ? 'required' : 'optional',
    members: {
      device_id: text('商户端设备号', 16),
      payer_client_ip: text('用户终端IP', 45, 'required'),
      ...(tradeType === 'MWEB' ? { h5_info: H5 } : {}),
    },
  },
  sub_orders: partsOf(partRule(world)),
  ...(tradeType === 'JSAPI'
    ? {
        combine_payer_info: {
          kind: 'object',
          label: '支付者信息',
          need: 'required',
          members: { openid: text('用户标识', 128, 'required') },
        },
      }
    : {}),
  time_expire: text('交易结束时间', 64, 'optional', { form: 'rfc3339' }),
  notify_url: text('通知地址', 255, 'required', { pattern: NOTIFY_PATTERN }),
});

/** The body of closing one: exactly its parts. */
export const COMBINE_CLOSE_RULES: MemberRules = {
  combine_appid: text('合单发起方的appid', 32, 'required'),
  sub_orders: partsOf({
    kind: 'object',
    label: '子单信息',
    need: 'required',
    members: { mchid: text('子单商户号', 32, 'required'), out_trade_no: text('子单商户订单号', 32, 'required') },
  }),
};
