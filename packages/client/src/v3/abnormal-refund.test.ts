import { constants, createPublicKey, privateDecrypt } from 'node:crypto';
import { parseRefundId } from '@orderkeeper/protocol';
import { describe, expect, test } from 'vitest';
import { noAnswer, silence, valueOf } from '../testing/test-world.ts';
import {
  CERTIFICATE,
  CERTIFICATE_MERCHANT,
  knownCertificate,
  NEXT_CERTIFICATE,
  type PlatformKey,
  PUBLIC_KEY,
} from '../testing/v3-keys.ts';
import {
  certificateList,
  createV3World,
  membersOf,
  OUT_REFUND_NO,
  REFUNDED,
  refused,
  signed,
} from '../testing/v3-world.ts';

const REQUEST = {
  refundId: valueOf(parseRefundId(REFUNDED.refund_id)),
  outRefundNo: OUT_REFUND_NO,
  type: 'USER_BANK_CARD',
  bankType: 'ICBC_DEBIT',
  bankAccount: '6222020000000000000',
  realName: '张三',
} as const;

const opened = (request: unknown, name: string, { privateKey }: PlatformKey): string => {
  const text: unknown = Reflect.get(Object(request), name);
  const padding = { key: privateKey, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha1' };
  return privateDecrypt(padding, Buffer.from(String(text), 'base64')).toString();
};

describe('an abnormal refund to a card of the payer', () => {
  test('leaves with card and name encrypted for the public key, which it names', async () => {
    const { client, requests } = createV3World([signed(REFUNDED)]);
    expect(await client.abnormalRefund(REQUEST)).toMatchObject({ outcome: 'done' });
    const [request] = requests;
    const body = request === undefined ? undefined : membersOf(request);
    expect(request?.headers['wechatpay-serial']).toBe(PUBLIC_KEY.serial);
    expect(opened(body, 'bank_account', PUBLIC_KEY)).toBe('6222020000000000000');
    expect(opened(body, 'real_name', PUBLIC_KEY)).toBe('张三');
    expect(JSON.stringify(requests)).not.toMatch(/6222020000000000000|张三/);
  });

  test('is encrypted for the public key that was added last, as answers are asked for with it', async () => {
    const { client, requests } = createV3World([signed(REFUNDED)]);
    client.keys.add([
      { kind: 'public-key', serial: 'PUB_KEY_ID_2', publicKey: createPublicKey(CERTIFICATE.certificatePem ?? '') },
    ]);
    await client.abnormalRefund(REQUEST);
    const [request] = requests;
    expect(request?.headers['wechatpay-serial']).toBe('PUB_KEY_ID_2');
    expect(opened(request === undefined ? undefined : membersOf(request), 'real_name', CERTIFICATE)).toBe('张三');
  });

  test('is encrypted once: a repetition has the same content', async () => {
    const { client, requests, finish } = createV3World([noAnswer('connection-refused', 'not-sent'), signed(REFUNDED)]);
    expect(await finish(client.abnormalRefund(REQUEST))).toMatchObject({ outcome: 'done' });
    expect([requests.length, new Set(requests.map(({ body }) => body)).size]).toEqual([2, 1]);
  });

  test.each([
    ['its answer is lost', noAnswer('connection-lost', 'maybe-sent')],
    ['WeChat Pay has a problem', refused(500, 'SYSTEM_ERROR')],
  ])('is not repeated when %s: what was accepted would be refused as no longer abnormal', async (_, reaction) => {
    const { client, requests, finish } = createV3World([reaction, refused(400, 'INVALID_REQUEST')]);
    expect(await finish(client.abnormalRefund(REQUEST))).toMatchObject({ outcome: 'unknown' });
    expect(requests).toHaveLength(1);
  });

  test('is encrypted for the newest certificate where there is no public key, after fetching it', async () => {
    const { client, requests } = createV3World([signed(REFUNDED, { by: CERTIFICATE })], {
      merchant: CERTIFICATE_MERCHANT,
      certificates: [certificateList([CERTIFICATE])],
    });
    expect(await client.abnormalRefund(REQUEST)).toMatchObject({ outcome: 'done' });
    const [request] = requests;
    expect(request?.headers['wechatpay-serial']).toBe(CERTIFICATE.serial);
    expect(opened(request === undefined ? undefined : membersOf(request), 'real_name', CERTIFICATE)).toBe('张三');
  });

  test('is not sent where there is no key, for lack of certificates, time or patience', async () => {
    const none = createV3World([], { merchant: CERTIFICATE_MERCHANT });
    expect(await none.client.abnormalRefund(REQUEST)).toMatchObject({
      outcome: 'rejected',
      code: 'WECHATPAY_KEYS_MISSING',
    });
    const late = createV3World([], { merchant: CERTIFICATE_MERCHANT, certificates: [silence] });
    const call = late.client.abnormalRefund(REQUEST, { deadlineMs: 1_000 });
    expect(await late.finish(call)).toMatchObject({ outcome: 'unknown', reason: 'keys-not-fetched', tookMs: 1_000 });
    const controller = new AbortController();
    const aborted = late.client.abnormalRefund(REQUEST, { signal: controller.signal });
    controller.abort();
    expect(await aborted).toMatchObject({ outcome: 'rejected', code: 'ABORTED_BEFORE_SENDING' });
    expect([...none.requests, ...late.requests]).toEqual([]);
  });

  test('is not sent while no certificate is valid', async () => {
    const { client, clock, requests } = createV3World([], { merchant: CERTIFICATE_MERCHANT });
    client.keys.add([knownCertificate(NEXT_CERTIFICATE)]);
    await clock.advance(5 * 365 * 86_400_000);
    expect(await client.abnormalRefund(REQUEST)).toMatchObject({ outcome: 'rejected', code: 'WECHATPAY_KEYS_MISSING' });
    expect(requests).toEqual([]);
  });
});
