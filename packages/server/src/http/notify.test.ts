import { afterEach, beforeEach, expect, test } from 'vitest';
import { createServiceWorld, type ServiceWorld } from './testing/service-world.ts';
import { MCHID } from './testing/shop.ts';

let world: ServiceWorld;

beforeEach(async () => {
  world = await createServiceWorld();
});

afterEach(() => world.close());

const post = (path: string, payload: string | Buffer, type = 'text/xml') =>
  world.app.inject({ method: 'POST', url: path, headers: { 'content-type': type }, payload });

test('a payment is known as soon as its notice is answered, and the notice is not sent again', async () => {
  await world.open('tea');
  world.simulator.payer.pay({ outTradeNo: 'tea-1' });
  await world.simulator.notices.settled();
  expect((await world.send('GET', '/v1/orders/tea')).json).toMatchObject({
    state: 'paid',
    attempts: [{ payment: { learnedBy: 'notice' } }],
  });
  expect(world.simulator.notices.list()).toMatchObject([{ tries: [{ verdict: 'accepted' }] }]);
});

test.each(['application/json', 'text/xml', 'application/x-www-form-urlencoded', 'application/octet-stream'])(
  'the bytes are taken as they are, whatever they are called: %s',
  async (type) => {
    const answer = await post(`/notify/${MCHID}`, '<xml><a>1</a></xml>', type);
    expect(answer.body).toContain('FAIL');
    expect(world.log.join('')).toContain('"verdict":"unverified"');
  },
);

test('a forged notice changes nothing', async () => {
  await world.open('tea');
  const forged = `<xml><return_code>SUCCESS</return_code><out_trade_no>tea-1</out_trade_no><sign>00</sign></xml>`;
  await post(`/notify/${MCHID}`, forged);
  expect((await world.send('GET', '/v1/orders/tea')).json).toMatchObject({ state: 'open' });
});

test('a body above 64 KiB is refused before it is looked at', async () => {
  expect((await post(`/notify/${MCHID}`, 'x'.repeat(70_000))).statusCode).toBe(413);
});

test('an address that names no merchant number is 404', async () => {
  expect((await post('/notify/me', '<xml/>')).statusCode).toBe(404);
});
