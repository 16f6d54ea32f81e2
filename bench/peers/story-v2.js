import { has, refused } from './expect.js';

/** Amounts in fen. */
const TOTAL = '1000';
const PART = '300';
const TOO_MUCH = '900';

/**
 * What every peer is led through, in order, and what WeChat Pay would show it at each step. `expect` gets the fields that
 * the peer saw (or `{ refused }`) and those of earlier steps by name, and returns what is wrong, or nothing.
 */
export function storyOf(index) {
  const [paid, closed] = [`PEER${index}PAID`, `PEER${index}CLOSED`];
  return [...payAndRefund(paid), ...close({ paid, closed }), ...mistakes(paid)];
}

const payAndRefund = (paid) => [
  {
    name: 'create',
    call: ['unifiedorder', order(paid)],
    expect: (seen) =>
      has(seen, { prepay_id: /^wx/, code_url: /^weixin:\/\/wxpay\/bizpayurl\?pr=/, trade_type: 'NATIVE' }),
  },
  {
    name: 'query: unpaid',
    call: ['orderquery', { out_trade_no: paid }],
    expect: (seen) => has(seen, { trade_state: 'NOTPAY' }),
  },
  { name: 'the payer pays', control: () => ['POST', `attempts/${paid}/pay`] },
  {
    name: 'query: paid',
    call: ['orderquery', { out_trade_no: paid }],
    expect: (seen) =>
      has(seen, { trade_state: 'SUCCESS', total_fee: TOTAL, transaction_id: /^[0-9]{28}$/, time_end: /^[0-9]{14}$/ }),
  },
  {
    name: 'refund',
    call: ['refund', refund(paid, 'A', PART)],
    expect: (seen) => has(seen, { refund_id: /^[0-9]+$/, refund_fee: PART }),
  },
  {
    name: 'refund repeated',
    call: ['refund', refund(paid, 'A', PART)],
    expect: (seen, earlier) => has(seen, { refund_id: earlier.refund.refund_id, refund_fee: PART }),
  },
  {
    name: 'query refund',
    call: ['refundquery', { out_refund_no: `${paid}A` }],
    expect: (seen) =>
      has(seen, {
        refund_count: '1',
        out_refund_no_0: `${paid}A`,
        refund_fee_0: PART,
        refund_status_0: /^(?:PROCESSING|SUCCESS)$/,
      }),
  },
  {
    name: 'query: refunded',
    call: ['orderquery', { out_trade_no: paid }],
    expect: (seen) => has(seen, { trade_state: 'REFUND', total_fee: TOTAL }),
  },
  {
    name: 'refund too large',
    call: ['refund', refund(paid, 'B', TOO_MUCH)],
    expect: (seen) => refused(seen, /^(?:ERROR|INVALID_REQUEST|PARAM_ERROR)$/),
  },
];

const close = ({ paid, closed }) => [
  {
    name: 'close a paid order',
    call: ['closeorder', { out_trade_no: paid }],
    expect: (seen) => refused(seen, /^ORDERPAID$/),
  },
  { name: 'create another', call: ['unifiedorder', order(closed)], expect: (seen) => has(seen, { prepay_id: /^wx/ }) },
  {
    name: 'close',
    call: ['closeorder', { out_trade_no: closed }],
    expect: (seen) => has(seen, { result_code: 'SUCCESS' }),
  },
  {
    name: 'query: closed',
    call: ['orderquery', { out_trade_no: closed }],
    expect: (seen) => has(seen, { trade_state: 'CLOSED' }),
  },
  // Documented is ORDERCLOSED; what the gateway was seen to answer is SUCCESS.
  {
    name: 'close again',
    call: ['closeorder', { out_trade_no: closed }],
    expect: (seen) => has(seen, { result_code: 'SUCCESS' }),
  },
];

const mistakes = (paid) => [
  {
    name: 'query an unknown number',
    call: ['orderquery', { out_trade_no: `${paid}X` }],
    expect: (seen) => refused(seen, /^ORDERNOTEXIST$/),
  },
  {
    name: 'wrong key',
    who: 'stranger',
    call: ['orderquery', { out_trade_no: paid }],
    expect: (seen) => refused(seen, /签名错误|return_code's value is FAIL/),
  },
];

const order = (outTradeNo) => ({
  out_trade_no: outTradeNo,
  body: '测试商品 & more',
  total_fee: TOTAL,
  trade_type: 'NATIVE',
  product_id: 'P1',
  spbill_create_ip: '127.0.0.1',
  // Nobody listens there; the simulator goes on trying, and the story does not need notices.
  notify_url: 'http://127.0.0.1:9/notify',
});

const refund = (outTradeNo, part, fee) => ({
  out_trade_no: outTradeNo,
  out_refund_no: `${outTradeNo}${part}`,
  total_fee: TOTAL,
  refund_fee: fee,
});
