import { describe, expect, test } from 'vitest';
import { noAnswer } from '../testing/test-world.ts';
import {
  createV3World,
  isSignedRequest,
  membersOf,
  OUT_TRADE_NO,
  PAID,
  paid,
  pathOf,
  refused,
  signed,
  unsignedRefusal,
} from '../testing/v3-world.ts';

const GET = { method: 'GET', path: '/v3/marketing/favor/stocks?offset=0&limit=10' } as const;
const POST = { method: 'POST', path: '/v3/security/echo', body: { echo_message: 'a' } } as const;

describe('calling any path', () => {
  test('signs what is sent, and answers with the members of a signed object', async () => {
    const world = createV3World([signed({ total_count: 0, data: [] })]);
    const outcome = await world.client.call(GET);
    expect(outcome).toMatchObject({ outcome: 'done', answer: new Map(Object.entries({ total_count: 0, data: [] })) });
    expect(world.requests.map(pathOf)).toEqual([GET.path]);
    expect(world.requests.map(isSignedRequest)).toEqual([true]);
  });

  test('sends a body as it is given, and takes 204 for success', async () => {
    const world = createV3World([signed(undefined, { status: 204 })]);
    expect(await world.client.call(POST)).toMatchObject({ outcome: 'done', answer: new Map() });
    expect(world.requests.map(membersOf)).toEqual([{ echo_message: 'a' }]);
    expect(world.requests.map(isSignedRequest)).toEqual([true]);
  });

  test('believes what is signed, and nothing else', async () => {
    const world = createV3World([signed({ a: 1 }, { arriving: '{"a":2}' }), unsignedRefusal(403, 'NO_AUTH')]);
    expect(await world.client.call(GET)).toMatchObject({ outcome: 'unknown', reason: 'signature-mismatch' });
    expect(await world.client.call(GET)).toMatchObject({ outcome: 'unknown', reason: 'header-missing' });
  });

  test('does not send a change twice, unless it is said to be safe', async () => {
    const lost = noAnswer('connection-lost', 'maybe-sent');
    const careful = createV3World([lost]);
    const bold = createV3World([lost]);
    await careful.finish(careful.client.call(POST));
    await bold.finish(bold.client.call(POST, { afterUnknown: 'repeat' }));
    expect([careful.requests.length, bold.requests.length]).toEqual([1, 4]);
  });

  test('sends a question again, and takes the statuses for success that it is told', async () => {
    const world = createV3World([noAnswer('connection-lost', 'maybe-sent'), signed({ a: 1 }, { status: 201 })]);
    expect(await world.finish(world.client.call(GET, { success: [201] }))).toMatchObject({ outcome: 'done' });
    expect(world.requests).toHaveLength(2);
  });

  test('knows the operations that have a method: their codes and whether they may be repeated', async () => {
    const path = `/v3/pay/transactions/out-trade-no/${OUT_TRADE_NO}`;
    const world = createV3World([refused(404, 'ORDER_NOT_EXIST'), noAnswer('connection-lost', 'maybe-sent')]);
    const asked = await world.client.call({ method: 'GET', path: `${path}?mchid=1900000001` });
    expect(asked).toMatchObject({ outcome: 'rejected', code: 'ORDER_NOT_EXIST', meaning: 'no order has this number' });
    const charge = { method: 'POST', path: '/v3/pay/transactions/codepay', body: {} } as const;
    await world.finish(world.client.call(charge, { afterUnknown: 'repeat' }));
    expect(world.requests).toHaveLength(2);
  });

  test('names the key that fields were encrypted with', async () => {
    const world = createV3World([paid]);
    await world.client.call({ ...POST, encryptedFor: 'ABC1' });
    expect(world.requests[0]?.headers['wechatpay-serial']).toBe('ABC1');
  });

  test.each(['v3/x', '/v2/x', '/v3/a b', '/v3/订单', '/v3/a#b', 'https://example.com/v3/x'])(
    'refuses a path that is not escaped or not of APIv3: %s',
    async (path) => {
      const world = createV3World([signed(PAID)]);
      expect(await world.client.call({ method: 'GET', path })).toMatchObject({
        outcome: 'rejected',
        code: 'FIELD_INVALID',
        attempts: [],
      });
      expect(world.requests).toEqual([]);
    },
  );

  test('refuses a GET with a body', async () => {
    const world = createV3World([signed(PAID)]);
    const outcome = await world.client.call({ ...GET, body: { a: 1 } });
    expect(outcome).toMatchObject({ outcome: 'rejected', code: 'FIELD_INVALID' });
  });
});
