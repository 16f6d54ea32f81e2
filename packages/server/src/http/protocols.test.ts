import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createServiceWorld, type ServiceWorld } from './testing/service-world.ts';
import { BOTH, MCHID, MINUTE, MODERN, SECOND, SPEAKS } from './testing/shop.ts';

let world: ServiceWorld;

afterEach(() => world.close());

const charge = (protocol: string) =>
  world.send('POST', '/v1/micropay', {
    body: {
      orderId: 'till-1',
      totalFen: 100,
      description: 'tea',
      authCode: '130000000000000001',
      payerIp: '203.0.113.7',
      protocol,
    },
  });

describe('a merchant of APIv3', () => {
  beforeEach(async () => {
    world = await createServiceWorld({ merchants: [MODERN] });
  });

  test.each(['certificate', 'public-key', 'switching'] as const)(
    'an order is opened, and its payment known as soon as its notice is answered, in the key mode %s',
    async (mode) => {
      world.simulator.world.v3.keys?.setMode(mode);
      const { status, json } = await world.open('tea-one');
      expect(status).toBe(201);
      expect(json).toMatchObject({
        order: { attempts: [{ protocol: 'v3', outTradeNo: 'tea-one-1' }] },
        parameters: { tradeType: 'NATIVE', codeUrl: expect.stringContaining('weixin://wxpay/') },
      });
      world.simulator.payer.pay({ outTradeNo: 'tea-one-1' });
      await world.simulator.notices.settled();
      expect((await world.send('GET', '/v1/orders/tea-one')).json).toMatchObject({
        state: 'paid',
        attempts: [{ payment: { learnedBy: 'notice' } }],
      });
      expect(world.simulator.notices.list()).toMatchObject([{ tries: [{ verdict: 'accepted', answerStatus: 204 }] }]);
    },
  );

  test('a platform certificate that is rotated under its hands loses nothing', async () => {
    const { simulator } = world;
    await world.open('tea-one');
    const rotated = await simulator.controlHandle({ method: 'POST', url: 'http://control/keys/rotate', headers: {} });
    expect(rotated.status).toBe(200);
    simulator.world.settings.newCertificateShare = 1;
    // Certificates are fetched at most once a minute, whoever asks for them.
    await world.clock.advance(MINUTE);
    simulator.payer.pay({ outTradeNo: 'tea-one-1' });
    await simulator.notices.settled();
    expect((await world.send('GET', '/v1/orders/tea-one')).json).toMatchObject({
      state: 'paid',
      attempts: [{ payment: { learnedBy: 'notice' } }],
    });
  });

  test('an order is closed without waiting until it is five minutes old', async () => {
    await world.open('tea-one');
    await world.send('POST', '/v1/orders/tea-one/close');
    await world.pass(SECOND);
    const { status, json } = await world.send('POST', '/v1/orders/tea-one/close');
    expect(status).toBe(200);
    expect(json).toMatchObject({ state: 'closed', attempts: [{ receipt: { proof: 'closed-at-wechat' } }] });
  });

  test('paying in another way is possible at once, because the old attempt can be closed', async () => {
    await world.open('tea-one');
    const { status, json } = await world.send('POST', '/v1/orders/tea-one/attempts', { body: { tradeType: 'APP' } });
    expect(status).toBe(201);
    expect(json).toMatchObject({
      order: { attempts: [{ state: 'closed' }, { state: 'open', tradeType: 'APP', protocol: 'v3' }] },
      parameters: { tradeType: 'APP', package: 'Sign=WXPay' },
    });
  });

  test('a refund is followed until its notice says that it has succeeded', async () => {
    await world.open('tea-one');
    world.simulator.payer.pay({ outTradeNo: 'tea-one-1' });
    await world.pass(SECOND);
    const body = { outRefundNo: 'back-1', refundFen: 990 };
    expect((await world.send('POST', '/v1/orders/tea-one/refunds', { body })).status).toBe(202);
    await world.pass(5 * SECOND);
    expect((await world.send('GET', '/v1/orders/tea-one')).json).toMatchObject({
      refundedFen: 990,
      refunds: [{ state: 'succeeded' }],
    });
    const refundNotice = world.simulator.notices.list().find(({ kind }) => kind === 'refund');
    expect(refundNotice).toMatchObject({ tries: [{ verdict: 'accepted', answerStatus: 204 }] });
  });

  test('a code on a phone is charged in APIv3, and never shown again', async () => {
    const { status, json } = await charge('v3');
    expect([status, json['order']]).toEqual([
      200,
      expect.objectContaining({ state: 'paid', attempts: [expect.objectContaining({ protocol: 'v3' })] }),
    ]);
    expect((await world.send('GET', '/v1/orders/till-1/timeline')).body).not.toContain('130000000000000001');
  });

  test('the timeline has the messages of WeChat Pay as they were signed, sealed ones with what was in them', async () => {
    await world.open('tea-one');
    world.simulator.payer.pay({ outTradeNo: 'tea-one-1' });
    await world.pass(SECOND);
    const { json } = await world.send('GET', '/v1/orders/tea-one/timeline');
    expect(json['entries']).toMatchObject([
      { source: 'merchant' },
      { source: 'place', evidence: { encoding: 'utf-8', content: expect.stringContaining('"code_url"') } },
      {
        source: 'notice',
        observation: { report: { tradeState: 'SUCCESS' } },
        evidence: { encoding: 'utf-8', content: expect.stringContaining('"ciphertext"') },
      },
    ]);
  });

  test('without the public key of a merchant who has no certificates, the refusal and the timeline say what to do', async () => {
    const { publicKeys: _none, ...v3 } = SPEAKS.v3;
    const keyless = await createServiceWorld({ merchants: [{ mchid: MCHID, speaks: { v3 } }] });
    keyless.simulator.world.v3.keys?.setMode('public-key');
    const { status, json } = await keyless.open('tea-one');
    expect([status, json['code']]).toEqual([422, 'rejected-by-wechat-pay']);
    expect(json['detail']).toContain('WECHATPAY_KEYS_MISSING');
    expect((await keyless.send('GET', '/v1/orders/tea-one/timeline')).body).toContain('微信支付公钥');
    await keyless.close();
  });

  test('a request for the classic API is refused by its own code at every address that takes one', async () => {
    const refused = [await world.open('tea-one', { protocol: 'v2' }), await charge('v2')];
    await world.open('tea-two');
    refused.push(await world.send('POST', '/v1/orders/tea-two/attempts', { body: { protocol: 'v2' } }));
    expect(refused.map(({ status, json }) => [status, json['code']])).toEqual(
      Array.from({ length: 3 }, () => [422, 'protocol-not-spoken']),
    );
    expect(world.simulator.world.ledger.orders()).toHaveLength(1);
  });
});

describe('a merchant of both protocols', () => {
  const orderOf = ({ json }: Awaited<ReturnType<ServiceWorld['open']>>): unknown => json['order'];

  test('speaks APIv3 unless the request or the configuration says otherwise', async () => {
    world = await createServiceWorld({ merchants: [BOTH] });
    expect(orderOf(await world.open('tea-one'))).toMatchObject({ attempts: [{ protocol: 'v3' }] });
    expect(orderOf(await world.open('tea-two', { protocol: 'v2' }))).toMatchObject({
      attempts: [{ protocol: 'v2' }],
    });
    await world.close();
    world = await createServiceWorld({ merchants: [{ ...BOTH, protocol: 'v2' }] });
    expect(orderOf(await world.open('tea-one'))).toMatchObject({ attempts: [{ protocol: 'v2' }] });
  });

  test('the same order in the other protocol is the same order, and stays in its own', async () => {
    world = await createServiceWorld({ merchants: [BOTH] });
    await world.open('tea-one', { protocol: 'v2' });
    const { status, json } = await world.open('tea-one', { protocol: 'v3' });
    expect(status).toBe(201);
    expect(json).toMatchObject({ order: { attempts: [{ protocol: 'v2' }] } });
  });

  test('notices of both come to one address', async () => {
    world = await createServiceWorld({ merchants: [BOTH] });
    for (const protocol of ['v2', 'v3']) {
      await world.open(`tea-${protocol}`, { protocol });
      world.simulator.payer.pay({ outTradeNo: `tea-${protocol}-1` });
      await world.simulator.notices.settled();
      expect((await world.send('GET', `/v1/orders/tea-${protocol}`)).json).toMatchObject({
        state: 'paid',
        attempts: [{ protocol, payment: { learnedBy: 'notice' } }],
      });
    }
  });
});
