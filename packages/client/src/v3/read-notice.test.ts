import { sign } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { silence } from '../testing/test-world.ts';
import {
  CERTIFICATE,
  CERTIFICATE_MERCHANT,
  NEXT_CERTIFICATE,
  type PlatformKey,
  PUBLIC_KEY,
} from '../testing/v3-keys.ts';
import { certificateList, createV3World, OUT_TRADE_NO, PAID, seal, type V3World } from '../testing/v3-world.ts';
import type { ReceivedNotice } from './read-notice.ts';

const HOUR_MS = 3_600_000;

/** A notice about the paid order, signed now. */
function noticeBy(by: PlatformKey, { clock }: V3World): ReceivedNotice {
  const text = JSON.stringify({
    id: 'EV-1',
    create_time: '2026-11-24T12:00:00+08:00',
    resource_type: 'encrypt-resource',
    event_type: 'TRANSACTION.SUCCESS',
    summary: '支付成功',
    resource: { original_type: 'transaction', ...seal(JSON.stringify(PAID), 'transaction') },
  });
  const timestamp = String(Math.floor(clock.nowMs() / 1000));
  const nonce = '0123456789ABCDEF';
  const signature = sign('RSA-SHA256', Buffer.from(`${timestamp}\n${nonce}\n${text}\n`), by.privateKey);
  return {
    headers: {
      'wechatpay-timestamp': timestamp,
      'wechatpay-nonce': nonce,
      'wechatpay-signature': signature.toString('base64'),
      'wechatpay-serial': by.serial,
    },
    body: Buffer.from(text),
  };
}

describe('a notice', () => {
  test('is read with the keys of the client', async () => {
    const world = createV3World([]);
    expect(await world.client.readNotice(noticeBy(PUBLIC_KEY, world))).toMatchObject({
      ok: true,
      value: { kind: 'payment', order: { outTradeNo: OUT_TRADE_NO, totalFen: 100 } },
    });
    expect(world.fetches).toEqual([]);
  });

  test('may be read twice: WeChat Pay sends it again, and twice at the same moment', async () => {
    const world = createV3World([]);
    const notice = noticeBy(PUBLIC_KEY, world);
    expect(await world.client.readNotice(notice)).toMatchObject({ ok: true });
    expect(await world.client.readNotice(notice)).toMatchObject({ ok: true });
  });

  test('that comes before any key is there, or with a new certificate, lets them be fetched once', async () => {
    const world = createV3World([], {
      merchant: CERTIFICATE_MERCHANT,
      certificates: [certificateList([CERTIFICATE]), certificateList([CERTIFICATE, NEXT_CERTIFICATE])],
    });
    const first = await Promise.all(
      [CERTIFICATE, CERTIFICATE].map((by) => world.client.readNotice(noticeBy(by, world))),
    );
    expect(first.map(({ ok }) => ok)).toEqual([true, true]);
    expect(world.fetches).toHaveLength(1);
    expect(await world.client.readNotice(noticeBy(NEXT_CERTIFICATE, world))).toMatchObject({
      ok: false,
      reason: 'unknown-serial',
    });
    await world.clock.advance(60_000);
    expect(await world.client.readNotice(noticeBy(NEXT_CERTIFICATE, world))).toMatchObject({ ok: true });
    expect(world.fetches).toHaveLength(2);
  });

  test('with an invented serial makes one fetch a minute, however many come', async () => {
    const world = createV3World([], { certificates: [certificateList([CERTIFICATE])] });
    const forged = { ...CERTIFICATE, serial: 'F00D' };
    for (let count = 0; count < 20; count += 1) {
      const read = await world.client.readNotice(noticeBy(forged, world));
      expect(read).toMatchObject({ ok: false, reason: 'unknown-serial' });
    }
    expect(world.fetches).toHaveLength(1);
  });

  test('waits three seconds for keys at most, because WeChat Pay waits five for the reply', async () => {
    const world = createV3World([], { merchant: CERTIFICATE_MERCHANT, certificates: [silence] });
    const startedAtMs = world.clock.nowMs();
    const read = await world.finish(world.client.readNotice(noticeBy(CERTIFICATE, world)));
    expect(read).toMatchObject({ ok: false, reason: 'unknown-serial' });
    expect(world.clock.nowMs() - startedAtMs).toBe(3_000);
    await world.clock.advance(HOUR_MS);
  });

  test('whose signature is wrong is refused without fetching anything', async () => {
    const world = createV3World([], { certificates: [certificateList([CERTIFICATE])] });
    const notice = noticeBy(PUBLIC_KEY, world);
    const changed = { ...notice, body: Buffer.from(Buffer.from(notice.body).toString().replace('EV-1', 'EV-2')) };
    expect(await world.client.readNotice(changed)).toMatchObject({ ok: false, reason: 'signature-mismatch' });
    expect(world.fetches).toEqual([]);
  });
});
