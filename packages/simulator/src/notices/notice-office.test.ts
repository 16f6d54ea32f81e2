import { createDecipheriv, createHash } from 'node:crypto';
import { createSeededRandom, createVirtualClock, type Http, HttpFailure, type VirtualClock } from '@orderkeeper/ports';
import { describe, expect, test } from 'vitest';
import type { NoticeEffect } from '../faults/fault.ts';
import { createSimulator, type Simulator, type SimulatorOptions } from '../simulator.ts';
import {
  APPID,
  KEY,
  MCHID,
  merchantOf,
  nativeOrder,
  readByHand,
  signByHand,
  START_MS,
  xmlByHand,
} from '../testing/raw-merchant.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

/** What the shop answers, and what it has received. */
interface Shop {
  readonly http: Http;
  readonly received: { readonly url: string; readonly text: string; readonly atMs: number }[];
  reply: (count: number) => Promise<{ status: number; text: string }>;
}

const says =
  (text: string, status = 200) =>
  () =>
    Promise.resolve({ status, text });
const SUCCESS = says(
  '<xml><return_code><![CDATA[SUCCESS]]></return_code><return_msg><![CDATA[OK]]></return_msg></xml>',
);
const FAIL = says('<xml><return_code>FAIL</return_code><return_msg>not now</return_msg></xml>');

interface Scene {
  readonly simulator: Simulator;
  readonly shop: Shop;
  readonly base: VirtualClock;
  readonly place: (outTradeNo: string, more?: Record<string, string>) => Promise<void>;
}

async function stage(options: Partial<SimulatorOptions> = {}): Promise<Scene> {
  const base = createVirtualClock({ startMs: START_MS });
  const shop: Shop = {
    received: [],
    reply: SUCCESS,
    http: async ({ url, body = '' }) => {
      shop.received.push({ url, text: String(body), atMs: simulator.clock.nowMs() });
      const { status, text } = await shop.reply(shop.received.length);
      return { status, headers: {}, body: Buffer.from(text) };
    },
  };
  const simulator = createSimulator({
    clock: base,
    random: createSeededRandom(1),
    merchants: [merchantOf(MCHID, APPID)],
    http: shop.http,
    ...options,
  });
  await simulator.clock.freeze();
  const place: Scene['place'] = async (outTradeNo, more = {}) => {
    const fields = { appid: APPID, mch_id: MCHID, nonce_str: `order-${outTradeNo}`, ...nativeOrder(outTradeNo, more) };
    const signType = more['sign_type'] === 'HMAC-SHA256' ? 'HMAC-SHA256' : 'MD5';
    const body = xmlByHand({ ...fields, sign: signByHand(fields, KEY, signType) });
    const url = 'https://api.mch.weixin.qq.com/pay/unifiedorder';
    const answer = await simulator.handle({ method: 'POST', url, headers: {}, body });
    expect(new TextDecoder().decode(answer.body)).toContain('prepay_id');
  };
  return { simulator, shop, base, place };
}

const pay = ({ simulator }: Scene, outTradeNo: string, coupons: { kind: 'CASH' | 'NO_CASH'; fen: number }[] = []) => {
  const paid = simulator.payer.pay({ outTradeNo }, { coupons });
  expect(paid.ok).toBe(true);
  return simulator.clock.advance(0);
};

const order = (effect: NoticeEffect, times?: number) =>
  ({ effect, moment: 'notice', aim: {}, ...(times === undefined ? {} : { times }) }) as const;

const secondsSince = (shop: Shop) => shop.received.map(({ atMs }) => (atMs - START_MS) / 1000);

describe('a pay notice', () => {
  test('is alphabetical, in CDATA but for the total, and repeats the nonce of the order', async () => {
    const scene = await stage();
    await scene.place('A1', { attach: '深圳分店' });
    await pay(scene, 'A1');
    const [notice] = scene.shop.received;
    expect(notice?.url).toBe('http://127.0.0.1:9/notify');
    const names = [...(notice?.text ?? '').matchAll(/<([a-z_0-9]+)>/g)].map(([, name]) => name).slice(1);
    const inOrder = names.every((name = '', place) => name >= (names[place - 1] ?? ''));
    expect([names.length > 10, inOrder]).toEqual([true, true]);
    expect(notice?.text).toContain('<total_fee>1990</total_fee>\n');
    expect(notice?.text).toContain('<cash_fee><![CDATA[1990]]></cash_fee>\n');
    const fields = readByHand(notice?.text ?? '');
    expect(fields).toMatchObject({
      return_code: 'SUCCESS',
      result_code: 'SUCCESS',
      appid: APPID,
      mch_id: MCHID,
      nonce_str: 'order-A1',
      out_trade_no: 'A1',
      attach: '深圳分店',
      trade_type: 'NATIVE',
      time_end: '20261124150709',
      transaction_id: expect.stringMatching(/^4200[0-9]{24}$/),
    });
    expect(fields).not.toHaveProperty('sign_type');
    expect(fields).not.toHaveProperty('return_msg');
    expect(fields['sign']).toBe(signByHand(fields, KEY));
  });

  test('carries no attach when none was sent, and an unknown signed field unless switched off', async () => {
    const scene = await stage({ switches: { unknownField: 'none' } });
    await scene.place('A1');
    await pay(scene, 'A1');
    const fields = readByHand(scene.shop.received[0]?.text ?? '');
    expect(fields).not.toHaveProperty('attach');
    expect(fields).not.toHaveProperty('zz_future_field');
    scene.simulator.world.switches.unknownField = 'some-answers';
    await scene.place('A2');
    await pay(scene, 'A2');
    expect(scene.shop.received[1]?.text).toContain('zz_future_field');
  });

  test('is signed like the order, and names HMAC-SHA256 because MD5 would be assumed', async () => {
    const scene = await stage();
    await scene.place('A1', { sign_type: 'HMAC-SHA256' });
    await pay(scene, 'A1');
    const fields = readByHand(scene.shop.received[0]?.text ?? '');
    expect(fields['sign_type']).toBe('HMAC-SHA256');
    expect(fields['sign']).toBe(signByHand(fields, KEY, 'HMAC-SHA256'));
  });

  test('can be switched to name MD5 as well', async () => {
    const scene = await stage({ switches: { signTypeInNotice: 'present' } });
    await scene.place('A1');
    await pay(scene, 'A1');
    expect(readByHand(scene.shop.received[0]?.text ?? '')['sign_type']).toBe('MD5');
  });

  test('lists coupons by index and what is settled without the unpaid ones', async () => {
    const scene = await stage();
    await scene.place('A1');
    await pay(scene, 'A1', [
      { kind: 'CASH', fen: 90 },
      { kind: 'NO_CASH', fen: 400 },
    ]);
    expect(readByHand(scene.shop.received[0]?.text ?? '')).toMatchObject({
      total_fee: '1990',
      cash_fee: '1500',
      settlement_total_fee: '1590',
      coupon_fee: '490',
      coupon_count: '2',
      coupon_type_1: 'NO_CASH',
      coupon_fee_1: '400',
    });
  });

  test('that is taken is not sent again', async () => {
    const scene = await stage();
    await scene.place('A1');
    await pay(scene, 'A1');
    await scene.simulator.clock.advance(2 * DAY_MS);
    expect(scene.shop.received).toHaveLength(1);
    expect(scene.simulator.notices.list()).toMatchObject([
      {
        id: 'N1',
        kind: 'pay',
        outTradeNo: 'A1',
        state: 'delivered',
        tries: [{ cause: 'event', verdict: 'accepted', answerStatus: 200 }],
      },
    ]);
  });
});

describe('the ladder', () => {
  // The delays of https://pay.weixin.qq.com/wiki/doc/api/jsapi.php?chapter=9_7, added up.
  const NEW = [0, 15, 30, 60, 240, 840, 2040, 3840, 5640, 7440, 11040, 21840, 32640, 43440, 65040, 86640];
  const OLD = [0, 15, 30, 60, 240, 2040, 3840, 5640, 7440, 11040];

  test.each([
    ['new', NEW],
    ['old', OLD],
  ] as const)('of the %s pages is climbed to its end', async (noticeLadder, seconds) => {
    const scene = await stage({ switches: { noticeLadder } });
    scene.shop.reply = FAIL;
    await scene.place('A1');
    await pay(scene, 'A1');
    await scene.simulator.clock.advance(3 * DAY_MS);
    expect(secondsSince(scene.shop)).toEqual(seconds);
    const [notice] = scene.simulator.notices.list();
    expect(notice).toMatchObject({ state: 'stopped' });
    expect(notice?.nextTryAtMs).toBeUndefined();
    expect(notice?.tries[1]).toMatchObject({
      cause: 'ladder',
      verdict: 'refused',
      explanation: 'the merchant answers FAIL: not now',
    });
  });

  test('shows when the next try is due', async () => {
    const scene = await stage();
    scene.shop.reply = FAIL;
    await scene.place('A1');
    await pay(scene, 'A1');
    expect(scene.simulator.notices.list()).toMatchObject([{ state: 'waiting', nextTryAtMs: START_MS + 15_000 }]);
  });

  test('ends when the merchant takes the notice at last', async () => {
    const scene = await stage();
    scene.shop.reply = (count) => (count < 4 ? FAIL() : SUCCESS());
    await scene.place('A1');
    await pay(scene, 'A1');
    await scene.simulator.clock.advance(DAY_MS);
    expect(secondsSince(scene.shop)).toEqual([0, 15, 30, 60]);
  });

  test('can be made steeper by a factor', async () => {
    const scene = await stage({ settings: { noticeTimeScale: 0.1 } });
    scene.shop.reply = (count) => (count < 3 ? FAIL() : SUCCESS());
    await scene.place('A1');
    await pay(scene, 'A1');
    await scene.simulator.clock.advance(DAY_MS);
    expect(secondsSince(scene.shop)).toEqual([0, 1.5, 3]);
  });

  test('ends with a reset', async () => {
    const scene = await stage();
    scene.shop.reply = FAIL;
    await scene.place('A1');
    await pay(scene, 'A1');
    scene.simulator.reset();
    await scene.simulator.clock.advance(DAY_MS);
    expect(scene.shop.received).toHaveLength(1);
    expect(scene.simulator.notices.list()).toEqual([]);
  });
});

describe('what counts as taken', () => {
  test.each([
    ['plain success', says('success'), 'wrong-answer'],
    ['JSON', says('{"return_code":"SUCCESS"}'), 'wrong-answer'],
    ['characters before the XML', says('ok<xml><return_code>SUCCESS</return_code></xml>'), 'wrong-answer'],
    ['characters after the XML', says('<xml><return_code>SUCCESS</return_code></xml>ok'), 'wrong-answer'],
    ['the right XML with another status', says('<xml><return_code>SUCCESS</return_code></xml>', 201), 'wrong-answer'],
    ['XML without return_code', says('<xml><result_code>SUCCESS</result_code></xml>'), 'wrong-answer'],
    [
      'a broken connection',
      () => Promise.reject(new HttpFailure('connection-refused', 'not-sent', 'refused')),
      'no-answer',
    ],
  ] as const)('%s does not', async (_, reply, verdict) => {
    const scene = await stage();
    scene.shop.reply = reply;
    await scene.place('A1');
    await pay(scene, 'A1');
    expect(scene.simulator.notices.list()).toMatchObject([{ state: 'waiting', tries: [{ verdict }] }]);
  });

  test('an answer after five seconds does not', async () => {
    const scene = await stage();
    scene.shop.reply = () => new Promise(() => {});
    await scene.place('A1');
    scene.simulator.payer.pay({ outTradeNo: 'A1' });
    await scene.base.advance(4999);
    expect(scene.simulator.notices.list()[0]?.tries[0]?.verdict).toBe('under-way');
    await scene.base.advance(1);
    expect(scene.simulator.notices.list()[0]?.tries[0]).toMatchObject({
      verdict: 'no-answer',
      explanation: 'no answer within 5 seconds',
    });
  });
});

describe('where notices go', () => {
  test('not to another machine unless allowed', async () => {
    const scene = await stage();
    await scene.place('A1', { notify_url: 'https://shop.example.com/notify' });
    await pay(scene, 'A1');
    expect(scene.shop.received).toEqual([]);
    expect(scene.simulator.notices.list()).toMatchObject([
      {
        state: 'stopped',
        tries: [{ verdict: 'not-allowed', explanation: expect.stringContaining('shop.example.com') }],
      },
    ]);
  });

  test('anywhere when allowed', async () => {
    const scene = await stage({ noticeHosts: 'any' });
    await scene.place('A1', { notify_url: 'https://shop.example.com/notify' });
    await pay(scene, 'A1');
    expect(scene.shop.received).toMatchObject([{ url: 'https://shop.example.com/notify' }]);
  });
});

describe('a notice that goes wrong on purpose', () => {
  const paidWith = async (effect: NoticeEffect, options: Partial<SimulatorOptions> = {}) => {
    const scene = await stage(options);
    scene.simulator.faults.add(order(effect, 1));
    await scene.place('A1');
    await pay(scene, 'A1');
    return scene;
  };

  test('dropped: the try is not sent, the next one is', async () => {
    const { simulator, shop } = await paidWith({ kind: 'notice-dropped' });
    expect(shop.received).toEqual([]);
    await simulator.clock.advance(MINUTE_MS);
    expect(secondsSince(shop)).toEqual([15]);
    expect(simulator.notices.list()[0]?.tries.map(({ verdict }) => verdict)).toEqual(['dropped', 'accepted']);
  });

  test('delayed: it comes that much later', async () => {
    const { simulator, shop } = await paidWith({ kind: 'notice-delayed', delayMs: 90_000 });
    expect(simulator.notices.list()).toMatchObject([{ nextTryAtMs: START_MS + 90_000 }]);
    await simulator.clock.advance(5 * MINUTE_MS);
    expect(secondsSince(shop)).toEqual([90]);
  });

  test('doubled: two arrive before either is answered', async () => {
    const scene = await stage();
    let answer: () => void = () => {};
    const both = new Promise<void>((resolve) => {
      answer = resolve;
    });
    scene.shop.reply = async (count) => {
      if (count === 2) answer();
      await both;
      return SUCCESS();
    };
    scene.simulator.faults.add(order({ kind: 'notice-doubled' }, 1));
    await scene.place('A1');
    await pay(scene, 'A1');
    expect(scene.shop.received.map(({ text }) => text)).toEqual([
      scene.shop.received[0]?.text,
      scene.shop.received[0]?.text,
    ]);
    expect(scene.simulator.notices.list()).toMatchObject([
      { state: 'delivered', tries: [{ cause: 'event' }, { cause: 'double' }] },
    ]);
  });

  test('forged: the sign is not that of the merchant, and whoever takes it still gets the true one', async () => {
    const { simulator, shop } = await paidWith({ kind: 'notice-forged' });
    const forged = readByHand(shop.received[0]?.text ?? '');
    expect(forged['sign']).toMatch(/^[0-9A-F]{32}$/);
    expect(forged['sign']).not.toBe(signByHand(forged, KEY));
    await simulator.clock.advance(MINUTE_MS);
    const genuine = readByHand(shop.received[1]?.text ?? '');
    expect(genuine['sign']).toBe(signByHand(genuine, KEY));
    expect(shop.received).toHaveLength(2);
  });

  test('for another amount: properly signed', async () => {
    const { shop } = await paidWith({ kind: 'notice-other-amount', totalFen: 1 });
    const fields = readByHand(shop.received[0]?.text ?? '');
    expect(fields).toMatchObject({ total_fee: '1', cash_fee: '1', sign: signByHand(fields, KEY) });
  });

  test('for another merchant: properly signed', async () => {
    const { shop } = await paidWith({ kind: 'notice-other-merchant', mchid: '1900000110' });
    const fields = readByHand(shop.received[0]?.text ?? '');
    expect(fields).toMatchObject({ mch_id: '1900000110', sign: signByHand(fields, KEY) });
  });
});

describe('concurrent notices', () => {
  test('a second one leaves after a second without an answer, when switched on', async () => {
    const scene = await stage({ switches: { concurrentNotices: 'doubled' } });
    scene.shop.reply = (count) => (count === 1 ? new Promise(() => {}) : SUCCESS());
    await scene.place('A1');
    scene.simulator.payer.pay({ outTradeNo: 'A1' });
    await scene.base.advance(999);
    expect(scene.shop.received).toHaveLength(1);
    await scene.base.advance(1);
    expect(scene.shop.received).toHaveLength(2);
    await scene.base.advance(10_000);
    expect(scene.simulator.notices.list()).toMatchObject([
      { state: 'delivered', tries: [{ verdict: 'no-answer' }, { cause: 'double', verdict: 'accepted' }] },
    ]);
    await scene.simulator.clock.advance(DAY_MS);
    expect(scene.shop.received).toHaveLength(2);
  });
});

describe('a replay', () => {
  test('sends a notice again after it was delivered', async () => {
    const scene = await stage();
    await scene.place('A1');
    await pay(scene, 'A1');
    expect(await scene.simulator.notices.replay('N1')).toMatchObject({
      tries: [{ cause: 'event' }, { cause: 'replay', verdict: 'accepted' }],
    });
    expect(scene.shop.received[1]?.text).toBe(scene.shop.received[0]?.text);
    expect(await scene.simulator.notices.replay('N7')).toBe('not-found');
  });

  test('that fails leaves the ladder as it was', async () => {
    const scene = await stage();
    scene.shop.reply = FAIL;
    await scene.place('A1');
    await pay(scene, 'A1');
    await scene.simulator.notices.replay('N1');
    expect(scene.simulator.notices.list()).toMatchObject([{ state: 'waiting', nextTryAtMs: START_MS + 15_000 }]);
    await scene.simulator.clock.advance(16_000);
    expect(secondsSince(scene.shop)).toEqual([0, 0, 15]);
  });
});

describe('a refund notice', () => {
  const decrypted = (text: string, key: string): Record<string, string> => {
    const decipher = createDecipheriv('aes-256-ecb', createHash('md5').update(key).digest('hex'), null);
    const plain = decipher.update(readByHand(text)['req_info'] ?? '', 'base64', 'utf8') + decipher.final('utf8');
    expect(plain).toMatch(/^<root>.*<\/root>$/s);
    return readByHand(plain.replaceAll(/<\/?root>/g, ''));
  };
  const announce = async (effect?: NoticeEffect) => {
    const scene = await stage();
    await scene.place('A1');
    await pay(scene, 'A1');
    if (effect !== undefined) scene.simulator.faults.add(order(effect, 1));
    const { world } = scene.simulator;
    const paid = world.ledger.order(MCHID, 'A1');
    if (paid?.payment === undefined) throw new Error('the order is paid');
    const refund = {
      mchid: MCHID,
      outRefundNo: 'R1',
      apiVersion: 'v2',
      refundId: '50300000000000000000000000001',
      outTradeNo: 'A1',
      transactionId: paid.payment.transactionId,
      appid: APPID,
      nonce: 'refund-nonce',
      requestedAtMs: START_MS,
      totalFen: 1990,
      refundFen: 500,
      cashFen: 500,
      coupons: [],
      account: 'REFUND_SOURCE_UNSETTLED_FUNDS',
      channel: 'ORIGINAL',
      receivedBy: '支付用户的零钱',
      description: '',
      notifyUrl: 'http://127.0.0.1:9/refunds',
      state: 'SUCCESS',
      history: [],
      successAtMs: START_MS,
    } as const;
    world.events.tell({ kind: 'refund-final', order: paid, refund });
    await scene.simulator.clock.advance(0);
    return scene.shop.received[1] ?? { url: '', text: '' };
  };

  test('has no sign; its details are encrypted with the digest of the key', async () => {
    const { url, text } = await announce();
    expect(url).toBe('http://127.0.0.1:9/refunds');
    const outer = readByHand(text);
    expect(Object.keys(outer)).toEqual(['return_code', 'appid', 'mch_id', 'nonce_str', 'req_info']);
    const inner = decrypted(text, KEY);
    expect(Object.keys(inner).every((name, place, all) => name >= (all[place - 1] ?? ''))).toBe(true);
    expect(inner).toMatchObject({
      out_refund_no: 'R1',
      out_trade_no: 'A1',
      refund_status: 'SUCCESS',
      total_fee: '1990',
      refund_fee: '500',
      settlement_refund_fee: '500',
      success_time: '2026-11-24 15:07:09',
      refund_recv_accout: '支付用户的零钱',
      refund_request_source: 'API',
    });
  });

  test('that is forged does not decrypt with the key of the merchant', async () => {
    const { text } = await announce({ kind: 'notice-forged' });
    expect(() => decrypted(text, KEY)).toThrow();
  });

  test('can be for another amount or another merchant', async () => {
    expect(decrypted((await announce({ kind: 'notice-other-amount' })).text, KEY)).toMatchObject({ total_fee: '1991' });
    expect(readByHand((await announce({ kind: 'notice-other-merchant' })).text)['mch_id']).toBe('1000000000');
  });
});
