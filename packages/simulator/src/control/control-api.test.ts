import { describe, expect, test } from 'vitest';
import { FAULT_MOMENTS } from '../faults/fault.ts';
import { stageControl } from '../testing/control-stage.ts';
import { APPID, KEY, MCHID, START_MS } from '../testing/raw-merchant.ts';
import { CONTROL_ROUTES } from './control-api.ts';

describe('a payer', () => {
  test('pays, and the order is shown as it is then', async () => {
    const { ask, place } = await stageControl();
    await place('A1');
    const coupons = [{ kind: 'CASH', fen: 90 }];
    const answer = await ask('POST', '/attempts/A1/pay', { openid: 'oPayer', bankType: 'CMB_DEBIT', coupons });
    expect(answer).toMatchObject({
      status: 200,
      json: {
        outTradeNo: 'A1',
        state: 'SUCCESS',
        payment: {
          openid: 'oPayer',
          bankType: 'CMB_DEBIT',
          cashFen: 1900,
          paidAtMs: START_MS,
          paidAt: '2026-11-24T07:07:09.000Z',
        },
      },
    });
  });

  test('scans, leaves, and fails', async () => {
    const { ask, place } = await stageControl();
    await place('A1');
    expect((await ask('POST', '/attempts/A1/scan')).json).toMatchObject({ state: 'NOTPAY', cashierSinceMs: START_MS });
    expect((await ask('POST', '/attempts/A1/cancel')).json).not.toHaveProperty('cashierSinceMs');
    expect((await ask('POST', '/attempts/A1/fail')).json).toMatchObject({ state: 'NOTPAY' });
  });

  test('cannot do what the order does not allow, and is told why', async () => {
    const { ask, place } = await stageControl();
    await place('A1');
    await ask('POST', '/attempts/A1/pay');
    expect(await ask('POST', '/attempts/A1/pay')).toMatchObject({
      status: 409,
      json: { code: 'paid', detail: '该订单已支付' },
    });
    expect(await ask('POST', '/attempts/A9/pay')).toMatchObject({ status: 404, json: { code: 'no-such-order' } });
  });

  test('reaches an order with a number that needs escaping', async () => {
    const { ask, place } = await stageControl();
    await place('A|1*x');
    expect(await ask('POST', '/attempts/A%7C1*x/pay')).toMatchObject({ status: 200, json: { outTradeNo: 'A|1*x' } });
    expect(await ask('POST', '/attempts/%E0%A4/pay')).toMatchObject({ status: 404, json: { code: 'no-such-order' } });
  });
});

describe('the clock', () => {
  test('is frozen at an instant and advanced by lengths of time', async () => {
    const { ask } = await stageControl();
    expect((await ask('POST', '/clock/freeze', { at: '2026-11-25T10:00:00+08:00' })).json).toMatchObject({
      mode: 'frozen',
      now: '2026-11-25T02:00:00.000Z',
    });
    expect((await ask('POST', '/clock/advance', { hours: 1, minutes: 30, ms: 1 })).json).toMatchObject({
      nowMs: Date.parse('2026-11-25T03:30:00.001Z'),
    });
    expect((await ask('GET', '/clock')).json).toMatchObject({ mode: 'frozen', now: '2026-11-25T03:30:00.001Z' });
    expect((await ask('POST', '/clock/run')).json).toMatchObject({ mode: 'running' });
    expect((await ask('POST', '/clock/freeze', { atMs: START_MS })).json).toMatchObject({ nowMs: START_MS });
  });

  test('goes to the next event', async () => {
    const { ask, place } = await stageControl();
    expect((await ask('POST', '/clock/advance', { to: 'next-event' })).json).toMatchObject({
      end: 'nothing-scheduled',
    });
    await place('A1');
    const week = 7 * 24 * 60 * 60 * 1000;
    expect((await ask('GET', '/clock')).json).toMatchObject({ nextAtMs: START_MS + week });
    expect((await ask('POST', '/clock/advance', { to: 'next-event' })).json).toMatchObject({
      end: 'ran',
      nowMs: START_MS + week,
    });
  });

  test('asks how far when nothing was said', async () => {
    const { ask } = await stageControl();
    expect(await ask('POST', '/clock/advance')).toMatchObject({ status: 400, json: { field: 'ms' } });
    expect(await ask('POST', '/clock/advance', { ms: -1 })).toMatchObject({ status: 400, json: { field: 'ms' } });
    expect(await ask('POST', '/clock/freeze', { at: 'tomorrow' })).toMatchObject({
      status: 400,
      json: { field: 'at' },
    });
  });
});

describe('faults', () => {
  test('are ordered, listed, strike, and are taken back', async () => {
    const { ask, call, place } = await stageControl();
    await place('A1');
    const plan = { fault: 'code', code: 'SYSTEMERROR', operation: 'orderquery', outTradeNo: 'A1', times: 1 };
    expect((await ask('POST', '/faults', plan)).json).toMatchObject({
      id: 'F1',
      effect: { kind: 'code', code: 'SYSTEMERROR' },
      moment: 'before',
      aim: { operation: 'orderquery', outTradeNo: 'A1' },
      times: 1,
    });
    expect(await call('/pay/orderquery', { out_trade_no: 'A1' })).toContain('SYSTEMERROR');
    expect(await call('/pay/orderquery', { out_trade_no: 'A1' })).toContain('NOTPAY');
    await ask('POST', '/faults', { fault: 'notice-dropped', times: 2 });
    await ask('POST', '/faults', { fault: 'wrong-sign' });
    expect((await ask('GET', '/faults')).json).toMatchObject({
      faults: [
        { id: 'F2', moment: 'notice' },
        { id: 'F3', moment: 'after' },
      ],
    });
    expect((await ask('DELETE', '/faults/F2')).json).toMatchObject({ faults: [{ id: 'F3' }] });
    expect(await ask('DELETE', '/faults/F2')).toMatchObject({
      status: 404,
      json: { code: 'no-such-fault', allowed: ['F3'] },
    });
    expect((await ask('DELETE', '/faults')).json).toEqual({ faults: [] });
  });

  test.each([
    [{ fault: 'gone' }, 'fault', 'no-answer'],
    [{ fault: 'wrong-sign', when: 'before' }, 'when', 'after'],
    [{ fault: 'notice-dropped', when: 'after' }, 'when', 'notice'],
    [{ fault: 'slow', status: 503 }, 'status', 'delayMs'],
    [{ fault: 'slow', order: 'A1' }, 'order', 'outTradeNo'],
    [{ fault: 'wrong-serial', header: 'nonce' }, 'header', undefined],
    [{ fault: 'missing-header', header: 'body' }, 'header', 'nonce'],
    [{ fault: 'unsigned-error', v3Code: 'SUCCESS' }, 'v3Code', 'ORDER_NOT_EXIST'],
  ])('%j is refused with the name of the field and what is allowed', async (plan, field, allowed) => {
    const { ask } = await stageControl();
    const answer = await ask('POST', '/faults', plan);
    expect(answer).toMatchObject({
      status: 400,
      type: expect.stringContaining('application/problem+json'),
      json: { code: 'invalid-body', field },
    });
    if (allowed !== undefined) expect(answer.json['allowed']).toContain(allowed);
    expect((await ask('GET', '/faults')).json).toEqual({ faults: [] });
  });

  test.each([
    [{ fault: 'no-answer', times: 0 }, 'times'],
    [{ fault: 'no-answer', probability: 1.5 }, 'probability'],
    [{}, 'fault'],
  ])('%j is refused with the name of the field', async (plan, field) => {
    const { ask } = await stageControl();
    expect(await ask('POST', '/faults', plan)).toMatchObject({ status: 400, json: { field } });
  });

  test.each([
    [{ fault: 'status' }, { kind: 'status', status: 502 }],
    [
      { fault: 'slow', delayMs: 30 },
      { kind: 'slow', delayMs: 30 },
    ],
    [
      { fault: 'notice-other-amount', totalFen: 5 },
      { kind: 'notice-other-amount', totalFen: 5 },
    ],
    [
      { fault: 'notice-other-merchant', otherMchid: '1900000110' },
      { kind: 'notice-other-merchant', mchid: '1900000110' },
    ],
    [{ fault: 'connection-refused', host: '127.0.0.1' }, { kind: 'connection-refused' }],
    [{ fault: 'missing-header' }, { kind: 'missing-header', header: 'signature' }],
    [
      { fault: 'notice-missing-header', header: 'serial' },
      { kind: 'notice-missing-header', header: 'serial' },
    ],
    [{ fault: 'unsigned-error' }, { kind: 'unsigned-error', code: 'ORDER_NOT_EXIST' }],
    [
      { fault: 'unsigned-error', when: 'after', v3Code: 'ORDER_PAID' },
      { kind: 'unsigned-error', code: 'ORDER_PAID' },
    ],
    [
      { fault: 'clock-skew', skewMs: 300_000 },
      { kind: 'clock-skew', skewMs: 300_000 },
    ],
  ])('%j becomes its effect', async (plan, effect) => {
    const { ask } = await stageControl();
    expect((await ask('POST', '/faults', plan)).json['effect']).toEqual(effect);
  });

  test('of every kind can be ordered by its name and aimed at an order', async () => {
    const { ask } = await stageControl();
    for (const [fault, [moment]] of Object.entries(FAULT_MOMENTS)) {
      const aim = { operation: 'v3/close', outTradeNo: 'ORDER1', mchid: '1900000109' };
      const { status, json } = await ask('POST', '/faults', { fault, ...aim, times: 1 });
      expect([status, json]).toMatchObject([200, { effect: { kind: fault }, moment, aim, times: 1 }]);
    }
  });
});

describe('what the simulator has seen', () => {
  test('calls, with what it signed where the sign was wrong', async () => {
    const { ask, call, place } = await stageControl();
    await place('A1');
    await call('/pay/orderquery', { out_trade_no: 'A1' }, 'x'.repeat(32));
    const { json } = await ask('GET', '/calls?verdict=bad-signature');
    expect(json).toMatchObject({
      calls: [
        {
          id: 2,
          operation: 'orderquery',
          outTradeNo: 'A1',
          fields: { appid: APPID, out_trade_no: 'A1' },
          signedText: `appid=${APPID}&mch_id=${MCHID}&nonce_str=n1&out_trade_no=A1&key=[secret]`,
          at: '2026-11-24T07:07:09.000Z',
        },
      ],
    });
    expect(JSON.stringify(json)).not.toContain(KEY);
    expect((await ask('GET', '/calls?operation=unifiedorder&outTradeNo=A1')).json['calls']).toHaveLength(1);
    expect((await ask('GET', '/calls?outTradeNo=A2')).json['calls']).toHaveLength(0);
  });

  test('notices, which can be sent once more', async () => {
    const { ask, place, simulator } = await stageControl();
    await place('A1');
    await ask('POST', '/attempts/A1/pay');
    await simulator.clock.advance(0);
    expect((await ask('GET', '/notices?outTradeNo=A1&state=delivered')).json).toMatchObject({
      notices: [{ id: 'N1', tries: [{ verdict: 'accepted' }] }],
    });
    expect((await ask('POST', '/notices/N1/replay')).json).toMatchObject({
      id: 'N1',
      tries: [{}, { cause: 'replay', verdict: 'accepted' }],
    });
    expect(await ask('POST', '/notices/N2/replay')).toMatchObject({ status: 404, json: { code: 'no-such-notice' } });
  });

  test('the ledger: an order with its history, payment, refunds, closes, notices and calls', async () => {
    const { ask, call, place, simulator } = await stageControl();
    await place('A1');
    await place('A2');
    await ask('POST', '/attempts/A1/pay', { coupons: [{ kind: 'NO_CASH', fen: 400 }] });
    await call('/pay/closeorder', { out_trade_no: 'A2' });
    await call('/pay/orderquery', { out_trade_no: 'A2' });
    await simulator.clock.advance(0);
    const { json } = await ask('GET', '/ledger');
    expect(json).toMatchObject({
      now: '2026-11-24T07:07:09.000Z',
      orders: [
        {
          mchid: MCHID,
          outTradeNo: 'A1',
          state: 'SUCCESS',
          totalFen: 1990,
          history: [
            { state: 'NOTPAY', by: 'placed' },
            { state: 'SUCCESS', by: 'payer-paid', at: '2026-11-24T07:07:09.000Z' },
          ],
          payment: { cashFen: 1590, couponFen: 400, settlementFen: 1590 },
          refunds: [],
          refundedFen: 0,
          closes: [],
          notices: [{ id: 'N1', state: 'delivered', tries: [{ verdict: 'accepted' }] }],
          calls: { unifiedorder: 1 },
        },
        {
          outTradeNo: 'A2',
          state: 'CLOSED',
          closes: [{ by: 'closed-by-merchant', atMs: START_MS }],
          notices: [],
          calls: { unifiedorder: 1, closeorder: 1, orderquery: 1 },
        },
      ],
    });
    expect((await ask('GET', '/ledger?outTradeNo=A2')).json['orders']).toHaveLength(1);
  });

  test('nothing any more after a reset', async () => {
    const { ask, place } = await stageControl();
    await place('A1');
    await ask('POST', '/faults', { fault: 'html' });
    await ask('POST', '/bills/discrepancies', { kind: 'row-missing', row: { outTradeNo: 'A1' } });
    await ask('POST', '/reset');
    expect((await ask('GET', '/ledger')).json['orders']).toEqual([]);
    expect((await ask('GET', '/calls')).json['calls']).toEqual([]);
    expect((await ask('GET', '/faults')).json['faults']).toEqual([]);
    expect((await ask('GET', '/bills/discrepancies')).json['discrepancies']).toEqual([]);
    expect((await ask('GET', '/clock')).json).not.toHaveProperty('nextAtMs');
  });
});

describe('the interface itself', () => {
  test('lists itself, with a schema for each body', async () => {
    const { ask } = await stageControl();
    const { json } = await ask('GET', '/');
    expect(json['routes']).toHaveLength(CONTROL_ROUTES.length);
    expect(json['routes']).toContainEqual(
      expect.objectContaining({
        method: 'POST',
        path: '/attempts/{outTradeNo}/scan',
        body: expect.objectContaining({ type: 'object' }),
      }),
    );
  });

  test('has every row once', () => {
    const names = CONTROL_ROUTES.map(({ method, path }) => `${method} ${path}`);
    expect(new Set(names).size).toBe(names.length);
  });

  test('says what there is instead of an unknown path, and which methods a path takes', async () => {
    const { ask } = await stageControl();
    const unknown = await ask('GET', '/fault');
    expect(unknown).toMatchObject({
      status: 404,
      type: 'application/problem+json; charset=utf-8',
      json: { title: 'Not Found', code: 'no-such-path' },
    });
    expect(unknown.json['allowed']).toContain('POST /faults');
    expect(await ask('PUT', '/faults')).toMatchObject({ status: 405, json: { allowed: ['POST', 'GET', 'DELETE'] } });
  });

  test('refuses a body that is no JSON, and one that is no object', async () => {
    const { ask } = await stageControl();
    expect(await ask('POST', '/faults', '{')).toMatchObject({ status: 400, json: { code: 'not-json' } });
    expect(await ask('POST', '/faults', '[]')).toMatchObject({ status: 400, json: { code: 'invalid-body' } });
  });
});
