import { X509Certificate } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { stageControl } from '../testing/control-stage.ts';
import { APPID, KEY, MCHID, nativeOrder, signByHand, xmlByHand } from '../testing/raw-merchant.ts';
import { CERTIFICATES } from '../testing/v3-merchant.ts';

describe('how the platform behaves', () => {
  test('switches are set by name, or all together', async () => {
    const { ask, simulator } = await stageControl();
    expect((await ask('PUT', '/switches', { closeClosed: 'ORDERCLOSED' })).json).toMatchObject({
      switches: { closeClosed: 'ORDERCLOSED', closeUnknown: 'SUCCESS' },
    });
    await ask('PUT', '/switches', { all: 'documented', noticeLadder: 'old' });
    expect(simulator.world.switches).toMatchObject({ closeUnknown: 'ORDERNOTEXIST', noticeLadder: 'old' });
    await ask('PUT', '/switches', { all: 'observed' });
    expect(simulator.world.switches).toMatchObject({ closeUnknown: 'SUCCESS', noticeLadder: 'new' });
    expect((await ask('GET', '/switches')).json).toMatchObject({
      rows: { closeClosed: { choices: ['SUCCESS', 'ORDERCLOSED'] } },
    });
    expect(await ask('PUT', '/switches', { closeClosed: 'maybe' })).toMatchObject({
      status: 400,
      json: { field: 'closeClosed', allowed: ['SUCCESS', 'ORDERCLOSED'] },
    });
    expect(await ask('PUT', '/switches', { closing: 'x' })).toMatchObject({ status: 400, json: { field: 'closing' } });
  });

  test('settings are set by name', async () => {
    const { ask, simulator } = await stageControl();
    expect((await ask('PUT', '/settings', { refundDelayMs: 10 })).json).toMatchObject({
      settings: { refundDelayMs: 10, refundEnd: 'SUCCESS' },
    });
    expect(simulator.world.settings.refundDelayMs).toBe(10);
    expect(await ask('PUT', '/settings', { refundEnd: 'FAIL' })).toMatchObject({
      status: 400,
      json: { field: 'refundEnd', allowed: ['SUCCESS', 'CHANGE', 'REFUNDCLOSE'] },
    });
    expect((await ask('GET', '/settings')).json).toMatchObject({ settings: { refundDelayMs: 10 } });
  });

  test('a refund is ended by hand', async () => {
    const { ask, place, simulator } = await stageControl();
    await place('A1');
    await ask('POST', '/attempts/A1/pay');
    const fields = {
      appid: APPID,
      mch_id: MCHID,
      nonce_str: 'n',
      out_trade_no: 'A1',
      out_refund_no: 'R1',
      total_fee: '1990',
      refund_fee: '500',
    };
    const body = xmlByHand({ ...fields, sign: signByHand(fields, KEY) });
    const identity = { certificatePem: CERTIFICATES.merchant.certificatePem };
    await simulator.handle({
      method: 'POST',
      url: 'https://api.mch.weixin.qq.com/secapi/pay/refund',
      headers: {},
      body,
      identity,
    });
    expect(await ask('POST', '/refunds/R1/close')).toMatchObject({
      status: 200,
      json: { outRefundNo: 'R1', state: 'REFUNDCLOSE' },
    });
    expect(await ask('POST', '/refunds/R1/succeed')).toMatchObject({ status: 409, json: { code: 'already-final' } });
    expect(await ask('POST', '/refunds/R2/succeed')).toMatchObject({ status: 404, json: { code: 'no-such-refund' } });
    expect((await ask('GET', '/ledger')).json).toMatchObject({
      orders: [{ refunds: [{ outRefundNo: 'R1', state: 'REFUNDCLOSE' }], refundedFen: 0 }],
    });
  });

  test('bills differ on demand', async () => {
    const { ask } = await stageControl();
    expect(
      await ask('POST', '/bills/discrepancies', {
        kind: 'row-extra',
        billDate: '20261124',
        outTradeNo: 'X',
        totalFen: 5,
      }),
    ).toMatchObject({ status: 200 });
    expect(await ask('POST', '/bills/discrepancies', { kind: 'row-gone' })).toMatchObject({
      status: 400,
      json: { field: 'kind', allowed: ['row-missing', 'other-amount', 'row-extra'] },
    });
    expect(
      await ask('POST', '/bills/discrepancies', {
        kind: 'row-extra',
        billDate: '2026-11-24',
        outTradeNo: 'X',
        totalFen: 5,
      }),
    ).toMatchObject({ status: 400, json: { field: 'billDate' } });
    expect((await ask('DELETE', '/bills/discrepancies')).json).toEqual({ discrepancies: [] });
  });
});

describe('people', () => {
  test('one more merchant has an account, keys and a certificate of its own', async () => {
    const { authority } = CERTIFICATES;
    const { ask, simulator } = await stageControl({ authority });
    const { json, status } = await ask('POST', '/merchants', { mchid: '1900000110', role: 'provider' });
    expect([status, json]).toMatchObject([
      200,
      {
        mchid: '1900000110',
        role: 'provider',
        appid: expect.stringMatching(/^wx/),
        v2Key: expect.stringMatching(/^\w{32}$/),
      },
    ]);
    const { merchant } = json;
    const pem =
      typeof merchant === 'object' && merchant !== null && 'certificate' in merchant
        ? String(merchant.certificate)
        : '';
    expect(new X509Certificate(pem).verify(new X509Certificate(authority.certificatePem).publicKey)).toBe(true);
    expect(simulator.world.merchants.get('1900000110')?.role).toBe('provider');
    expect(await ask('POST', '/merchants', { mchid: '1900000110' })).toMatchObject({
      status: 409,
      json: { code: 'merchant-exists' },
    });
    expect(await ask('POST', '/merchants', { mchid: 'shop' })).toMatchObject({ status: 400, json: { field: 'mchid' } });
    expect((await ask('GET', '/merchants')).json).toMatchObject({
      merchants: [{ mchid: MCHID }, { mchid: '1900000110' }],
    });
  });

  test("a payer's code ends as ordered", async () => {
    const { ask, call } = await stageControl();
    const plan = { ending: 'refused', code: 'NOTENOUGH' };
    const { json } = await ask('POST', '/authcodes', { plan });
    expect(json).toMatchObject({ authCode: expect.stringMatching(/^13[0-9]{16}$/), plan });
    const { notify_url: _, trade_type: _type, product_id: _id, ...order } = nativeOrder('M1');
    expect(await call('/pay/micropay', { ...order, auth_code: String(json['authCode']) })).toContain('NOTENOUGH');
    expect((await ask('GET', '/authcodes')).json).toMatchObject({
      ordered: [{ plan }],
      special: expect.arrayContaining([expect.objectContaining({ authCode: '130000000000009001' })]),
    });
    expect(await ask('POST', '/authcodes', { plan: { ending: 'never' } })).toMatchObject({
      status: 400,
      json: { field: 'plan.ending' },
    });
    expect(await ask('POST', '/authcodes', { authCode: '99' })).toMatchObject({
      status: 400,
      json: { field: 'authCode' },
    });
  });

  test('a visitor opens the mini program', async () => {
    const { ask } = await stageControl();
    expect((await ask('POST', '/logins', { appid: APPID })).json).toMatchObject({ jsCode: expect.stringMatching(/./) });
    expect(await ask('POST', '/logins', { appid: 'wx0' })).toMatchObject({
      status: 404,
      json: { field: 'appid', allowed: [APPID] },
    });
  });
});
