import { describe, expect, test } from 'vitest';
import { APPID, KEY, MCHID, nativeOrder, readByHand, signByHand, xmlByHand } from '../../testing/raw-merchant.ts';
import { orderBody, PROVIDER, stageV3 } from '../../testing/v3-merchant.ts';

const OPENID = 'oUpF8uMuAJO_M2pxb1Q9zNjWeS6o';
const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

describe('placing', () => {
  test.each([
    ['jsapi', { payer: { openid: OPENID } }, 'prepay_id', /^wx/],
    ['app', {}, 'prepay_id', /^wx/],
    ['native', {}, 'code_url', /^weixin:\/\/wxpay\/bizpayurl/],
    [
      'h5',
      { scene_info: { payer_client_ip: '14.23.150.211', h5_info: { type: 'Wap' } } },
      'h5_url',
      /^https:\/\/wx\.tenpay\.com\//,
    ],
  ])('by %s answers with its one handle', async (product, more, member, shape) => {
    const { post } = await stageV3();
    const answer = await post(`/v3/pay/transactions/${product}`, orderBody('ORDER1', more));
    expect(answer.status).toBe(200);
    expect(Object.keys(answer.json)).toEqual([member]);
    expect(answer.json[member]).toMatch(shape);
  });

  test.each([
    [
      { out_trade_no: undefined },
      '输入源“/body/out_trade_no”映射到字段“商户订单号”必填性规则校验失败，此字段为必填项',
      '',
    ],
    [
      { out_trade_no: 'A12' },
      '输入源“/body/out_trade_no”映射到值字段“商户订单号”字符串规则校验失败，字节数 3，小于最小值 6',
      3,
    ],
    [
      { attach: '中'.repeat(43) },
      '输入源“/body/attach”映射到值字段“附加数据”字符串规则校验失败，字节数 129，大于最大值 128',
      129,
    ],
    [
      { out_trade_no: '订单号' },
      '输入源“/body/out_trade_no”映射到值字段“商户订单号”字符串规则校验失败，字符串必须匹配正则表达式“^[0-9a-zA-Z_\\-|*]+$”',
      '订单号',
    ],
    [
      { time_expire: '2026-11-24' },
      '输入源“/body/time_expire”映射到值字段“交易结束时间”字符串规则校验失败，字符串必须是符合 RFC3339 日期时间格式',
      '2026-11-24',
    ],
    [
      { amount: { total: 0.01 } },
      '无法将 JSON 输入源“/body/amount/total”映射到目标字段“总金额”中，此字段需要一个合法的 64 位有符号整数',
      0.01,
    ],
    [{ amount: { total: 0 } }, '输入源“/body/amount/total”映射到数值字段“总金额”规则校验失败，值低于最小值 1', 0],
    [
      { attach: 4 },
      '无法将 JSON 输入源“/body/attach”映射到目标字段“附加数据”中，此字段需要一个 string 类型的 Json 值',
      4,
    ],
    [
      { settle_info: { profit_sharing: null } },
      '无法将 JSON 输入源“/body/settle_info/profit_sharing”映射到目标字段“是否指定分账”中，此字段需要一个 bool 类型的 Json 值',
      null,
    ],
    [
      { amount: [] },
      '无法将 JSON 输入源“/body/amount”映射到目标字段“订单金额”中，此字段需要一个 object 类型的 Json 值',
      [],
    ],
    [
      { detail: { goods_detail: {} } },
      '无法将 JSON 输入源“/body/detail/goods_detail”映射到目标字段“单品列表”中，此字段需要一个 array 类型的 Json 值',
      {},
    ],
    [{ surprise: 1 }, '参数中含有非法的额外参数', 'surprise'],
  ])('refuses %o in the words of the gateway', async (more, message, value) => {
    const { place } = await stageV3();
    const answer = await place('ORDER1', more);
    expect([answer.status, answer.json]).toEqual([
      400,
      { code: 'PARAM_ERROR', detail: { location: 'body', value }, message },
    ]);
  });

  test('counts description in characters, or in bytes', async () => {
    const { place, world } = await stageV3();
    expect((await place('ORDER1', { description: '中'.repeat(127) })).status).toBe(200);
    world.switches.v3DescriptionLength = 'bytes';
    expect((await place('ORDER2', { description: '中'.repeat(127) })).status).toBe(400);
  });

  test('refuses four-byte characters, null, and another merchant than the one who signs', async () => {
    const { place } = await stageV3();
    expect((await place('ORDER1', { attach: '😀' })).json['code']).toBe('PARAM_ERROR');
    expect((await place('ORDER1', { attach: null })).json['code']).toBe('PARAM_ERROR');
    const other = await place('ORDER1', { mchid: '1900000001' });
    expect([other.status, other.json['message']]).toEqual([400, 'http header中的mchid与post payload中的mchid不匹配']);
    const appid = await place('ORDER1', { appid: 'wx0000000000000001' });
    expect([appid.status, appid.json['code']]).toEqual([400, 'APPID_MCHID_NOT_MATCH']);
  });

  test('again with the same content gives a new handle, with other content is refused as switched', async () => {
    const { place, world } = await stageV3();
    const first = await place('ORDER1');
    const again = await place('ORDER1');
    expect([again.status, again.text === first.text]).toEqual([200, false]);
    const changed = await place('ORDER1', { attach: 'x' });
    expect([changed.status, changed.json]).toEqual([403, { code: 'OUT_TRADE_NO_USED', message: '201 商户订单号重复' }]);
    world.switches.v3RepeatedOrder = 'INVALID_REQUEST';
    expect((await place('ORDER1', { attach: 'x' })).status).toBe(400);
    world.switches.v3ComparedMembers = 'key-members';
    expect((await place('ORDER1', { attach: 'x' })).status).toBe(200);
  });

  test('moves time_expire to the nearest moment that is allowed', async () => {
    const { place, world } = await stageV3();
    await place('ORDER1', { time_expire: '2026-11-24T15:07:10+08:00' });
    await place('ORDER2', { time_expire: '2030-01-01T00:00:00Z' });
    world.switches.v3ExpiryCap = '7-days';
    await place('ORDER3', { time_expire: '2030-01-01T00:00:00Z' });
    const inMs = (number: string) => (world.ledger.order(MCHID, number)?.expiresAtMs ?? 0) - world.clock.nowMs();
    expect(['ORDER1', 'ORDER2', 'ORDER3'].map(inMs)).toEqual([MINUTE_MS, 15 * DAY_MS, 7 * DAY_MS]);
  });
});

describe('the states of an order', () => {
  test('NOTPAY, SUCCESS and the way by transaction id', async () => {
    const { place, query, get, payer } = await stageV3();
    await place('ORDER1', { attach: 'x' });
    expect((await query('ORDER1')).json['trade_state']).toBe('NOTPAY');
    payer.pay({ outTradeNo: 'ORDER1' }, { openid: OPENID, coupons: [{ kind: 'NO_CASH', fen: 20 }] });
    const { json } = await query('ORDER1');
    expect(json).toMatchObject({
      amount: { currency: 'CNY', payer_currency: 'CNY', payer_total: 80, total: 100 },
      attach: 'x',
      bank_type: 'OTHERS',
      payer: { openid: OPENID },
      success_time: '2026-11-24T15:07:09+08:00',
      trade_state: 'SUCCESS',
      trade_state_desc: '支付成功',
      trade_type: 'NATIVE',
      promotion_detail: [{ amount: 20, type: 'NOCASH', scope: 'GLOBAL' }],
    });
    const byId = await get(`/v3/pay/transactions/id/${String(json['transaction_id'])}?mchid=${MCHID}`);
    expect(byId.json).toEqual(json);
    const bad = await get(`/v3/pay/transactions/id/nonsense?mchid=${MCHID}`);
    expect([bad.status, bad.json['message']]).toEqual([400, '微信订单号非法']);
  });

  test('CLOSED by the merchant: closing again is fine, placing again is not, and nobody can pay', async () => {
    const { place, query, close, payer, world } = await stageV3();
    await place('ORDER1');
    const closed = await close('ORDER1');
    expect([closed.status, closed.text]).toEqual([204, '']);
    expect((await close('ORDER1')).status).toBe(204);
    expect((await query('ORDER1')).json['trade_state']).toBe('CLOSED');
    expect(payer.pay({ outTradeNo: 'ORDER1' })).toMatchObject({ ok: false, reason: 'closed' });
    expect((await place('ORDER1')).json['code']).toBe('ORDER_CLOSED');
    world.switches.v3ClosedReuse = 'OUT_TRADE_NO_USED';
    expect((await place('ORDER1')).status).toBe(403);
  });

  test('CLOSED by age after seven days, whatever time_expire says', async () => {
    const { place, query, simulator } = await stageV3();
    await place('ORDER1', { time_expire: '2026-12-08T00:00:00+08:00' });
    await simulator.clock.advance(7 * DAY_MS);
    expect((await query('ORDER1')).json['trade_state']).toBe('CLOSED');
  });

  test('a paid order is neither closed nor placed again, in the words that are switched on', async () => {
    const { place, close, payer, world } = await stageV3();
    await place('ORDER1');
    payer.pay({ outTradeNo: 'ORDER1' });
    const refused = [400, { code: 'ORDER_PAID', message: '订单已支付' }];
    for (const answer of [await close('ORDER1'), await place('ORDER1')])
      expect([answer.status, answer.json]).toEqual(refused);
    Object.assign(world.switches, { v3Paid: 'ORDERPAID', v3PaidStatus: '403' });
    const answer = await close('ORDER1');
    expect([answer.status, answer.json['code']]).toEqual([403, 'ORDERPAID']);
  });

  test('an unknown number is not found by a query, and closed without a word unless switched', async () => {
    const { query, close, world } = await stageV3();
    const none = await query('ORDER1');
    expect([none.status, none.json]).toEqual([404, { code: 'ORDER_NOT_EXIST', message: '订单不存在' }]);
    expect((await close('ORDER1')).status).toBe(204);
    world.switches.v3CloseUnknown = 'ORDER_NOT_EXIST';
    expect((await close('ORDER1')).status).toBe(404);
  });

  test('closing too early and while somebody pays follows the switches', async () => {
    const { place, close, payer, world } = await stageV3();
    await place('ORDER1');
    payer.scan({ outTradeNo: 'ORDER1' });
    world.switches.v3EarlyClose = 'INVALID_REQUEST';
    expect((await close('ORDER1')).json['code']).toBe('INVALID_REQUEST');
    Object.assign(world.switches, { v3EarlyClose: 'allowed', v3CloseWhilePaying: 'FREQUENCY_LIMITED' });
    expect((await close('ORDER1')).status).toBe(429);
    world.switches.v3CloseWhilePaying = 'USERPAYING';
    expect((await close('ORDER1')).status).toBe(202);
    world.switches.v3CloseWhilePaying = '204';
    expect((await close('ORDER1')).status).toBe(204);
  });

  test('a close without mchid is reported as if it stood in the path', async () => {
    const { post } = await stageV3();
    const answer = await post('/v3/pay/transactions/out-trade-no/ORDER1/close', {});
    expect(answer.json['message']).toContain('输入源“/uri_template/mchid”');
  });
});

test('the phone page finds an order by its code_url', async () => {
  const { place, simulator } = await stageV3();
  const { json } = await place('ORDER1');
  const url = `http://control/entries?code=${encodeURIComponent(String(json['code_url']))}`;
  const answer = await simulator.controlHandle({ method: 'GET', url, headers: {} });
  expect(Buffer.from(answer.body).toString('utf8')).toContain('"outTradeNo": "ORDER1"');
});

describe('both protocols', () => {
  const callV2 = async (stage: Awaited<ReturnType<typeof stageV3>>, path: string, own: Record<string, string>) => {
    const fields = { appid: APPID, mch_id: MCHID, nonce_str: 'n1', ...own };
    const body = xmlByHand({ ...fields, sign: signByHand(fields, KEY) });
    const answer = await stage.simulator.handle({ method: 'POST', url: `https://wx.test${path}`, headers: {}, body });
    return readByHand(Buffer.from(answer.body).toString('utf8'));
  };

  test('see one book: an order of v3 is queried and closed by v2, and the other way round', async () => {
    const stage = await stageV3();
    await stage.place('ORDER1');
    const seen = await callV2(stage, '/pay/orderquery', { out_trade_no: 'ORDER1' });
    expect(seen).toMatchObject({ result_code: 'SUCCESS', trade_state: 'NOTPAY', total_fee: '100' });
    await callV2(stage, '/pay/closeorder', { out_trade_no: 'ORDER1' });
    expect((await stage.query('ORDER1')).json['trade_state']).toBe('CLOSED');
    await callV2(stage, '/pay/unifiedorder', nativeOrder('ORDER2'));
    expect((await stage.query('ORDER2')).json).toMatchObject({ trade_state: 'NOTPAY', amount: { total: 1990 } });
  });

  test('share the numbers: what one has used the other may not place', async () => {
    const stage = await stageV3();
    await stage.place('ORDER1');
    const second = await callV2(stage, '/pay/unifiedorder', nativeOrder('ORDER1'));
    expect(second).toMatchObject({ result_code: 'FAIL', err_code: 'INVALID_REQUEST' });
    await callV2(stage, '/pay/unifiedorder', nativeOrder('ORDER2'));
    expect((await stage.place('ORDER2')).json['code']).toBe('OUT_TRADE_NO_USED');
  });
});

describe('service providers', () => {
  const merchants = [PROVIDER];
  const base = '/v3/pay/partner/transactions';
  const own = { sp_mchid: MCHID, sub_mchid: '1900000109' };

  test('place, query and close for a sub-merchant on paths of their own', async () => {
    const { post, get, payer, place } = await stageV3({ merchants });
    const { appid: _, mchid: __, ...common } = orderBody('ORDER1');
    const body = { ...common, ...own, sp_appid: APPID, payer: { sp_openid: OPENID } };
    expect((await post(`${base}/jsapi`, body)).status).toBe(200);
    payer.pay({ outTradeNo: 'ORDER1' });
    const answer = await get(`${base}/out-trade-no/ORDER1?sp_mchid=${MCHID}&sub_mchid=1900000109`);
    expect(answer.json).toMatchObject({
      ...own,
      sp_appid: APPID,
      payer: { sp_openid: OPENID },
      trade_state: 'SUCCESS',
    });
    const other = await get(`${base}/out-trade-no/ORDER1?sp_mchid=${MCHID}&sub_mchid=1900000110`);
    expect([other.status, other.json['code']]).toEqual([400, 'INVALID_REQUEST']);
    expect((await post(`${base}/out-trade-no/ORDER2/close`, own)).status).toBe(204);
    expect((await place('ORDER3')).json['message']).toBe('受理机构必须传入sub_mch_id');
  });
});
