import type { Goods, GoodsDetail, RefundGoods } from '../v2/goods-detail.ts';
import type { StoreScene } from '../v2/scene-info.ts';
import {
  fenAmount,
  limited,
  type MakeSentMember,
  optional,
  positiveCount,
  sentList,
  sentObject,
  text,
} from './json/json-kinds.ts';
import type { SentJsonTable } from './json/json-table.ts';

/** One kind of goods of an order. */
export type V3Goods = Omit<Goods, 'goodsCategory' | 'body'>;

/** What an order consists of. `receiptId` is sent as `invoice_id`. */
export interface V3GoodsDetail extends Omit<GoodsDetail, 'goods'> {
  /** Where `detail` names goods at all, at least one. */
  readonly goods?: readonly V3Goods[];
}

const DETAIL_BYTES_MAX = 6144;
const GOODS_COUNT = { countMin: 1, countMax: 6000 };

/** The payment by code spells one member otherwise than the other products. */
const detailOf = (wxpayGoodsId: 'wechatpay_goods_id' | 'wxpay_goods_id'): MakeSentMember<V3GoodsDetail> => {
  const goods: SentJsonTable<V3Goods> = {
    goodsId: text(32)('merchant_goods_id'),
    wxpayGoodsId: optional(text(32))(wxpayGoodsId),
    goodsName: optional(text(256))('goods_name'),
    quantity: positiveCount('quantity'),
    priceFen: fenAmount('unit_price'),
  };
  const detail: SentJsonTable<V3GoodsDetail> = {
    costPriceFen: optional(fenAmount)('cost_price'),
    receiptId: optional(text(32))('invoice_id'),
    goods: optional(sentList(goods, GOODS_COUNT))('goods_detail'),
  };
  return limited(DETAIL_BYTES_MAX, sentObject(detail));
};

/** `detail` of orders. */
export const goodsDetail = detailOf('wechatpay_goods_id');
/** `detail` of payments by code. */
export const codepayGoodsDetail = detailOf('wxpay_goods_id');

const REFUND_GOODS: SentJsonTable<RefundGoods> = {
  goodsId: text(32)('merchant_goods_id'),
  wxpayGoodsId: optional(text(32))('wechatpay_goods_id'),
  goodsName: optional(text(256))('goods_name'),
  priceFen: fenAmount('unit_price'),
  refundFen: fenAmount('refund_amount'),
  refundQuantity: positiveCount('refund_quantity'),
};

/** `goods_detail` of refunds. */
export const refundGoods: MakeSentMember<readonly RefundGoods[]> = sentList(REFUND_GOODS, GOODS_COUNT);

const STORE: SentJsonTable<StoreScene> = {
  storeId: text(32)('id'),
  name: optional(text(256))('name'),
  areaCode: optional(text(32))('area_code'),
  address: optional(text(512))('address'),
};

/** `scene_info.store_info` of orders. */
export const storeInfo: MakeSentMember<StoreScene> = sentObject(STORE);
