import type { Fen } from '../values/fen.ts';
import { ok } from '../values/result.ts';
import { jsonArray, jsonObject, jsonText } from './field-json.ts';
import { fenAmount, optional, positiveCount, text } from './field-kinds.ts';
import type { SentTable } from './field-table.ts';

/** One kind of goods of an order, for single-item discounts (单品优惠). */
export interface Goods {
  /** The merchant's own number of the goods. */
  readonly goodsId: string;
  /** WeChat Pay's number of the goods. */
  readonly wxpayGoodsId?: string;
  readonly goodsName?: string;
  readonly quantity: number;
  /** The price of one piece. */
  readonly priceFen: Fen;
  readonly goodsCategory?: string;
  readonly body?: string;
}

/** What an order consists of, sent as JSON in `detail`. */
export interface GoodsDetail {
  /** The price of the order before single-item discounts. */
  readonly costPriceFen?: Fen;
  readonly receiptId?: string;
  readonly goods: readonly Goods[];
}

/** One kind of goods that is given back, for refunds of orders with single-item discounts. */
export interface RefundGoods {
  readonly goodsId: string;
  readonly wxpayGoodsId?: string;
  readonly goodsName?: string;
  /** What goes back for all pieces of this kind. */
  readonly refundFen: Fen;
  readonly refundQuantity: number;
  /** The price of one piece. */
  readonly priceFen: Fen;
}

const DETAIL_BYTES_MAX = 6000;

const GOODS: SentTable<Goods> = {
  goodsId: text(32)('goods_id'),
  wxpayGoodsId: optional(text(32))('wxpay_goods_id'),
  goodsName: optional(text(256))('goods_name'),
  quantity: positiveCount('quantity'),
  priceFen: fenAmount('price'),
  goodsCategory: optional(text(32))('goods_category'),
  body: optional(text(1000))('body'),
};

const REFUND_GOODS: SentTable<RefundGoods> = {
  goodsId: text(32)('goods_id'),
  wxpayGoodsId: optional(text(32))('wxpay_goods_id'),
  goodsName: optional(text(256))('goods_name'),
  refundFen: fenAmount('refund_amount'),
  refundQuantity: positiveCount('refund_quantity'),
  priceFen: fenAmount('price'),
};

const ORDER: SentTable<Omit<GoodsDetail, 'goods'>> = {
  costPriceFen: optional(fenAmount)('cost_price'),
  receiptId: optional(text(32))('receipt_id'),
};

/** `detail` of unifiedorder and micropay. */
export const goodsDetail = jsonText<GoodsDetail>(DETAIL_BYTES_MAX, ({ goods, ...order }) => {
  const list = jsonArray(GOODS, goods);
  if (!list.ok) return list;
  const head = jsonObject(ORDER, order);
  return head.ok ? ok({ ...head.value, goods_detail: list.value }) : head;
});

/** `detail` of refundv2. */
export const refundGoodsDetail = jsonText<readonly RefundGoods[]>(DETAIL_BYTES_MAX, (goods) => {
  const list = jsonArray(REFUND_GOODS, goods);
  return list.ok ? ok({ goods_detail: list.value }) : list;
});
