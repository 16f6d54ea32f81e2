import { fen, parseApiKey, parseMchid, printNoticeReply } from '@orderkeeper/protocol';
import { describe, expect, test } from 'vitest';
import { OTHER_APPID, OTHER_MCHID, outTradeNo, SECOND_NO, trade } from '../core/testing/samples.ts';
import type { Store } from '../store/store.ts';
import { createInboundWorld, incoming, type InboundWorld, MERCHANT, payNotice } from './testing/inbound-world.ts';

const SUCCESS = printNoticeReply({ returnCode: 'SUCCESS' });

const otherKey = parseApiKey('0123456789abcdef0123456789abcdef');
if (!otherKey.ok) throw new Error(otherKey.message);
const stranger = parseMchid('1000000000');
if (!stranger.ok) throw new Error(stranger.message);

const eventTypes = async ({ store }: InboundWorld): Promise<readonly string[]> =>
  (await store.eventsAfter(0, 100)).map(({ type }) => type);

const alarms = ({ events }: InboundWorld): readonly string[] =>
  events.flatMap((event) => (event.kind === 'alarm' ? [event.alarm.kind] : []));

/** Lets a store's work through, or not. */
type Broken = <Answer>(work: () => Promise<Answer>) => Promise<Answer>;

/** Nothing happened to the order since it was placed. */
async function expectUntouched(world: InboundWorld): Promise<void> {
  expect(await world.order()).toMatchObject({ state: 'open', eventCount: 0 });
  expect(await world.timeline()).toHaveLength(2);
}

describe('a true notice', () => {
  test('makes the order paid, tells of it once, and is answered SUCCESS', async () => {
    const world = await createInboundWorld();
    const notice = payNotice();
    const reply = await world.receive(notice);
    expect(reply).toEqual({
      status: 200,
      headers: { 'content-type': 'text/xml; charset=utf-8', 'cache-control': 'no-store' },
      body: SUCCESS,
      verdict: 'applied',
    });
    expect(await world.order()).toMatchObject({
      state: 'paid',
      paidBy: 'A1',
      attempts: [{ state: 'paid', payment: { totalFen: 1990, learnedBy: 'notice' } }],
    });
    expect(await eventTypes(world)).toEqual(['order.paid']);
  });

  test('may be signed with MD5 for a merchant who signs with HMAC-SHA256, as one without sign_type is', async () => {
    const world = await createInboundWorld();
    expect(await world.receive(payNotice({ signType: 'MD5' }))).toMatchObject({ verdict: 'applied' });
    expect((await world.order()).state).toBe('paid');
  });

  test('is kept byte for byte as evidence of what it changed', async () => {
    const world = await createInboundWorld();
    const notice = payNotice();
    await world.receive(notice);
    const last = (await world.timeline()).at(-1);
    expect(last).toMatchObject({ source: 'notice' });
    expect(Buffer.from(last?.evidence ?? [])).toEqual(Buffer.from(notice.body));
  });

  test('that comes again is answered SUCCESS and changes nothing more (R5)', async () => {
    const world = await createInboundWorld();
    await world.receive(payNotice());
    const reply = await world.receive(payNotice());
    expect(reply).toMatchObject({ verdict: 'repeated', body: SUCCESS });
    expect(await eventTypes(world)).toEqual(['order.paid']);
    expect(await world.timeline()).toHaveLength(3);
  });

  test('that comes twenty times at once is applied once (R5)', async () => {
    const world = await createInboundWorld();
    const replies = await Promise.all(Array.from({ length: 20 }, () => world.receive(payNotice())));
    const verdicts = replies.map(({ verdict }) => verdict).toSorted();
    expect(verdicts).toEqual(['applied', ...Array.from({ length: 19 }, () => 'repeated')]);
    expect(replies.every(({ body }) => body === SUCCESS)).toBe(true);
    expect(await eventTypes(world)).toEqual(['order.paid']);
    expect(await world.timeline()).toHaveLength(3);
  });

  test('that comes after a query has found the payment finds nothing new (R5)', async () => {
    const world = await createInboundWorld();
    await world.observe(trade('SUCCESS'));
    const paid = await world.order();
    const transactionId = paid.attempts[0]?.payment?.transactionId ?? '';
    const reply = await world.receive(payNotice({ fields: { transaction_id: transactionId } }));
    expect(reply).toMatchObject({ verdict: 'repeated', body: SUCCESS });
    expect(await world.order()).toEqual(paid);
  });

  test('for an order that was closed meanwhile follows the late-payment policy (R11)', async () => {
    const world = await createInboundWorld();
    await world.observe({ kind: 'close-wanted', because: 'asked' });
    await world.observe(trade('CLOSED'));
    expect((await world.order()).state).toBe('closed');
    expect(await world.receive(payNotice())).toMatchObject({ verdict: 'applied', body: SUCCESS });
    expect(await eventTypes(world)).toEqual(['order.closed', 'order.paid_after_close']);
    expect(alarms(world)).toEqual(['paid-after-close']);
  });

  test('is answered only when it is durable', async () => {
    let letGo = (): void => {};
    const held = new Promise<void>((resolve) => {
      letGo = resolve;
    });
    const world = await createInboundWorld({
      wrapStore: (store) => ({
        ...store,
        change: async (id, decide) => {
          const change = await store.change(id, decide);
          await held;
          return change;
        },
      }),
    });
    const answered: string[] = [];
    const receive = async (): Promise<void> => {
      answered.push((await world.receive(payNotice())).verdict);
    };
    const reply = receive();
    await world.clock.advance(5_000);
    expect(answered).toEqual([]);
    expect((await world.order()).state).toBe('paid');
    letGo();
    await reply;
    expect(answered).toEqual(['applied']);
  });
});

describe('a notice that nobody vouches for', () => {
  test.each([
    ['signed with another key', payNotice({ key: otherKey.value })],
    ['with a changed amount', incoming(new TextDecoder().decode(payNotice().body).replaceAll('>1990<', '>1<'))],
    ['signed with MD5 and another key', payNotice({ signType: 'MD5', key: otherKey.value })],
    ['without a sign', incoming('<xml><return_code>SUCCESS</return_code><out_trade_no>A1</out_trade_no></xml>')],
    ['with a document type', incoming('<!DOCTYPE xml [<!ENTITY a "b">]><xml><a>&a;</a></xml>')],
    ['of nothing', incoming('')],
    ['of more than 64 KiB', incoming(`<xml><a>${'x'.repeat(65_536)}</a></xml>`)],
  ])('%s is answered FAIL, changes nothing and is not kept (R4)', async (_, notice) => {
    const world = await createInboundWorld();
    const reply = await world.receive(notice);
    expect(reply).toMatchObject({ verdict: 'unverified', status: 200 });
    expect(reply.body).toContain('<return_code><![CDATA[FAIL]]></return_code>');
    await expectUntouched(world);
    expect(
      await world.store.keepNotice({ noticeId: 'any', mchid: MERCHANT.mchid, atMs: 0, body: notice.body, verdict: '' }),
    ).toBe('kept');
  });

  test('never makes the reply or the event repeat a key or a signature (R20)', async () => {
    const world = await createInboundWorld();
    const notice = payNotice({ key: otherKey.value });
    const reply = await world.receive(notice);
    const sign = /<sign><!\[CDATA\[([0-9A-F]+)\]\]>/.exec(new TextDecoder().decode(notice.body))?.[1] ?? 'none';
    expect(sign).toHaveLength(64);
    for (const text of [reply.body, JSON.stringify(world.events)]) {
      expect(text).not.toContain(sign);
      expect(text).not.toContain('192006250b4c09247ec02edce69f6a2d');
    }
  });
});

describe('a probe', () => {
  test.each([
    [
      'in a header',
      incoming('<xml><return_code>SUCCESS</return_code></xml>', {
        headers: { 'wechatpay-signature': 'WECHATPAY/SIGNTEST/AbCd' },
      }),
    ],
    [
      'in the sign of an XML message',
      incoming('<xml><return_code>SUCCESS</return_code><sign><![CDATA[WECHATPAY/SIGNTEST/AbCd]]></sign></xml>'),
    ],
  ])('%s is refused like a bad signature, counted apart, and wakes nobody (R19)', async (_, notice) => {
    const world = await createInboundWorld();
    const reply = await world.receive(notice);
    expect(reply).toMatchObject({ status: 200, verdict: 'probe' });
    expect(reply.body).toContain('<return_code><![CDATA[FAIL]]></return_code>');
    expect(world.events).toMatchObject([{ kind: 'notice-received', verdict: 'probe' }]);
    expect(alarms(world)).toEqual([]);
    await expectUntouched(world);
  });
});

describe('a signed notice that does not match the order', () => {
  test.each([
    ['another amount', payNotice({ totalFen: fen(1991) }), 'totalFen'],
    ['another appid', payNotice({ appid: OTHER_APPID }), 'appid'],
    ['another merchant', payNotice({ mchid: OTHER_MCHID }), 'mchid'],
    ['another currency', payNotice({ fields: { fee_type: 'USD' } }), 'feeType'],
  ])('in %s is set aside and alarmed once, and is to come again (R4)', async (_, notice, field) => {
    const world = await createInboundWorld();
    const reply = await world.receive(notice);
    expect(reply).toMatchObject({ verdict: 'quarantined', status: 200 });
    expect(reply.body).toContain(`<return_msg><![CDATA[does not match the order: ${field}]]></return_msg>`);
    expect(alarms(world)).toEqual(['quarantined']);

    expect(await world.receive(notice)).toMatchObject({ verdict: 'quarantined' });
    expect(alarms(world)).toEqual(['quarantined']);
    expect(await world.timeline()).toHaveLength(3);

    const { attempts, ...order } = await world.order();
    expect(order).toMatchObject({ state: 'open', eventCount: 0 });
    expect(attempts[0]).toMatchObject({ state: 'open', quarantined: { fields: [field] } });
  });

  test('does not keep the true one from being applied', async () => {
    const world = await createInboundWorld();
    await world.receive(payNotice({ totalFen: fen(1991) }));
    expect(await world.receive(payNotice())).toMatchObject({ verdict: 'applied' });
    expect(await eventTypes(world)).toEqual(['order.paid']);
  });

  test('for a second transaction under a number that is paid is set aside', async () => {
    const world = await createInboundWorld();
    await world.receive(payNotice());
    const reply = await world.receive(payNotice({ fields: { transaction_id: '4200000009202101060000000009' } }));
    expect(reply.verdict).toBe('quarantined');
    expect(alarms(world)).toEqual(['quarantined']);
  });

  test('in a number or an amount that cannot be read is kept for a person, and is to come again', async () => {
    const world = await createInboundWorld();
    const reply = await world.receive(payNotice({ fields: { total_fee: 'a lot' } }));
    expect(reply.verdict).toBe('quarantined');
    await expectUntouched(world);
  });
});

describe('a notice for somebody else', () => {
  test('about an order that is not ours is kept, and is to come again', async () => {
    const world = await createInboundWorld();
    const notice = payNotice({ outTradeNo: SECOND_NO });
    expect(await world.receive(notice)).toMatchObject({ verdict: 'unknown-order', status: 200 });
    expect(world.events).toMatchObject([{ verdict: 'unknown-order', outTradeNo: 'A2' }]);
    await expectUntouched(world);
  });

  test('is applied when the order is back, although it was refused before', async () => {
    const world = await createInboundWorld();
    const notice = payNotice({ outTradeNo: SECOND_NO });
    await world.receive(notice);
    await world.observe({ kind: 'close-wanted', because: 'replaced' });
    await world.observe(trade('CLOSED'));
    const [first] = (await world.order()).attempts;
    if (first === undefined) throw new Error('the order has an attempt');
    const again = {
      outTradeNo: outTradeNo('A2'),
      protocol: 'v2',
      content: first.content,
      state: 'creating',
      openedAtMs: 0,
      queriesMade: 0,
    } as const;
    await world.observe({ kind: 'attempt-wanted', attempt: again });
    expect(await world.receive(notice)).toMatchObject({ verdict: 'applied' });
    expect(await world.order()).toMatchObject({ state: 'paid', paidBy: 'A2' });
  });

  test('in an address that belongs to no merchant is not even read', async () => {
    const world = await createInboundWorld();
    const reply = await world.receive({ ...payNotice(), mchid: stranger.value });
    expect(reply).toMatchObject({ verdict: 'unknown-merchant', status: 404 });
    await expectUntouched(world);
  });

  test('of the same service provider but another sub-merchant is not taken for ours', async () => {
    const world = await createInboundWorld({ merchant: { subMchid: OTHER_MCHID } });
    const others = payNotice({ fields: { sub_mch_id: '1900000777' } });
    expect(await world.receive(others)).toMatchObject({ verdict: 'unknown-order' });
    await expectUntouched(world);
    const ours = payNotice({ fields: { sub_mch_id: OTHER_MCHID } });
    expect(await world.receive(ours)).toMatchObject({ verdict: 'applied' });
  });
});

describe('a store out of reach', () => {
  const breakers = {
    'finding the order': (store: Store, broken: Broken): Store => ({
      ...store,
      findByOutTradeNo: (mchid, number) => broken(() => store.findByOutTradeNo(mchid, number)),
    }),
    'committing the change': (store: Store, broken: Broken): Store => ({
      ...store,
      change: (id, decide) => broken(() => store.change(id, decide)),
    }),
  };
  test.each(Object.entries(breakers))(
    'while %s makes the notice come again, and then it is applied',
    async (_, wrap) => {
      let isBroken = true;
      const broken: Broken = (work) => (isBroken ? Promise.reject(new Error('the disk is full')) : work());
      const world = await createInboundWorld({ wrapStore: (store) => wrap(store, broken) });
      const reply = await world.receive(payNotice());
      expect(reply).toMatchObject({ verdict: 'busy', status: 503 });
      expect(reply.body).toContain('FAIL');
      expect(world.events).toMatchObject([
        { kind: 'store-failed', message: 'the disk is full' },
        { kind: 'notice-received', verdict: 'busy' },
      ]);
      await expectUntouched(world);
      isBroken = false;
      expect(await world.receive(payNotice())).toMatchObject({ verdict: 'applied' });
    },
  );
});
