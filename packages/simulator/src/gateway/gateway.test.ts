import type { HttpFailure, HttpRequest } from '@orderkeeper/ports';
import { describe, expect, test } from 'vitest';
import { OTHER_MERCHANT_PEM, STRANGER_PEM } from '../testing/certificates.ts';
import {
  APPID,
  createRawMerchant,
  IDENTITY,
  KEY,
  MCHID,
  merchantOf,
  nativeOrder,
  signByHand,
  xmlByHand,
} from '../testing/raw-merchant.ts';
import type { FaultEffect } from '../world.ts';

const QUERY = { out_trade_no: 'order-1' };
const WRONG_KEY = 'ffffffffffffffffffffffffffffffff';
const REFUND = { out_trade_no: 'order-1', out_refund_no: 'r1', total_fee: '1990', refund_fee: '1' };

const once = (moment: 'before' | 'after', ...effects: FaultEffect[]) => {
  let isUsed = false;
  return {
    match: (_: unknown, now: 'before' | 'after') => {
      if (now !== moment || isUsed) return [];
      isUsed = true;
      return effects;
    },
  };
};

describe('the order of checks', () => {
  // Each row breaks its own rule and every rule after it; the earlier one must speak.
  const wrongRoot = '<request><mch_id>1</mch_id></request>';
  test.each([
    ['the method', { method: 'GET', body: '' } as const, 200, 'require POST method'],
    ['an empty body', { body: '' }, 200, 'post数据为空'],
    ['bytes that are no XML', { body: 'hello' }, 200, 'XML格式错误'],
    [
      'bytes that are not UTF-8',
      { body: new Uint8Array([0x3c, 0x78, 0x6d, 0x6c, 0x3e, 0xc4, 0xe3]) },
      200,
      'XML格式错误',
    ],
    ['an element twice', { body: '<xml><a>1</a><a>2</a></xml>' }, 200, 'XML格式错误'],
    ['another root', { body: wrongRoot }, 200, 'mch_id参数格式错误'],
    ['no appid', { body: '<xml><mch_id>x</mch_id></xml>' }, 200, 'appid参数长度有误'],
    ['no mch_id', { body: '<xml><appid>wx0</appid></xml>' }, 200, 'mch_id参数长度有误'],
    ['no nonce_str', { body: '<xml><appid>wx0</appid><mch_id>x</mch_id></xml>' }, 200, 'nonce_str参数长度有误'],
    [
      'a nonce_str too long',
      { body: `<xml><appid>wx0</appid><mch_id>x</mch_id><nonce_str>${'n'.repeat(33)}</nonce_str></xml>` },
      200,
      'nonce_str参数长度有误',
    ],
    [
      'a mch_id with letters',
      { body: '<xml><appid>wx0</appid><mch_id>x</mch_id><nonce_str>n</nonce_str></xml>' },
      200,
      'mch_id参数格式错误',
    ],
    [
      'an unknown merchant',
      { body: '<xml><appid>wx0</appid><mch_id>1</mch_id><nonce_str>n</nonce_str></xml>' },
      200,
      '商户号mch_id或sub_mch_id不存在',
    ],
    [
      'an unknown appid',
      { body: `<xml><appid>wx0</appid><mch_id>${MCHID}</mch_id><nonce_str>n</nonce_str></xml>` },
      200,
      'appid不存在',
    ],
    [
      "another merchant's appid",
      { body: `<xml><appid>wx0000000000000200</appid><mch_id>${MCHID}</mch_id><nonce_str>n</nonce_str></xml>` },
      200,
      '商户号mch_id与appid不匹配',
    ],
    [
      'no sign',
      { body: `<xml><appid>${APPID}</appid><mch_id>${MCHID}</mch_id><nonce_str>n</nonce_str></xml>` },
      200,
      '签名错误，请检查后再试',
    ],
  ])('refuses %s without a sign', async (_, request, status, text) => {
    const answer = await createRawMerchant().send({ path: '/pay/orderquery', ...request });
    expect(answer.status).toBe(status);
    expect(answer.fields).toEqual({ return_code: 'FAIL', return_msg: text });
  });

  test('looks at the signature before the parameters, and at those before the business', async () => {
    const merchant = createRawMerchant();
    expect(
      (await merchant.call('/pay/unifiedorder', { trade_type: 'NATIVE' }, { key: WRONG_KEY })).fields,
    ).toMatchObject({ return_msg: '签名错误，请检查后再试' });
    expect((await merchant.call('/pay/unifiedorder', { trade_type: 'NATIVE' })).fields).toMatchObject({
      return_msg: 'body参数长度有误',
    });
  });

  test('counts calls after the signature and before the parameters', async () => {
    const merchant = createRawMerchant({ settings: { callsPerSecondMax: 2 } });
    await merchant.clock.advance(1000);
    await merchant.call('/pay/orderquery', QUERY);
    await merchant.call('/pay/orderquery', QUERY, { key: WRONG_KEY });
    expect((await merchant.call('/pay/orderquery', QUERY)).fields).toMatchObject({ return_code: 'SUCCESS' });
    const third = await merchant.call('/pay/orderquery', {});
    expect(third.fields).toEqual({ return_code: 'FAIL', return_msg: '频率限制' });
    expect((await merchant.call('/pay/closeorder', QUERY)).fields).toMatchObject({ result_code: 'SUCCESS' });
    await merchant.clock.advance(1000);
    expect((await merchant.call('/pay/orderquery', QUERY)).fields).toMatchObject({ return_code: 'SUCCESS' });
    expect(merchant.world.calls.list().map(({ verdict }) => verdict)).toContain('rate-limited');
  });
});

describe('a signature', () => {
  test.each(['MD5', 'HMAC-SHA256'] as const)('by %s is accepted and answered alike', async (signType) => {
    const answer = await createRawMerchant().call('/pay/orderquery', QUERY, { signType });
    expect(answer).toMatchObject({ sign: 'right', fields: { err_code: 'ORDERNOTEXIST' } });
  });

  test('with a wrong key is refused, and the list of calls shows the string without the key', async () => {
    const merchant = createRawMerchant();
    await merchant.call('/pay/orderquery', { ...QUERY, attach: '' }, { key: WRONG_KEY });
    const [call] = merchant.world.calls.list();
    expect(call).toMatchObject({
      verdict: 'bad-signature',
      signedText: `appid=${APPID}&mch_id=${MCHID}&nonce_str=nonce1&out_trade_no=order-1&key=[secret]`,
    });
    expect(JSON.stringify({ ...call, fields: [] })).not.toContain(KEY);
  });

  test('by HMAC-SHA256 needs its sign_type', async () => {
    const fields = { appid: APPID, mch_id: MCHID, nonce_str: 'n', ...QUERY };
    const body = xmlByHand({ ...fields, sign: signByHand(fields, KEY, 'HMAC-SHA256') });
    expect((await createRawMerchant().send({ path: '/pay/orderquery', body })).fields).toMatchObject({
      return_msg: '签名错误，请检查后再试',
    });
  });

  test('over an emoji is never accepted', async () => {
    const merchant = createRawMerchant();
    const answer = await merchant.call('/pay/unifiedorder', nativeOrder('order-1', { body: '茶🍵' }));
    expect(answer.fields).toMatchObject({ return_code: 'FAIL', return_msg: '签名错误，请检查后再试' });
    expect(merchant.world.calls.list()[0]?.explanation).toContain('body contains a character of four UTF-8 bytes');
  });

  test('had a shorter text before 2024', async () => {
    const merchant = createRawMerchant({ switches: { signErrorText: 'old' } });
    const answer = await merchant.call('/pay/orderquery', QUERY, { key: WRONG_KEY });
    expect(answer.text).toBe(
      '<xml><return_code><![CDATA[FAIL]]></return_code>\n<return_msg><![CDATA[签名错误]]></return_msg></xml>',
    );
  });

  test('covers unknown fields and leaves out empty ones', async () => {
    const answer = await createRawMerchant().call('/pay/orderquery', { ...QUERY, zz_own_field: 'x', attach: '' });
    expect(answer.fields).toMatchObject({ err_code: 'ORDERNOTEXIST' });
  });
});

describe('the client certificate', () => {
  test.each([
    ['none', undefined, 'No required SSL certificate was sent'],
    ['one that nobody trusts', { certificatePem: STRANGER_PEM }, 'The SSL certificate error'],
    ['something else', { certificatePem: 'hello' }, 'The SSL certificate error'],
  ])('being %s ends in a page with status 400', async (_, identity, title) => {
    const merchant = createRawMerchant();
    const answer = await merchant.call('/secapi/pay/refund', REFUND, identity === undefined ? {} : { identity });
    expect(answer.status).toBe(400);
    expect(answer.text).toContain(`<title>400 ${title}</title>`);
    expect(merchant.world.calls.list()[0]?.verdict).toBe('no-certificate');
  });

  test('of another merchant is 证书验证失败, or CERT_ERROR as documented', async () => {
    const identity = { certificatePem: OTHER_MERCHANT_PEM };
    const observed = await createRawMerchant().call('/secapi/pay/refund', REFUND, { identity });
    expect(observed.fields).toEqual({ return_code: 'FAIL', return_msg: '证书验证失败' });
    const documented = createRawMerchant({ switches: { wrongCertificate: 'CERT_ERROR' } });
    expect(await documented.call('/secapi/pay/refund', REFUND, { identity })).toMatchObject({
      sign: 'right',
      fields: { err_code: 'CERT_ERROR' },
    });
  });

  test('is demanded by exactly these paths', async () => {
    const merchant = createRawMerchant();
    const paths = [
      'unifiedorder',
      'orderquery',
      'closeorder',
      'micropay',
      'refundquery',
      'downloadbill',
      'downloadfundflow',
      'refundqueryv2',
    ].map((name) => `/pay/${name}`);
    const all = [
      ...paths,
      '/secapi/pay/refund',
      '/secapi/pay/refundv2',
      '/secapi/pay/reverse',
      '/payitil/report',
      '/tools/shorturl',
      '/tools/authcodetoopenid',
    ];
    const demanding: string[] = [];
    for (const path of all) if ((await merchant.call(path, {})).status === 400) demanding.push(path);
    expect(demanding).toEqual([
      '/pay/downloadfundflow',
      '/secapi/pay/refund',
      '/secapi/pay/refundv2',
      '/secapi/pay/reverse',
    ]);
  });

  test('may be shown where it is not needed', async () => {
    const answer = await createRawMerchant().call('/pay/orderquery', QUERY, { identity: IDENTITY });
    expect(answer.fields).toMatchObject({ err_code: 'ORDERNOTEXIST' });
  });
});

describe('faults', () => {
  const place = (merchant: ReturnType<typeof createRawMerchant>) =>
    merchant.call('/pay/unifiedorder', nativeOrder('order-1'));

  test.each([
    [{ kind: 'connection-refused' }, 'connection-refused', 'not-sent'],
    [{ kind: 'no-answer' }, 'answer-timeout', 'maybe-sent'],
    [{ kind: 'reset' }, 'connection-lost', 'maybe-sent'],
  ] as const)('%o before applying fails the exchange and applies nothing', async (effect, reason, delivery) => {
    const merchant = createRawMerchant({ faults: once('before', effect) });
    const failure = await place(merchant).catch((error: HttpFailure) => error);
    expect(failure).toMatchObject({ reason, delivery });
    expect(merchant.world.ledger.orders()).toEqual([]);
    expect(merchant.world.calls.list()).toMatchObject([{ verdict: 'fault', answerStatus: 0, faults: [effect.kind] }]);
    expect((await place(merchant)).fields).toMatchObject({ result_code: 'SUCCESS' });
  });

  test('after applying loses the answer, not the order', async () => {
    const merchant = createRawMerchant({ faults: once('after', { kind: 'no-answer' }) });
    await expect(place(merchant)).rejects.toMatchObject({ reason: 'answer-timeout' });
    expect(merchant.world.ledger.orders()).toHaveLength(1);
    expect(merchant.world.calls.list()).toMatchObject([{ verdict: 'accepted', faults: ['no-answer'] }]);
  });

  test('answer with a status or a page of HTML', async () => {
    const broken = await place(createRawMerchant({ faults: once('before', { kind: 'status', status: 502 }) }));
    expect([broken.status, broken.text.startsWith('<html>')]).toEqual([502, true]);
    const html = await place(createRawMerchant({ faults: once('after', { kind: 'html' }) }));
    expect([html.status, html.text.startsWith('<html>')]).toEqual([200, true]);
  });

  test('answer SYSTEMERROR, applied or not, in the words of the operation', async () => {
    const effect = { kind: 'code', code: 'SYSTEMERROR' } as const;
    const before = createRawMerchant({ faults: once('before', effect) });
    expect(await before.call('/pay/closeorder', QUERY)).toMatchObject({
      sign: 'right',
      fields: { err_code: 'SYSTEMERROR', err_code_des: 'system error' },
    });
    const notApplied = createRawMerchant({ faults: once('before', effect) });
    expect((await place(notApplied)).fields).toMatchObject({ err_code: 'SYSTEMERROR' });
    expect(notApplied.world.ledger.orders()).toEqual([]);
    const applied = createRawMerchant({ faults: once('after', effect) });
    expect((await place(applied)).fields).toMatchObject({ err_code: 'SYSTEMERROR' });
    expect(applied.world.ledger.orders()).toHaveLength(1);
  });

  test('do not hide a bad signature behind a code', async () => {
    const merchant = createRawMerchant({ faults: once('before', { kind: 'code', code: 'SYSTEMERROR' }) });
    expect((await merchant.call('/pay/closeorder', QUERY, { key: WRONG_KEY })).fields).toMatchObject({
      return_code: 'FAIL',
    });
  });

  test('spoil the sign, leave it out, or cut the answer', async () => {
    expect((await place(createRawMerchant({ faults: once('after', { kind: 'wrong-sign' }) }))).sign).toBe('wrong');
    expect(
      (await place(createRawMerchant({ faults: once('after', { kind: 'missing-sign' }) }))).fields,
    ).not.toHaveProperty('sign');
    expect((await place(createRawMerchant({ faults: once('after', { kind: 'truncated' }) }))).text).not.toContain(
      '</xml>',
    );
  });

  test('slow an answer down', async () => {
    const merchant = createRawMerchant({ faults: once('before', { kind: 'slow', delayMs: 3000 }) });
    let isAnswered = false;
    const placed = place(merchant).finally(() => {
      isAnswered = true;
    });
    await merchant.clock.advance(2999);
    expect(isAnswered).toBe(false);
    await merchant.clock.advance(1);
    await placed;
  });
});

describe('a caller in the same process', () => {
  const limits = { connectMs: 1000, answerMs: 2000 };
  const slow = () => createRawMerchant({ faults: once('before', { kind: 'slow', delayMs: 3000 }) });
  const request = (merchant: ReturnType<typeof createRawMerchant>, more: Partial<HttpRequest>) => {
    const fields = { appid: APPID, mch_id: MCHID, nonce_str: 'n', ...nativeOrder('order-1') };
    const body = xmlByHand({ ...fields, sign: signByHand(fields, KEY) });
    return merchant.send({ path: '/pay/unifiedorder', body, ...more });
  };

  test('gives up after its own time limit, and the call is applied all the same', async () => {
    const merchant = slow();
    const failed = expect(request(merchant, { timeLimits: limits })).rejects.toMatchObject({
      reason: 'answer-timeout',
    });
    await merchant.clock.advance(2000);
    await failed;
    expect(merchant.world.ledger.orders()).toEqual([]);
    await merchant.clock.advance(1000);
    expect(merchant.world.ledger.orders()).toHaveLength(1);
  });

  test('gives up when its signal aborts, and never begins when it was aborted before', async () => {
    const controller = new AbortController();
    const during = expect(request(slow(), { signal: controller.signal })).rejects.toMatchObject({
      reason: 'aborted',
      delivery: 'maybe-sent',
    });
    controller.abort();
    await during;
    const merchant = createRawMerchant();
    const before = request(merchant, { signal: AbortSignal.abort() });
    await expect(before).rejects.toMatchObject({ reason: 'aborted', delivery: 'not-sent' });
    expect(merchant.world.calls.list()).toEqual([]);
  });

  test('leaves no timer behind when it is answered in time', async () => {
    const merchant = createRawMerchant();
    await merchant.call('/pay/closeorder', QUERY);
    expect(
      (await request(merchant, { timeLimits: limits, url: 'https://api.mch.weixin.qq.com/pay/unknown' })).status,
    ).toBe(501);
    expect(merchant.clock.nextAtMs()).toBeUndefined();
  });
});

describe('everything else', () => {
  test('a path that is not known is 501 and says so', async () => {
    const merchant = createRawMerchant();
    const answer = await merchant.call('/pay/unknown', {});
    expect(answer.status).toBe(501);
    expect(answer.text).toContain('does not know the path /pay/unknown');
    expect(merchant.world.calls.list()).toMatchObject([{ verdict: 'unknown-path', answerStatus: 501 }]);
  });

  test('every host is served alike, and the call remembers which', async () => {
    const merchant = createRawMerchant();
    await merchant.call('/pay/orderquery', QUERY, { host: 'api2.mch.weixin.qq.com' });
    expect(merchant.world.calls.list()[0]?.host).toBe('api2.mch.weixin.qq.com');
  });

  test('one merchant does not see the orders of another', async () => {
    const merchant = createRawMerchant();
    await merchant.call('/pay/unifiedorder', nativeOrder('order-1'));
    const other = { appid: 'wx0000000000000200', mch_id: '10000200' };
    expect((await merchant.call('/pay/orderquery', { ...QUERY, ...other })).fields).toMatchObject({
      err_code: 'ORDERNOTEXIST',
    });
  });

  test('another appid of the same merchant may query an order', async () => {
    const appids = new Map([APPID, 'wxsecond'].map((appid) => [appid, { secret: 's' }]));
    const merchant = createRawMerchant({ merchants: [merchantOf(MCHID, APPID, { appids })] });
    await merchant.call('/pay/unifiedorder', nativeOrder('order-1'));
    expect((await merchant.call('/pay/orderquery', { ...QUERY, appid: 'wxsecond' })).fields).toMatchObject({
      trade_state: 'NOTPAY',
    });
  });

  test('device_info comes back where it was sent', async () => {
    const merchant = createRawMerchant();
    expect((await merchant.call('/pay/orderquery', { ...QUERY, device_info: '013467007045764' })).fields).toMatchObject(
      { device_info: '013467007045764' },
    );
  });
});
