import { describe, expect, test } from 'vitest';
import { APPID, MCHID, merchantOf } from '../../testing/raw-merchant.ts';
import { openByHand, stageV3 } from '../../testing/v3-merchant.ts';
import { textAt } from '../json.ts';

const OTHER = '1900000109';
const OPENID = 'oUpF8uMuAJO_M2pxb1Q9zNjWeS6o';
const DAY_MS = 24 * 60 * 60 * 1000;
const PLACE = '/v3/combine-transactions/native';
const QUERY = '/v3/combine-transactions/out-trade-no/WHOLE1';
const PARTS = [
  { mchid: MCHID, out_trade_no: 'PART-A' },
  { mchid: OTHER, out_trade_no: 'PART-B' },
];

const part = (mchid: string, number: string, total: number) => ({
  mchid,
  attach: '深圳分店',
  amount: { total_amount: total, currency: 'CNY' },
  out_trade_no: number,
  description: '腾讯充值中心-QQ会员充值',
});

const combineBody = (more: Readonly<Record<string, unknown>> = {}) => ({
  combine_appid: APPID,
  combine_mchid: MCHID,
  combine_out_trade_no: 'WHOLE1',
  sub_orders: [part(MCHID, 'PART-A', 10), part(OTHER, 'PART-B', 20)],
  notify_url: 'http://127.0.0.1:9/notify',
  ...more,
});

const stage = async () => {
  const staged = await stageV3();
  staged.world.merchants.set(OTHER, merchantOf(OTHER, APPID));
  const { world, post, get, simulator } = staged;
  return {
    ...staged,
    placeWhole: (more = {}) => post(PLACE, combineBody(more)),
    queryWhole: () => get(QUERY),
    closeWhole: (parts = PARTS) => post(`${QUERY}/close`, { combine_appid: APPID, sub_orders: parts }),
    states: () => PARTS.map(({ mchid, out_trade_no }) => world.ledger.order(mchid, out_trade_no)?.state),
    pay: async (name = { outTradeNo: 'WHOLE1' }) => {
      const paid = staged.payer.pay(name, { openid: 'oPayer' });
      await simulator.notices.settled();
      return paid;
    },
  };
};

describe('placing a combined order', () => {
  test.each([
    ['jsapi', { combine_payer_info: { openid: OPENID } }, 'prepay_id'],
    ['app', {}, 'prepay_id'],
    ['native', {}, 'code_url'],
    ['h5', { scene_info: { payer_client_ip: '14.23.150.211', h5_info: { type: 'iOS' } } }, 'h5_url'],
  ])('by %s puts every part into the book and answers with one handle', async (product, more, member) => {
    const { post, states } = await stage();
    const answer = await post(`/v3/combine-transactions/${product}`, combineBody(more));
    expect([answer.status, Object.keys(answer.json), answer.sign]).toEqual([200, [member], 'certificate']);
    expect(states()).toEqual(['NOTPAY', 'NOTPAY']);
  });

  test.each([
    [{ sub_orders: [part(MCHID, 'PART-A', 10)] }, 400, 'PARAM_ERROR'],
    [{ sub_orders: [part(MCHID, 'PART-A', 10), { ...part(OTHER, 'PART-B', 20), attach: '' }] }, 400, 'PARAM_ERROR'],
    [{ sub_orders: [part(MCHID, 'PART-A', 10), part(MCHID, 'PART-A', 20)] }, 400, 'INVALID_REQUEST'],
    [{ sub_orders: [part(MCHID, 'PART-A', 10), part('1999999999', 'PART-B', 20)] }, 400, 'MCH_NOT_EXISTS'],
    [{ combine_mchid: OTHER }, 400, 'PARAM_ERROR'],
    [{ combine_appid: 'wx0000000000000001' }, 400, 'APPID_MCHID_NOT_MATCH'],
  ])('puts nothing into the book when it is refused for %j', async (more, status, code) => {
    const { placeWhole, world } = await stage();
    const answer = await placeWhole(more);
    expect([answer.status, answer.json['code']]).toEqual([status, code]);
    expect(world.ledger.orders()).toEqual([]);
  });

  test('refuses an openid of another appid with a code of its own', async () => {
    const { post, world } = await stage();
    world.openids.set(OPENID, 'wx0000000000000001');
    const body = combineBody({ combine_payer_info: { openid: OPENID } });
    const answer = await post('/v3/combine-transactions/jsapi', body);
    expect([answer.status, answer.json['code']]).toEqual([500, 'OPENID_MISMATCH']);
  });

  test('again with the same content gives a new handle, with other content is refused', async () => {
    const { placeWhole, payer } = await stage();
    const first = await placeWhole();
    const again = await placeWhole();
    expect([again.status, again.text === first.text]).toEqual([200, false]);
    expect((await placeWhole({ notify_url: 'http://127.0.0.1:9/other' })).json['code']).toBe('OUT_TRADE_NO_USED');
    payer.pay({ outTradeNo: 'WHOLE1' });
    expect((await placeWhole()).json['code']).toBe('ORDERPAID');
  });

  test('refuses the number of any order that is there already, and its parts are used numbers as well', async () => {
    const { place, placeWhole, world } = await stage();
    await place('PART-A');
    expect((await placeWhole()).status).toBe(403);
    expect(world.ledger.order(OTHER, 'PART-B')).toBeUndefined();
    await placeWhole({ sub_orders: [part(MCHID, 'PART-C', 10), part(OTHER, 'PART-B', 20)] });
    expect((await place('PART-C')).json['code']).toBe('OUT_TRADE_NO_USED');
  });

  test('moves time_expire to seven days at most, and unpaid parts are closed by age', async () => {
    const { placeWhole, world, states, simulator } = await stage();
    await placeWhole({ time_expire: '2030-01-01T00:00:00Z' });
    expect((world.ledger.order(MCHID, 'PART-A')?.expiresAtMs ?? 0) - world.clock.nowMs()).toBe(7 * DAY_MS);
    await simulator.clock.advance(7 * DAY_MS);
    expect(states()).toEqual(['CLOSED', 'CLOSED']);
  });
});

describe('paying a combined order', () => {
  test('pays all parts at once, by the number of the whole or of a part, each with its own transaction', async () => {
    const { placeWhole, pay, world, queryWhole } = await stage();
    await placeWhole({ scene_info: { payer_client_ip: '14.23.150.211', device_id: 'POS1' } });
    expect(await pay({ outTradeNo: 'PART-B' })).toMatchObject({ ok: true, value: { outTradeNo: 'PART-B' } });
    const [a, b] = PARTS.map(({ mchid, out_trade_no }) => world.ledger.order(mchid, out_trade_no)?.payment);
    expect(a?.transactionId).not.toBe(b?.transactionId);
    expect([a?.openid, b?.openid]).toEqual(['oPayer', 'oPayer']);
    const paid = (mchid: string, number: string, total: number, id = '') => ({
      mchid,
      out_trade_no: number,
      trade_state: 'SUCCESS',
      trade_type: 'NATIVE',
      bank_type: 'OTHERS',
      attach: '深圳分店',
      success_time: '2026-11-24T15:07:09+08:00',
      transaction_id: id,
      amount: { total_amount: total, payer_amount: total, currency: 'CNY', payer_currency: 'CNY' },
      promotion_detail: [],
    });
    expect((await queryWhole()).json).toEqual({
      combine_appid: APPID,
      combine_mchid: MCHID,
      combine_out_trade_no: 'WHOLE1',
      combine_payer_info: { openid: 'oPayer' },
      scene_info: { device_id: 'POS1' },
      sub_orders: [paid(MCHID, 'PART-A', 10, a?.transactionId), paid(OTHER, 'PART-B', 20, b?.transactionId)],
    });
  });

  test('tells of it once, with what the query says, in the name of the one who placed it', async () => {
    const { placeWhole, pay, notices, simulator, queryWhole } = await stage();
    await placeWhole();
    await pay();
    expect(notices).toHaveLength(1);
    const { envelope, plain, sign } = openByHand(notices[0]);
    expect([textAt(envelope, 'event_type'), sign]).toEqual(['TRANSACTION.SUCCESS', 'certificate']);
    expect(plain).toEqual((await queryWhole()).json);
    expect(simulator.notices.list()).toMatchObject([
      { kind: 'combine', mchid: MCHID, outTradeNo: 'WHOLE1', state: 'delivered' },
    ]);
  });

  test('shows the notice with each of its parts in the ledger, and the same combined order', async () => {
    const { placeWhole, pay, simulator } = await stage();
    await placeWhole();
    await pay();
    const answer = await simulator.controlHandle({ method: 'GET', url: 'http://control/ledger', headers: {} });
    const ledger: unknown = JSON.parse(Buffer.from(answer.body).toString('utf8'));
    const combine = { mchid: MCHID, outTradeNo: 'WHOLE1', totalFen: 30 };
    const shown = { combine, notices: [{ kind: 'combine', outTradeNo: 'WHOLE1' }] };
    expect(ledger).toMatchObject({ orders: [shown, shown] });
  });

  test('spends coupons on the part that is named', async () => {
    const { placeWhole, payer, world } = await stage();
    await placeWhole();
    payer.pay({ outTradeNo: 'PART-A' }, { coupons: [{ kind: 'CASH', fen: 3 }] });
    const cash = PARTS.map(({ mchid, out_trade_no }) => world.ledger.order(mchid, out_trade_no)?.payment?.cashFen);
    expect(cash).toEqual([7, 20]);
  });

  test('that is given up leaves the cashier with all parts', async () => {
    const { placeWhole, payer, world, states } = await stage();
    await placeWhole();
    payer.scan({ outTradeNo: 'WHOLE1' });
    expect(world.ledger.orders().every(({ cashierSinceMs }) => cashierSinceMs !== undefined)).toBe(true);
    payer.cancel({ outTradeNo: 'PART-B' });
    expect(world.ledger.orders().every(({ cashierSinceMs }) => cashierSinceMs === undefined)).toBe(true);
    expect(states()).toEqual(['NOTPAY', 'NOTPAY']);
  });

  test('a false amount and a false merchant of its notice go for a part and for the one who placed it', async () => {
    const { placeWhole, pay, notices, simulator } = await stage();
    await placeWhole();
    for (const kind of ['notice-other-amount', 'notice-other-merchant'] as const) {
      simulator.faults.add({ effect: { kind }, moment: 'notice', aim: { operation: 'combine-notice' }, times: 1 });
    }
    await pay();
    await simulator.clock.advance(15_000);
    const [amount, merchant] = notices.map((notice) => openByHand(notice).plain);
    expect(amount).toMatchObject({ sub_orders: [{ amount: { total_amount: 11 } }, { amount: { total_amount: 20 } }] });
    expect(textAt(merchant, 'combine_mchid')).toBe('1000000000');
  });
});

describe('a part of a combined order', () => {
  test('is seen by the ordinary queries, refunded by itself and listed in the bill', async () => {
    const { placeWhole, pay, query, post, get, queryWhole, simulator } = await stage();
    await placeWhole();
    await pay();
    expect((await query('PART-A')).json).toMatchObject({ trade_state: 'SUCCESS', amount: { total: 10 } });
    const refund = {
      out_trade_no: 'PART-A',
      out_refund_no: 'REFUND1',
      amount: { refund: 4, total: 10, currency: 'CNY' },
    };
    expect((await post('/v3/refund/domestic/refunds', refund)).json).toMatchObject({ status: 'PROCESSING' });
    expect((await queryWhole()).json).toMatchObject({
      sub_orders: [{ trade_state: 'REFUND' }, { trade_state: 'SUCCESS' }],
    });
    const whole = { ...refund, out_trade_no: 'WHOLE1', out_refund_no: 'REFUND2' };
    expect((await post('/v3/refund/domestic/refunds', whole)).status).toBe(404);
    await simulator.clock.advance(DAY_MS);
    const link = await get('/v3/bill/tradebill?bill_date=2026-11-24');
    const bill = await get(String(link.json['download_url']).replace(/^https?:\/\/[^/]*/, ''));
    expect(bill.text).toContain('`PART-A');
    expect(bill.text).not.toContain('PART-B');
  });

  test('cannot be closed alone', async () => {
    const { placeWhole, close, states } = await stage();
    await placeWhole();
    expect((await close('PART-A')).json['code']).toBe('INVALID_REQUEST');
    expect(states()).toEqual(['NOTPAY', 'NOTPAY']);
  });
});

describe('closing a combined order', () => {
  test('closes all parts, and again, or with a code where that is switched on', async () => {
    const { placeWhole, closeWhole, states, world, payer, placeWhole: again } = await stage();
    await placeWhole();
    const closed = await closeWhole(PARTS.toReversed());
    expect([closed.status, closed.text, closed.sign]).toEqual([204, '', 'certificate']);
    expect(states()).toEqual(['CLOSED', 'CLOSED']);
    expect(payer.pay({ outTradeNo: 'WHOLE1' })).toMatchObject({ ok: false, reason: 'closed' });
    expect((await again()).json['code']).toBe('ORDER_CLOSED');
    expect((await closeWhole()).status).toBe(204);
    world.switches.v3CombineCloseClosed = 'ORDER_CLOSED';
    expect((await closeWhole()).json['code']).toBe('ORDER_CLOSED');
  });

  test('must name exactly the parts', async () => {
    const { placeWhole, closeWhole, states } = await stage();
    await placeWhole();
    const answer = await closeWhole([...PARTS, { mchid: MCHID, out_trade_no: 'PART-C' }]);
    expect([answer.status, answer.json['code']]).toEqual([400, 'INVALID_REQUEST']);
    expect(states()).toEqual(['NOTPAY', 'NOTPAY']);
  });

  test('is refused once it is paid', async () => {
    const { placeWhole, closeWhole, pay } = await stage();
    await placeWhole();
    await pay();
    expect((await closeWhole()).json['code']).toBe('ORDERPAID');
  });
});

test('codes of combined orders keep the old spelling, unless that is switched off', async () => {
  const { queryWhole, world } = await stage();
  expect([(await queryWhole()).status, (await queryWhole()).json['code']]).toEqual([404, 'ORDERNOTEXIST']);
  world.switches.v3CombineSpelling = 'as-others';
  expect((await queryWhole()).json['code']).toBe('ORDER_NOT_EXIST');
});
