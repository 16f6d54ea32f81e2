import { describe, expect, test } from 'vitest';
import { MCHID } from '../testing/raw-merchant.ts';
import { orderBody, stageV3 } from '../testing/v3-merchant.ts';

const QUERY = `/v3/pay/transactions/out-trade-no/ORDER1?mchid=${MCHID}`;

describe('the order of checks', () => {
  test('an unknown path is met with a sentence, or with the empty 404 of WeChat Pay', async () => {
    const { get, world } = await stageV3();
    const answer = await get('/v3/nothing/here');
    expect([answer.status, answer.sign]).toEqual([501, 'none']);
    expect(answer.text).toContain('/v3/pay/transactions/native');
    world.switches.v3UnknownPath = '404';
    await expect(get('/v3/nothing/here')).resolves.toMatchObject({ status: 404, text: '' });
  });

  test('another method is 405 with an empty body', async () => {
    const { send } = await stageV3();
    await expect(send('GET', '/v3/pay/transactions/native')).resolves.toMatchObject({ status: 405, text: '' });
    await expect(send('DELETE', '/v3/certificates')).resolves.toMatchObject({ status: 405, text: '' });
  });

  test('a missing User-Agent comes before the signature on early paths, and is let through on the others', async () => {
    const { get } = await stageV3();
    const wrong = { headers: { 'user-agent': '' }, tamper: () => 'none' };
    const early = await get('/v3/certificates', wrong);
    expect([early.status, early.json, early.sign]).toEqual([
      400,
      { code: 'INVALID_REQUEST', message: 'Http头缺少Accept或User-Agent' },
      'none',
    ]);
    expect((await get(QUERY, { headers: { 'user-agent': '' } })).status).toBe(404);
  });

  test('a missing Authorization has other words on payment paths than elsewhere, and no Request-ID there', async () => {
    const { get } = await stageV3();
    const pay = await get(QUERY, { tamper: () => '' });
    expect([pay.status, pay.json['message']]).toEqual([401, '签名信息错误，验签失败']);
    expect(pay.headers['request-id']).toBeUndefined();
    const early = await get('/v3/certificates', { tamper: () => '' });
    expect(early.json['message']).toBe('Http头Authorization值格式错误，请参考《微信支付商户REST API签名规则》');
    expect(early.headers['request-id']).toMatch(/^[0-9A-F]+-270924332$/);
    const foreign = await get('/v3/certificates', { tamper: () => 'Basic x' });
    expect(foreign.json['message']).toBe('Http头Authorization认证类型不正确');
  });

  test('the window of five minutes is looked at before the signature, both ways', async () => {
    const { get } = await stageV3();
    for (const skewSeconds of [-301, 301]) {
      const answer = await get(QUERY, { skewSeconds, tamper: (text) => text.replace('signature="', 'signature="x') });
      expect(answer.json['message']).toBe('Http头Authorization中的timestamp与发起请求的时间不得超过5分钟');
    }
    expect((await get(QUERY, { skewSeconds: -299 })).status).toBe(404);
  });

  test('a serial or a merchant that is not known is told apart from a wrong signature', async () => {
    const { get } = await stageV3();
    const serial = await get(QUERY, { serial: '40'.repeat(20) });
    expect([serial.status, serial.json['message']]).toEqual([401, '商户证书序列号有误。']);
    const stranger = await get(QUERY, { mchid: '1999999999' });
    expect([stranger.status, stranger.sign]).toEqual([401, 'none']);
  });

  test('a wrong signature shows what was signed here, in the answer in part and in the list of calls as a whole', async () => {
    const { post, world } = await stageV3();
    const body = JSON.stringify(orderBody('ORDER1'));
    const tamper = (text: string) => text.replace(/nonce_str="[^"]*"/, 'nonce_str="OTHER"');
    const answer = await post('/v3/pay/transactions/native', body, { tamper });
    const call = world.calls.list().at(-1);
    const path = '/v3/pay/transactions/native';
    const second = Math.floor(world.clock.nowMs() / 1000);
    const signed = `POST\n${path}\n${second}\nOTHER\n${body}\n`;
    expect(call).toMatchObject({ verdict: 'bad-signature', signedText: signed, answerStatus: 401 });
    expect(answer.json).toEqual({
      code: 'SIGN_ERROR',
      message: '签名错误',
      detail: {
        detail: { issue: 'sign not match' },
        field: 'signature',
        location: 'authorization',
        sign_information: {
          method: 'POST',
          sign_message_length: Buffer.byteLength(signed),
          truncated_sign_message: `POST\n${path}\n${second}\nOTHER\n{"appid"\n`,
          url: path,
        },
      },
    });
    expect(answer.sign).toBe('none');
  });

  test('an escaped path is signed as it was sent', async () => {
    const { get, place } = await stageV3();
    await place('A|B*C_1-2');
    const answer = await get(`/v3/pay/transactions/out-trade-no/A%7CB*C_1-2?mchid=${MCHID}`);
    expect([answer.status, answer.json['out_trade_no']]).toEqual([200, 'A|B*C_1-2']);
  });

  test('a nonce may be used again, unless that is switched off', async () => {
    const { get, world } = await stageV3();
    await get(QUERY, { nonce: 'SAME' });
    expect((await get(QUERY, { nonce: 'SAME' })).status).toBe(404);
    world.switches.v3NonceReplay = 'SIGN_ERROR';
    await get(QUERY, { nonce: 'OTHER' });
    expect((await get(QUERY, { nonce: 'OTHER' })).status).toBe(401);
  });
});

describe('answers', () => {
  test('carry five headers that verify, errors and empty bodies too', async () => {
    const { place, query, close } = await stageV3();
    for (const answer of [await place('ORDER1'), await query('ORDER1'), await close('ORDER1'), await query('OTHER1')]) {
      expect(answer.sign).toBe('certificate');
      expect(answer.headers['wechatpay-signature-type']).toBe('WECHATPAY2-SHA256-RSA2048');
      expect(answer.headers['content-type']).toBe('application/json; charset=utf-8');
    }
  });

  test('name the sub-code in the Request-ID, 0 on success', async () => {
    const { place, query } = await stageV3();
    expect((await place('ORDER1')).headers['request-id']).toMatch(/^[0-9A-F]{32,42}-0$/);
    expect((await query('OTHER1')).headers['request-id']).toMatch(/-268512771$/);
  });

  test('print their members in alphabetical order without blanks', async () => {
    const { place, query } = await stageV3();
    await place('ORDER1');
    expect((await query('ORDER1')).text).toBe(
      `{"amount":{"payer_currency":"CNY","total":100},"appid":"wx2421b1c4370ec43b","mchid":"${MCHID}","out_trade_no":"ORDER1","promotion_detail":[],"scene_info":{"device_id":""},"trade_state":"NOTPAY","trade_state_desc":"订单未支付"}`,
    );
  });

  test('speak the language that a request asks for, Chinese without it', async () => {
    const { get } = await stageV3();
    const ask = async (language: string) => {
      const { json, headers, sign } = await get(QUERY, { headers: { 'accept-language': language } });
      return [headers['content-language'], json['code'], json['message'], sign];
    };
    expect(await ask('fr-FR, en;q=0.5')).toEqual(['en', 'ORDER_NOT_EXIST', 'The order does not exist', 'certificate']);
    expect(await ask('zh-TW')).toEqual(['zh-TW', 'ORDER_NOT_EXIST', '訂單不存在', 'certificate']);
    expect(await ask('fr-FR')).toEqual(['zh-CN', 'ORDER_NOT_EXIST', '订单不存在', 'certificate']);
  });

  test('leave errors unsigned and spell codes as before 2023 where that is switched on', async () => {
    const { query, world } = await stageV3();
    Object.assign(world.switches, { v3ErrorSigning: 'unsigned', v3CodeSpelling: 'old' });
    const answer = await query('OTHER1');
    expect([answer.status, answer.json['code'], answer.sign]).toEqual([404, 'ORDERNOTEXIST', 'none']);
  });
});

describe('faults', () => {
  test.each(['wrong-sign', 'sign-test', 'wrong-serial', 'clock-skew', 'missing-sign'] as const)(
    'a fault %s spoils the signature and leaves the work done',
    async (kind) => {
      const { place, world, simulator } = await stageV3();
      simulator.faults.add({ effect: { kind }, moment: 'after', aim: { operation: 'v3/order-native' }, times: 1 });
      const answer = await place('ORDER1');
      const expected = kind === 'missing-sign' ? 'none' : kind === 'clock-skew' ? 'certificate' : 'wrong';
      expect([answer.status, answer.sign]).toEqual([200, expected]);
      const ageSeconds = world.clock.nowMs() / 1000 - Number(answer.headers['wechatpay-timestamp']);
      if (kind === 'clock-skew') expect(ageSeconds).toBeGreaterThan(599);
      if (kind === 'sign-test') expect(answer.headers['wechatpay-signature']).toMatch(/^WECHATPAY\/SIGNTEST\//);
      expect(world.ledger.order(MCHID, 'ORDER1')?.state).toBe('NOTPAY');
    },
  );

  test('codes come with the status of APIv3, before the work or after it', async () => {
    const { place, world, simulator } = await stageV3();
    const effect = { kind: 'code', code: 'SYSTEMERROR' } as const;
    simulator.faults.add({ effect, moment: 'before', aim: { outTradeNo: 'ORDER1' }, times: 1 });
    const before = await place('ORDER1');
    expect([before.status, before.json['code'], before.sign]).toEqual([500, 'SYSTEM_ERROR', 'certificate']);
    expect(world.ledger.order(MCHID, 'ORDER1')).toBeUndefined();
    simulator.faults.add({ effect: { kind: 'code', code: 'FREQUENCY_LIMITED' }, moment: 'after', aim: {}, times: 1 });
    expect((await place('ORDER1')).status).toBe(429);
    expect(world.ledger.order(MCHID, 'ORDER1')?.state).toBe('NOTPAY');
  });

  test('answers are lost, broken off and replaced by pages as in v2', async () => {
    const { place, simulator } = await stageV3();
    simulator.faults.add({ effect: { kind: 'no-answer' }, moment: 'after', aim: {}, times: 1 });
    await expect(place('ORDER1')).rejects.toMatchObject({ reason: 'answer-timeout' });
    simulator.faults.add({ effect: { kind: 'html' }, moment: 'after', aim: {}, times: 1 });
    expect((await place('ORDER1')).text).toContain('<html>');
    simulator.faults.add({ effect: { kind: 'truncated' }, moment: 'after', aim: { mchid: MCHID }, times: 1 });
    await expect(place('ORDER1')).rejects.toThrow(SyntaxError);
  });
});
