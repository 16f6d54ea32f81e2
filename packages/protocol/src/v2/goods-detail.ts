import type { Fen } from '../values/fen.ts';
import { jsonText } from './field-kinds.ts';

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

/** `detail` of unifiedorder and micropay. */
export const goodsDetail = jsonText<GoodsDetail>(DETAIL_BYTES_MAX, ({ costPriceFen, receiptId, goods }) => ({
  cost_price: costPriceFen,
  receipt_id: receiptId,
  goods_detail: goods.map((item) => ({
    goods_id: item.goodsId,
    wxpay_goods_id: item.wxpayGoodsId,
    goods_name: item.goodsName,
    quantity: item.quantity,
    price: item.priceFen,
    goods_category: item.goodsCategory,
    body: item.body,
  })),
}));

/** `detail` of refundv2. */
export const refundGoodsDetail = jsonText<readonly RefundGoods[]>(DETAIL_BYTES_MAX, (goods) => ({
  goods_detail: goods.map((item) => ({
    goods_id: item.goodsId,
    wxpay_goods_id: item.wxpayGoodsId,
    goods_name: item.goodsName,
    refund_amount: item.refundFen,
    refund_quantity: item.refundQuantity,
    price: item.priceFen,
  })),
}));
