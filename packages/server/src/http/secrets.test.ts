import { expect, test } from 'vitest';
import { createServiceWorld } from './testing/service-world.ts';
import { API_KEY, CLASSIC, CREDENTIALS, MCHID, MINUTE, MODERN, OTHER_API_KEY, SECOND, SPEAKS } from './testing/shop.ts';

const AUTH_CODE = '130000000000000001';

/** Texts that prove something to somebody, of every request that left: keys, signatures, what was sealed. */
const PROOFS = /"?(?:sign|signature|ciphertext)"?(?:>(?:<!\[CDATA\[)?|="|":")([^"<\]]{20,})/g;

test.each([
  ['v2', CLASSIC],
  ['v3', MODERN],
])(
  'a whole day’s work in %s leaves no secret, no code and no payer in the log, at the most talkative level (R20)',
  async (_protocol, merchant) => {
    const sent: string[] = [];
    const world = await createServiceWorld({
      merchants: [merchant],
      http: (http) => async (request) => {
        const answer = await http(request);
        const { headers, body = '' } = request;
        sent.push(headers['authorization'] ?? '', Buffer.from(body).toString(), Buffer.from(answer.body).toString());
        return answer;
      },
    });
    await world.open('tea-one');
    world.simulator.payer.pay({ outTradeNo: 'tea-one-1' });
    await world.pass(SECOND);
    await world.send('POST', '/v1/orders/tea-one/refunds', { body: { outRefundNo: 'r1', refundFen: 1 } });
    const micropay = {
      orderId: 'bun-one',
      totalFen: 1,
      description: 'bun',
      authCode: AUTH_CODE,
      payerIp: '203.0.113.7',
    };
    await world.send('POST', '/v1/micropay', { body: micropay, headers: { 'idempotency-key': 'k1' } });
    await world.open('x', { payerIp: API_KEY });
    await world.send('GET', '/v1/orders', { apiKey: `${OTHER_API_KEY}x` });
    for (const payload of [`<xml><key>${API_KEY}</key></xml>`, `{"id":"${API_KEY}"}`])
      await world.app.inject({ method: 'POST', url: `/notify/${MCHID}`, payload });
    world.simulator.faults.add({ effect: { kind: 'notice-forged' }, moment: 'notice', aim: {}, times: 1 });
    await world.open('tea-two');
    world.simulator.payer.pay({ outTradeNo: 'tea-two-1' });
    await world.pass(40 * MINUTE);
    world.app.log.info({ apiKey: API_KEY, config: { secret: API_KEY }, a: { b: { openid: API_KEY } } }, 'clumsy');
    world.app.log.info({ merchant: SPEAKS.v2, other: SPEAKS.v3 }, 'clumsy');

    const { account, certificates } = CREDENTIALS;
    const openids = world.simulator.world.ledger.orders().flatMap(({ payment }) => payment?.openid ?? []);
    const proofs = sent.flatMap((message) => [...message.matchAll(PROOFS)].map(([, proof = '']) => proof));
    const secrets = [API_KEY, OTHER_API_KEY, account.v2Key, account.v3Key, AUTH_CODE, ...openids, ...proofs];
    const text = world.log.join('');
    expect(world.log.length).toBeGreaterThan(20);
    expect(openids).toHaveLength(3);
    expect(proofs.length).toBeGreaterThan(5);
    for (const secret of [...secrets, certificates.merchant.privateKeyPem.slice(30, 90)])
      expect(text).not.toContain(secret);
    expect(text).toContain('[secret]');
    await world.close();
  },
);
