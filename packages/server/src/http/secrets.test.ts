import { expect, test } from 'vitest';
import { createServiceWorld } from './testing/service-world.ts';
import { API_KEY, CREDENTIALS, MCHID, MINUTE, OTHER_API_KEY, SECOND } from './testing/shop.ts';

const AUTH_CODE = '130000000000000001';

test('a whole day’s work leaves no secret, no code and no payer in the log, at the most talkative level (R20)', async () => {
  const world = await createServiceWorld();
  await world.open('tea');
  world.simulator.payer.pay({ outTradeNo: 'tea-1' });
  await world.pass(SECOND);
  await world.send('POST', '/v1/orders/tea/refunds', { body: { outRefundNo: 'r1', refundFen: 1 } });
  const micropay = { orderId: 'bun', totalFen: 1, description: 'bun', authCode: AUTH_CODE, payerIp: '203.0.113.7' };
  await world.send('POST', '/v1/micropay', { body: micropay, headers: { 'idempotency-key': 'k1' } });
  await world.open('x', { payerIp: API_KEY });
  await world.send('GET', '/v1/orders', { apiKey: `${OTHER_API_KEY}x` });
  await world.app.inject({ method: 'POST', url: `/notify/${MCHID}`, payload: `<xml><key>${API_KEY}</key></xml>` });
  await world.pass(40 * MINUTE);
  world.app.log.info({ apiKey: API_KEY, config: { secret: API_KEY }, a: { b: { openid: API_KEY } } }, 'clumsy');
  const { account, certificates } = CREDENTIALS;
  const openids = world.simulator.world.ledger.orders().flatMap(({ payment }) => payment?.openid ?? []);
  const secrets = [API_KEY, OTHER_API_KEY, account.v2Key, account.v3Key, AUTH_CODE, ...openids];
  const text = world.log.join('');
  expect(world.log.length).toBeGreaterThan(20);
  expect(openids).toHaveLength(2);
  for (const secret of [...secrets, certificates.merchant.privateKeyPem.slice(30, 90)])
    expect(text).not.toContain(secret);
  expect(text).toContain('[secret]');
  await world.close();
});
