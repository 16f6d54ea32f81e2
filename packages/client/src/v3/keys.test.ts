import { nextTurn } from '@orderkeeper/ports';
import { parseOutTradeNo, readWechatpayPublicKey } from '@orderkeeper/protocol';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { answerText, noAnswer, silence, START_MS, valueOf } from '../testing/test-world.ts';
import {
  CERTIFICATE,
  CERTIFICATE_MERCHANT,
  createCertificate,
  keyText,
  knownCertificate,
  NEXT_CERTIFICATE,
  type PlatformKey,
  PUBLIC_KEY,
  PUBLIC_KEY_MERCHANT,
} from '../testing/v3-keys.ts';
import {
  certificateList,
  createV3World,
  isSignedRequest,
  noCertificates,
  OUT_TRADE_NO,
  PAID,
  pathOf,
  signed,
  unsignedRefusal,
  type V3Reaction,
} from '../testing/v3-world.ts';

const HOUR_MS = 3_600_000;
const query = { outTradeNo: OUT_TRADE_NO };
const paidBy = (by: PlatformKey): V3Reaction => signed(PAID, { by });
const certificates = (...keys: readonly PlatformKey[]): V3Reaction => certificateList(keys);
const onlyCertificates = { merchant: CERTIFICATE_MERCHANT };
const publicKey = valueOf(readWechatpayPublicKey(PUBLIC_KEY.serial, keyText('wechatpay-public-key')));

describe('a client without any key', () => {
  test('fetches the certificates before its first call, signed like any other', async () => {
    const world = createV3World([paidBy(CERTIFICATE)], {
      ...onlyCertificates,
      certificates: [certificates(CERTIFICATE)],
    });
    const outcome = await world.client.queryByOutTradeNo(query);
    expect(outcome).toMatchObject({ outcome: 'done' });
    expect(outcome.attempts).toHaveLength(1);
    expect(world.fetches.map(pathOf)).toEqual(['/v3/certificates']);
    expect(world.fetches.map(isSignedRequest)).toEqual([true]);
    expect([...world.client.keys.current().keys()]).toEqual([CERTIFICATE.serial]);
  });

  test('fetches them once, however many calls wait for them', async () => {
    const world = createV3World([paidBy(CERTIFICATE)], {
      ...onlyCertificates,
      certificates: [certificates(CERTIFICATE)],
    });
    const calls = Array.from({ length: 30 }, () => world.client.queryByOutTradeNo(query));
    const outcomes = await world.finish(Promise.all(calls));
    expect(outcomes.every(({ outcome }) => outcome === 'done')).toBe(true);
    expect(world.fetches).toHaveLength(1);
  });

  test('of a merchant that has no certificates says what to do, and sends nothing', async () => {
    const world = createV3World([paidBy(PUBLIC_KEY)], onlyCertificates);
    const outcome = await world.client.queryByOutTradeNo(query);
    expect(outcome).toMatchObject({ outcome: 'rejected', code: 'WECHATPAY_KEYS_MISSING', attempts: [] });
    expect('message' in outcome && outcome.message).toMatch(/download the public key .* configure it with its id/);
    expect(world.requests).toEqual([]);
    await world.client.queryByOutTradeNo(query);
    expect(world.fetches).toHaveLength(1);
    await world.clock.advance(60_000);
    await world.client.queryByOutTradeNo(query);
    expect(world.fetches).toHaveLength(2);
  });

  test('whose APIv3 key is wrong says so', async () => {
    const sealed = certificateList([CERTIFICATE], { apiV3Key: 'x'.repeat(32) });
    const world = createV3World([paidBy(CERTIFICATE)], { ...onlyCertificates, certificates: [sealed] });
    const outcome = await world.client.queryByOutTradeNo(query);
    expect(outcome).toMatchObject({ outcome: 'rejected', code: 'WECHATPAY_KEYS_MISSING' });
    expect('message' in outcome && outcome.message).toContain('check the APIv3 key');
    expect(await world.client.keys.refresh()).toMatchObject({ ok: false, reason: 'api-v3-key-wrong' });
  });

  test('that WeChat Pay does not authenticate says so', async () => {
    const world = createV3World([], {
      ...onlyCertificates,
      certificates: [unsignedRefusal(401, 'SIGN_ERROR', '商户证书序列号有误。')],
    });
    expect(await world.client.queryByOutTradeNo(query)).toMatchObject({
      outcome: 'rejected',
      code: 'WECHATPAY_KEYS_MISSING',
    });
    expect(await world.client.keys.refresh()).toMatchObject({ ok: false, reason: 'not-authenticated' });
  });

  test('that cannot reach WeChat Pay knows nothing, sends nothing, and tries again with the next call', async () => {
    const world = createV3World([paidBy(CERTIFICATE)], {
      ...onlyCertificates,
      certificates: [
        ...Array.from({ length: 4 }, () => noAnswer('connection-refused', 'not-sent')),
        certificates(CERTIFICATE),
      ],
    });
    const outcome = await world.finish(world.client.queryByOutTradeNo(query));
    expect(outcome).toMatchObject({ outcome: 'unknown', reason: 'keys-not-fetched', attempts: [] });
    expect(world.requests).toEqual([]);
    expect(await world.client.queryByOutTradeNo(query)).toMatchObject({ outcome: 'done' });
  });

  test('fetches from the second host when the first is not reached', async () => {
    const world = createV3World([paidBy(CERTIFICATE)], {
      ...onlyCertificates,
      certificates: [noAnswer('connect-timeout', 'not-sent'), certificates(CERTIFICATE)],
    });
    expect(await world.client.queryByOutTradeNo(query)).toMatchObject({ outcome: 'done', tookMs: 0 });
    expect(world.fetches.map(({ url }) => new URL(url).host)).toEqual([
      'api.mch.weixin.qq.com',
      'api2.mch.weixin.qq.com',
    ]);
  });

  test.each<[string, V3Reaction]>([
    ['signed by another', certificateList([CERTIFICATE], { by: { ...PUBLIC_KEY, serial: CERTIFICATE.serial } })],
    ['not signed', certificateList([CERTIFICATE], { without: ['wechatpay-signature'] })],
    ['an old list', certificateList([CERTIFICATE], { aheadMs: -HOUR_MS })],
    ['a list of no form', signed({ data: 'none' }, { by: CERTIFICATE })],
    ['a certificate under another serial', certificates({ ...CERTIFICATE, serial: NEXT_CERTIFICATE.serial })],
    ['a list of none', certificates()],
    ['a web page', () => answerText('<!doctype html><html></html>')],
  ])('takes no certificates out of what is %s', async (_, list) => {
    const world = createV3World([paidBy(CERTIFICATE)], { ...onlyCertificates, certificates: [list] });
    expect(await world.finish(world.client.queryByOutTradeNo(query))).toMatchObject({
      outcome: 'unknown',
      reason: 'keys-not-fetched',
    });
    expect(world.client.keys.current().size).toBe(0);
    expect(world.requests).toEqual([]);
  });
});

describe('waiting for keys', () => {
  const waiting = { ...onlyCertificates, certificates: [silence] };

  test('ends with the deadline of the call, and nothing is sent', async () => {
    const world = createV3World([paidBy(CERTIFICATE)], waiting);
    const call = world.client.queryByOutTradeNo(query, { deadlineMs: 2_000 });
    expect(await world.finish(call)).toMatchObject({ outcome: 'unknown', reason: 'keys-not-fetched', tookMs: 2_000 });
    expect(world.requests).toEqual([]);
  });

  test('ends with an abort, which is certain because nothing was sent', async () => {
    const world = createV3World([paidBy(CERTIFICATE)], waiting);
    const controller = new AbortController();
    const call = world.client.queryByOutTradeNo(query, { signal: controller.signal });
    await nextTurn();
    controller.abort();
    expect(await call).toMatchObject({ outcome: 'rejected', code: 'ABORTED_BEFORE_SENDING', attempts: [] });
  });

  test('for one call does not end with the abort of another that waits for the same', async () => {
    const world = createV3World([paidBy(CERTIFICATE)], {
      ...onlyCertificates,
      certificates: [
        async (request, nowMs) => {
          await new Promise<void>((resolve) => world.clock.after(1_000, resolve));
          return certificates(CERTIFICATE)(request, nowMs);
        },
      ],
    });
    const controller = new AbortController();
    const first = world.client.queryByOutTradeNo(query, { signal: controller.signal });
    const second = world.client.queryByOutTradeNo(query);
    await nextTurn();
    controller.abort();
    expect(await first).toMatchObject({ code: 'ABORTED_BEFORE_SENDING' });
    expect(await world.finish(second)).toMatchObject({ outcome: 'done', tookMs: 1_000 });
    expect(world.fetches).toHaveLength(1);
    expect(world.clock.nextAtMs()).toBeUndefined();
  });

  test('after an answer with an unknown certificate ends with the deadline, and the answer stays unverified', async () => {
    const world = createV3World([paidBy(CERTIFICATE)], { certificates: [silence] });
    const call = world.client.queryByOutTradeNo(query, { deadlineMs: 3_000 });
    expect(await world.finish(call)).toMatchObject({ outcome: 'unknown', reason: 'unknown-serial', tookMs: 3_000 });
  });

  test('after an answer with an unknown certificate ends with an abort, which is not certain any more', async () => {
    const world = createV3World([paidBy(CERTIFICATE)], { certificates: [silence] });
    const controller = new AbortController();
    const call = world.client.queryByOutTradeNo(query, { signal: controller.signal });
    await nextTurn();
    controller.abort();
    expect(await call).toMatchObject({ outcome: 'unknown', reason: 'aborted', attempts: [{ status: 200 }] });
  });
});

describe('an unknown certificate', () => {
  test('is looked for once, and the answer that named it counts', async () => {
    const world = createV3World([paidBy(CERTIFICATE), paidBy(NEXT_CERTIFICATE)], {
      ...onlyCertificates,
      certificates: [certificates(CERTIFICATE), certificates(NEXT_CERTIFICATE, CERTIFICATE)],
    });
    expect(await world.client.queryByOutTradeNo(query)).toMatchObject({ outcome: 'done' });
    await world.clock.advance(60_000);
    const outcome = await world.client.queryByOutTradeNo(query);
    expect(outcome).toMatchObject({ outcome: 'done' });
    expect(outcome.attempts).toHaveLength(1);
    expect(world.fetches).toHaveLength(2);
    expect(world.client.keys.current().size).toBe(2);
  });

  test('that nobody has makes one fetch a minute, however many answers name it', async () => {
    const flood: V3Reaction = (request, nowMs) =>
      signed(PAID, { by: { ...CERTIFICATE, serial: `F00D${world.requests.length}` } })(request, nowMs);
    const world = createV3World([flood], { certificates: [certificates(CERTIFICATE)] });
    for (let minute = 0; minute < 3; minute += 1) {
      const calls = Array.from({ length: 50 }, () => world.client.queryByOutTradeNo(query));
      const outcomes = await world.finish(Promise.all(calls));
      expect(outcomes.every((outcome) => 'reason' in outcome && outcome.reason === 'unknown-serial')).toBe(true);
      expect(world.fetches).toHaveLength(minute + 1);
      await world.clock.advance(59_999);
      await world.finish(world.client.queryByOutTradeNo(query));
      expect(world.fetches).toHaveLength(minute + 1);
      await world.clock.advance(1);
    }
  });

  test('is not looked for where the name is that of a public key, which nobody can fetch', async () => {
    const stranger = { ...PUBLIC_KEY, serial: 'PUB_KEY_ID_0000000000000099' };
    const world = createV3World([paidBy(stranger)]);
    const outcome = await world.client.queryByOutTradeNo(query);
    expect(outcome).toMatchObject({ outcome: 'unknown', reason: 'unknown-serial' });
    expect('message' in outcome && outcome.message).toContain('PUB_KEY_ID_0000000000000099');
    expect(world.fetches).toEqual([]);
  });
});

describe('the age of certificates', () => {
  const aging = () =>
    createV3World([paidBy(CERTIFICATE)], {
      ...onlyCertificates,
      certificates: [certificates(CERTIFICATE), certificates(NEXT_CERTIFICATE, CERTIFICATE)],
    });

  test('of twelve hours lets the next call fetch them anew, beside itself', async () => {
    const world = aging();
    await world.client.queryByOutTradeNo(query);
    await world.clock.advance(12 * HOUR_MS);
    expect(world.fetches).toHaveLength(1);
    await world.client.queryByOutTradeNo(query);
    await nextTurn();
    expect(world.fetches).toHaveLength(2);
    expect([...world.client.keys.current().keys()]).toContain(NEXT_CERTIFICATE.serial);
  });

  test('never delays a call, even when WeChat Pay does not answer', async () => {
    const world = createV3World([paidBy(CERTIFICATE)], {
      ...onlyCertificates,
      certificates: [certificates(CERTIFICATE), silence],
    });
    await world.client.queryByOutTradeNo(query);
    await world.clock.advance(12 * HOUR_MS);
    expect(await world.client.queryByOutTradeNo(query)).toMatchObject({ outcome: 'done', tookMs: 0 });
    expect(world.fetches).toHaveLength(2);
    await world.clock.advance(60_000);
  });

  test('matters after half a day without an answer again a minute later, and after a refusal half a day later', async () => {
    const timeout = noAnswer('connection-refused', 'not-sent');
    const world = createV3World([paidBy(CERTIFICATE)], {
      ...onlyCertificates,
      certificates: [certificates(CERTIFICATE), timeout, timeout, timeout, timeout, noCertificates],
    });
    await world.client.queryByOutTradeNo(query);
    await world.clock.advance(12 * HOUR_MS);
    await world.client.queryByOutTradeNo(query);
    await world.clock.advance(60_000);
    expect(world.fetches).toHaveLength(5);
    await world.client.queryByOutTradeNo(query);
    await world.clock.advance(HOUR_MS);
    await world.client.queryByOutTradeNo(query);
    expect(world.fetches).toHaveLength(6);
    await world.clock.advance(12 * HOUR_MS);
    await world.client.queryByOutTradeNo(query);
    expect(world.fetches).toHaveLength(7);
  });

  test('is counted from when they were added by hand', async () => {
    const world = createV3World([paidBy(CERTIFICATE)], {
      ...onlyCertificates,
      certificates: [certificates(CERTIFICATE)],
    });
    world.client.keys.add([knownCertificate(CERTIFICATE)]);
    await world.client.queryByOutTradeNo(query);
    expect(world.fetches).toEqual([]);
    await world.clock.advance(12 * HOUR_MS);
    await world.client.queryByOutTradeNo(query);
    expect(world.fetches).toHaveLength(1);
  });

  test('does not matter to a merchant with the public key alone', async () => {
    const world = createV3World([paidBy(PUBLIC_KEY)]);
    await world.client.queryByOutTradeNo(query);
    await world.clock.advance(48 * HOUR_MS);
    await world.client.queryByOutTradeNo(query);
    expect(world.fetches).toEqual([]);
  });
});

describe('keys by hand', () => {
  test('refreshing fetches whenever it is asked for, and shares a fetch that is under way', async () => {
    const world = createV3World([], { ...onlyCertificates, certificates: [certificates(CERTIFICATE)] });
    const [first, second] = await Promise.all([world.client.keys.refresh(), world.client.keys.refresh()]);
    expect(first.ok && first.value.size).toBe(1);
    expect(second).toBe(first);
    expect(world.fetches).toHaveLength(1);
    await world.client.keys.refresh();
    expect(world.fetches).toHaveLength(2);
  });

  test('an added public key is named from the next call on, and certificates go on counting', async () => {
    const world = createV3World([paidBy(CERTIFICATE), paidBy(PUBLIC_KEY), paidBy(CERTIFICATE)], {
      ...onlyCertificates,
      certificates: [certificates(CERTIFICATE)],
    });
    expect(await world.client.queryByOutTradeNo(query)).toMatchObject({ outcome: 'done' });
    world.client.keys.add([publicKey]);
    expect(await world.client.queryByOutTradeNo(query)).toMatchObject({ outcome: 'done' });
    expect(await world.client.queryByOutTradeNo(query)).toMatchObject({ outcome: 'done' });
    const named = world.requests.map(({ headers }) => headers['wechatpay-serial']);
    expect(named).toEqual([undefined, PUBLIC_KEY.serial, PUBLIC_KEY.serial]);
  });

  test('an added certificate takes nothing from the public key, which goes on being named', async () => {
    const world = createV3World([paidBy(PUBLIC_KEY)]);
    world.client.keys.add([knownCertificate(CERTIFICATE)]);
    await world.client.queryByOutTradeNo(query);
    expect(world.requests[0]?.headers['wechatpay-serial']).toBe(PUBLIC_KEY.serial);
  });

  test('of two public keys the one that was added last is named', async () => {
    const world = createV3World([paidBy(PUBLIC_KEY)]);
    world.client.keys.add([{ ...publicKey, serial: 'PUB_KEY_ID_2' }]);
    expect(await world.client.queryByOutTradeNo(query)).toMatchObject({ outcome: 'done' });
    expect(world.requests[0]?.headers['wechatpay-serial']).toBe('PUB_KEY_ID_2');
  });

  test('a key that is added while certificates are fetched is kept', async () => {
    const world = createV3World([], {
      ...onlyCertificates,
      certificates: [
        (request, nowMs) => {
          world.client.keys.add([publicKey]);
          return certificates(CERTIFICATE)(request, nowMs);
        },
      ],
    });
    await world.client.keys.refresh();
    expect([...world.client.keys.current().keys()].toSorted()).toEqual([CERTIFICATE.serial, PUBLIC_KEY.serial]);
  });

  test('the public key helps a merchant at once whose fetch has failed', async () => {
    const world = createV3World([paidBy(PUBLIC_KEY)], onlyCertificates);
    expect(await world.client.queryByOutTradeNo(query)).toMatchObject({ outcome: 'rejected' });
    world.client.keys.add([publicKey]);
    expect(await world.client.queryByOutTradeNo(query)).toMatchObject({ outcome: 'done' });
  });
});

describe('a switch under traffic', () => {
  const numbers = Array.from({ length: 24 }, (_, index) => valueOf(parseOutTradeNo(`ORDER${1000 + index}`)));

  /** WeChat Pay signs each answer with whichever key it likes. Time stands still, so requests may be signed aside. */
  const worldOf = (choose: (request: number) => PlatformKey) => {
    let count = 0;
    return createV3World(
      [
        async (request, nowMs) => {
          const index = (count += 1);
          await nextTurn();
          const number = /out-trade-no\/(\w+)/.exec(request.url)?.[1];
          return signed({ ...PAID, out_trade_no: number }, { by: choose(index) })(request, nowMs);
        },
      ],
      {
        ...onlyCertificates,
        signing: 'aside-when-busy',
        certificates: [certificates(CERTIFICATE), certificates(NEXT_CERTIFICATE, CERTIFICATE)],
      },
    );
  };

  test('from one certificate to the next loses nothing, whichever answers are signed with which', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.boolean(), { minLength: 24, maxLength: 24 }), async (isNext) => {
        const world = worldOf((index) => (isNext[index - 2] === true ? NEXT_CERTIFICATE : CERTIFICATE));
        await world.client.queryByOutTradeNo({ outTradeNo: valueOf(parseOutTradeNo('ORDER999')) });
        await world.clock.advance(60_000);
        const calls = numbers.map((outTradeNo) => world.client.queryByOutTradeNo({ outTradeNo }));
        const outcomes = await Promise.all(calls);
        expect(outcomes.map(({ outcome }) => outcome)).toEqual(numbers.map(() => 'done'));
        expect(world.fetches).toHaveLength(isNext.includes(true) ? 2 : 1);
      }),
      { numRuns: 15 },
    );
  });

  test('from certificates to the public key loses nothing, whenever the key is added', async () => {
    const world = worldOf((index) => (index % 3 === 0 && index > 8 ? PUBLIC_KEY : CERTIFICATE));
    const calls = numbers.map((outTradeNo, index) => {
      if (index === 7) world.client.keys.add([publicKey]);
      return world.client.queryByOutTradeNo({ outTradeNo });
    });
    const outcomes = await Promise.all(calls);
    expect(outcomes.map(({ outcome }) => outcome)).toEqual(numbers.map(() => 'done'));
  });

  test('back from the public key to certificates loses nothing: they are fetched when the first answer names one', async () => {
    const world = createV3World([paidBy(PUBLIC_KEY), paidBy(CERTIFICATE)], {
      merchant: PUBLIC_KEY_MERCHANT,
      certificates: [certificates(CERTIFICATE)],
    });
    expect(await world.client.queryByOutTradeNo(query)).toMatchObject({ outcome: 'done' });
    expect(await world.client.queryByOutTradeNo(query)).toMatchObject({ outcome: 'done' });
    expect(world.fetches.map(({ headers }) => headers['wechatpay-serial'])).toEqual([PUBLIC_KEY.serial]);
  });

  test('a certificate counts from its first moment to its last', async () => {
    const short = createCertificate('0B01', {
      keyName: 'platform-private-key',
      fromMs: START_MS + 10_000,
      untilMs: START_MS + 20_000,
    });
    const world = createV3World([paidBy(short)]);
    world.client.keys.add([knownCertificate(short)]);
    const reasons: unknown[] = [];
    for (const advanceMs of [0, 10_000, 10_000, 1_000]) {
      await world.clock.advance(advanceMs);
      const outcome = await world.client.queryByOutTradeNo(query);
      reasons.push('reason' in outcome ? outcome.reason : outcome.outcome);
    }
    expect(reasons).toEqual(['key-not-valid', 'done', 'done', 'key-not-valid']);
  });
});
