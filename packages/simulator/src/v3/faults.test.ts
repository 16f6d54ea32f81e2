import { createVerify } from 'node:crypto';
import type { HttpRequest } from '@orderkeeper/ports';
import { describe, expect, test } from 'vitest';
import type { FaultAim, NoticeEffect } from '../faults/fault.ts';
import { MCHID } from '../testing/raw-merchant.ts';
import { CERTIFICATES, openByHand, stageV3, verifyByHand } from '../testing/v3-merchant.ts';
import type { FaultEffect, SignHeader } from '../world.ts';
import { textAt } from './json.ts';

const HEADERS: readonly SignHeader[] = ['timestamp', 'nonce', 'signature', 'serial', 'signature-type'];
const MINUTE_MS = 60_000;

const stage = async () => {
  const staged = await stageV3();
  const order = (effect: FaultEffect, aim: FaultAim = {}, moment: 'before' | 'after' = 'after') =>
    staged.simulator.faults.add({ effect, moment, aim, times: 1 });
  await staged.place('ORDER1');
  await staged.place('ORDER2', { amount: { total: 200 } });
  return { ...staged, order };
};

describe('a fault of an answer', () => {
  test.each(HEADERS)('missing-header takes away %s alone', async (header) => {
    const { query, order } = await stage();
    order({ kind: 'missing-header', header });
    const spoilt = await query('ORDER1');
    const names = Object.keys(spoilt.headers).filter((name) => name.startsWith('wechatpay-'));
    expect(names.sort()).toEqual(
      HEADERS.filter((name) => name !== header)
        .map((name) => `wechatpay-${name}`)
        .sort(),
    );
    expect((await query('ORDER1')).sign).toBe('certificate');
  });

  test('stranger-key signs in the name of the right key', async () => {
    const { query, order } = await stage();
    const { 'wechatpay-serial': right } = (await query('ORDER1')).headers;
    order({ kind: 'stranger-key' });
    const answer = await query('ORDER1');
    expect([answer.sign, answer.headers['wechatpay-serial']]).toEqual(['wrong', right]);
  });

  test('stranger-key is the one that a simulator was given, so that a run can be repeated to the byte', async () => {
    const strangersKeyPem = CERTIFICATES.merchant.privateKeyPem;
    const { simulator, query } = await stageV3({ platform: { ...CERTIFICATES, strangersKeyPem } });
    simulator.faults.add({ effect: { kind: 'stranger-key' }, moment: 'after', aim: {} });
    const { headers, text } = await query('ORDER1');
    const message = `${headers['wechatpay-timestamp']}\n${headers['wechatpay-nonce']}\n${text}\n`;
    const verifier = createVerify('RSA-SHA256').update(message);
    expect(verifier.verify(strangersKeyPem, headers['wechatpay-signature'] ?? '', 'base64')).toBe(true);
  });

  test('body-changed changes one character after signing, or signs more than there is', async () => {
    const { query, close, order } = await stage();
    const right = await query('ORDER1');
    order({ kind: 'body-changed' });
    const wrong = await query('ORDER1');
    const differing = wrong.text.split('').filter((letter, index) => letter !== right.text[index]);
    expect([wrong.sign, wrong.text.length, differing]).toEqual(['wrong', right.text.length, ['1']]);
    expect(verifyByHand(wrong.headers, right.bytes)).toBe('certificate');
    order({ kind: 'body-changed' });
    const empty = await close('ORDER1');
    expect([empty.status, empty.text, empty.sign]).toEqual([204, '', 'wrong']);
  });

  test.each([-301_000, 301_000, undefined])('clock-skew of %s ms signs properly at that time', async (skewMs) => {
    const { query, order, world } = await stage();
    order({ kind: 'clock-skew', ...(skewMs === undefined ? {} : { skewMs }) });
    const { headers, sign } = await query('ORDER1');
    const offSeconds = Number(headers['wechatpay-timestamp']) - Math.floor(world.clock.nowMs() / 1000);
    expect([sign, offSeconds]).toEqual(['certificate', skewMs === undefined ? -600 : skewMs / 1000]);
  });

  test('unsigned-error stands in the place of the work, or hides what was done', async () => {
    const { close, order, world } = await stage();
    order({ kind: 'unsigned-error', code: 'ORDER_NOT_EXIST' }, { operation: 'v3/close' }, 'before');
    const before = await close('ORDER1');
    expect([before.status, before.json, before.sign]).toEqual([
      404,
      { code: 'ORDER_NOT_EXIST', message: '订单不存在' },
      'none',
    ]);
    expect(world.ledger.order(MCHID, 'ORDER1')?.state).toBe('NOTPAY');
    order({ kind: 'unsigned-error', code: 'TRADE_ERROR' });
    expect((await close('ORDER1')).status).toBe(403);
    expect(world.ledger.order(MCHID, 'ORDER1')?.state).toBe('CLOSED');
  });

  test('replayed says byte for byte what was said of the same order before', async () => {
    const { query, order, payer } = await stage();
    const earlier = await query('ORDER1');
    await query('ORDER2');
    payer.pay({ outTradeNo: 'ORDER1' });
    order({ kind: 'replayed' }, { outTradeNo: 'ORDER1' });
    expect(await query('ORDER1')).toEqual(earlier);
    expect((await query('ORDER1')).json['trade_state']).toBe('SUCCESS');
  });

  test('replayed-other says byte for byte what was said of another order', async () => {
    const { query, order } = await stage();
    const other = await query('ORDER2');
    await query('ORDER1');
    order({ kind: 'replayed-other' });
    expect(await query('ORDER1')).toEqual(other);
  });

  test('other-order says what is true of another order, signed anew', async () => {
    const { query, order, simulator } = await stage();
    const other = await query('ORDER2');
    await simulator.clock.advance(10 * MINUTE_MS);
    order({ kind: 'other-order' });
    const answer = await query('ORDER1');
    expect([answer.text, answer.sign]).toEqual([other.text, 'certificate']);
    expect(answer.headers['wechatpay-timestamp']).not.toBe(other.headers['wechatpay-timestamp']);
  });

  test('that has nothing to say again leaves the true answer, and never passes spoilt ones on', async () => {
    const { query, order } = await stage();
    order({ kind: 'replayed' });
    expect((await query('ORDER1')).json['out_trade_no']).toBe('ORDER1');
    order({ kind: 'wrong-sign' });
    await query('ORDER1');
    order({ kind: 'replayed' });
    expect((await query('ORDER1')).sign).toBe('certificate');
  });

  test('finds its order by whichever number the call names', async () => {
    const { post, get, order, payer, world } = await stage();
    payer.pay({ outTradeNo: 'ORDER1' });
    const id = world.ledger.order(MCHID, 'ORDER1')?.payment?.transactionId ?? '';
    const refund = { transaction_id: id, out_refund_no: 'REFUND1', amount: { refund: 1, total: 100, currency: 'CNY' } };
    for (const call of [
      () => get(`/v3/pay/transactions/id/${id}?mchid=${MCHID}`),
      () => post('/v3/refund/domestic/refunds', refund),
      () => get('/v3/refund/domestic/refunds/REFUND1'),
    ]) {
      order({ kind: 'missing-sign' }, { outTradeNo: 'ORDER1' });
      expect((await call()).sign).toBe('none');
    }
  });
});

describe('a fault of a notice', () => {
  const stagePaid = async (effect: NoticeEffect, aim: FaultAim = { outTradeNo: 'ORDER1' }) => {
    const posted: HttpRequest[] = [];
    const staged = await stageV3({
      http: (request) => {
        posted.push(request);
        // The first tries are not answered with success, so that others follow.
        return Promise.resolve({ status: posted.length < 4 ? 500 : 204, headers: {}, body: new Uint8Array() });
      },
    });
    const { simulator, payer, place } = staged;
    await place('ORDER2');
    await place('ORDER1');
    payer.pay({ outTradeNo: 'ORDER2' });
    payer.pay({ outTradeNo: 'ORDER1' });
    await simulator.notices.settled();
    simulator.faults.add({ effect, moment: 'notice', aim, times: 1 });
    await simulator.clock.advance(60_000);
    const ofOrder1 = simulator.notices.list().find(({ outTradeNo }) => outTradeNo === 'ORDER1');
    return { posted, tries: ofOrder1?.tries ?? [], state: ofOrder1?.state };
  };
  const struck = ({ posted, tries }: Awaited<ReturnType<typeof stagePaid>>) => {
    const text = tries.find(({ faults }) => faults.length > 0)?.requestText;
    return posted.find(({ body }) => body === text);
  };

  test.each(HEADERS)('notice-missing-header takes away %s alone', async (header) => {
    const request = struck(await stagePaid({ kind: 'notice-missing-header', header }));
    const names = Object.keys(request?.headers ?? {}).filter((name) => name.startsWith('wechatpay-'));
    expect(names.sort()).toEqual(
      HEADERS.filter((name) => name !== header)
        .map((name) => `wechatpay-${name}`)
        .sort(),
    );
  });

  test.each([
    [{ kind: 'notice-missing-sign' }, 'none'],
    [{ kind: 'notice-stranger-key' }, 'wrong'],
    [{ kind: 'notice-body-changed' }, 'wrong'],
    [{ kind: 'notice-clock-skew', skewMs: 400_000 }, 'certificate'],
  ] as const)('%o spoils one try, accepted or not, and the true one follows', async (effect, sign) => {
    const told = await stagePaid(effect);
    const request = struck(told);
    expect(verifyByHand(request?.headers ?? {}, Buffer.from(String(request?.body)))).toBe(sign);
    expect([told.state, told.tries.at(-1)?.faults]).toEqual(['delivered', []]);
  });

  test('notice-replayed sends an earlier try again, byte for byte', async () => {
    const { tries, posted } = await stagePaid({ kind: 'notice-replayed' });
    const texts = tries.map(({ requestText }) => requestText);
    expect(texts[1]).toBe(texts[0]);
    const [first, again] = posted.filter(({ body }) => body === texts[0]);
    expect(again?.headers).toEqual(first?.headers);
  });

  test('notice-replayed-other sends that of another order, notice-other-order the same signed anew', async () => {
    const replayed = struck(await stagePaid({ kind: 'notice-replayed-other' }));
    const other = struck(await stagePaid({ kind: 'notice-other-order' }));
    for (const request of [replayed, other]) {
      const { plain, sign } = openByHand(request);
      expect([textAt(plain, 'out_trade_no'), sign]).toEqual(['ORDER2', 'certificate']);
    }
  });
});
