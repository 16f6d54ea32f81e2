import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parsePrepayId, parseAppid, parseMchid } from '../../values/numbers.ts';
import { bytes, privateKey, publicKey, SIGNED_AT_MS, valueOf, vectorRow, vectorRows } from '../vectors.suite.ts';
import { signV3AppPayment, signV3JsapiPayment, signV3MiniProgramPayment } from './front-end.ts';
import { answerMessage, printRequestMessage, printTimestamp } from './message.ts';
import { isSignedBy, signMessage, signMessageAside } from './rsa.ts';

const MERCHANT = privateKey('merchant-private-key');
const MERCHANT_PUBLIC = publicKey('merchant-public-key');
const REQUESTS = vectorRow('v3-signatures/requests.json');
const FRONT_END = vectorRow('v3-signatures/front-end.json');

const messageOf = (row: (name: string) => string): string =>
  printRequestMessage({
    method: row('method') === 'GET' ? 'GET' : 'POST',
    path: row('path'),
    timestamp: REQUESTS('timestamp'),
    nonce: REQUESTS('nonce'),
    body: row('body'),
  });

const REQUEST_ROWS = vectorRows('v3-signatures/requests.json').map((row) => ({ id: row('id'), row }));

describe('vectors of others', () => {
  test.each(REQUEST_ROWS)('request $id signs to the bytes of its vector', ({ row }) => {
    const message = messageOf(row);
    expect(bytes(message)).toHaveLength(Number(row('messageBytes')));
    expect(signMessage(message, MERCHANT)).toBe(row('signature'));
    expect(isSignedBy(message, row('signature'), MERCHANT_PUBLIC)).toBe(true);
  });

  const official = vectorRows('v3-signatures/official.json').map((row) => ({ id: row('id'), row }));
  test.each(official)('the published signature $id verifies with the key of its page', ({ row }) => {
    expect(isSignedBy(row('message'), row('signature'), publicKey('official-merchant-public-key'))).toBe(true);
    expect(isSignedBy(`${row('message')} `, row('signature'), publicKey('official-merchant-public-key'))).toBe(false);
  });

  test('the published answer O-RESP verifies with the key of its page', () => {
    const row = vectorRow('v3-signatures/official.json', 'answer');
    const message = answerMessage({ timestamp: row('timestamp'), nonce: row('nonce'), body: bytes(row('body')) });
    expect(isSignedBy(message, row('signature'), publicKey('official-platform-public-key'))).toBe(true);
  });

  test('the fixture of wechatpay-go verifies with its key', () => {
    const row = vectorRow('v3-signatures/wechatpay-go.json');
    expect(isSignedBy(row('message'), row('signature'), publicKey('wechatpay-go-public-key'))).toBe(true);
  });
});

describe('front-end signatures', () => {
  const order = {
    appid: valueOf(parseAppid(FRONT_END('appid'))),
    prepayId: valueOf(parsePrepayId(FRONT_END('prepayId'))),
  };
  const seal = { privateKey: MERCHANT, nonce: FRONT_END('nonce'), atMs: SIGNED_AT_MS + 999 };

  test('a JSAPI payment is signed over four lines, the prepay id with its name', () => {
    expect(signV3JsapiPayment(order, seal)).toEqual({
      appId: 'wx2421b1c4370ec43b',
      timeStamp: '1767225600',
      nonceStr: '593BEC0C930BF1AFEB40B4A08C8FB242',
      package: 'prepay_id=wx26010108000000000000000000000001',
      signType: 'RSA',
      paySign: FRONT_END('jsapi'),
    });
  });

  test('a mini program gets the same without the appid', () => {
    const { appId: _, ...others } = signV3JsapiPayment(order, seal);
    expect(signV3MiniProgramPayment(order, seal)).toEqual(others);
  });

  test('an app payment is signed over the bare prepay id', () => {
    expect(signV3AppPayment({ ...order, mchid: valueOf(parseMchid('1900000001')) }, seal)).toEqual({
      appId: 'wx2421b1c4370ec43b',
      partnerId: '1900000001',
      prepayId: 'wx26010108000000000000000000000001',
      packageValue: 'Sign=WXPay',
      nonceStr: '593BEC0C930BF1AFEB40B4A08C8FB242',
      timeStamp: '1767225600',
      sign: FRONT_END('app'),
    });
  });
});

test('a time is cut to whole seconds, not rounded', () => {
  expect(printTimestamp(SIGNED_AT_MS + 999)).toBe('1767225600');
});

test('signing aside gives what signing at once gives', async () => {
  await expect(signMessageAside('a\n', MERCHANT)).resolves.toBe(signMessage('a\n', MERCHANT));
});

test('signing aside with a key that cannot sign rejects', async () => {
  await expect(signMessageAside('a\n', MERCHANT_PUBLIC)).rejects.toThrow();
});

test('every message verifies with its own signature and no other message does', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), (message, other) => {
      const signature = signMessage(message, MERCHANT);
      expect(isSignedBy(message, signature, MERCHANT_PUBLIC)).toBe(true);
      expect(isSignedBy(other, signature, MERCHANT_PUBLIC)).toBe(other === message);
    }),
    { numRuns: 40 },
  );
});

test('a signature with any one character changed, added or removed is refused', () => {
  const signature = signMessage('a', MERCHANT);
  const characters = fc.constantFrom(...'ABCxyz019+/= \n-_'.split(''));
  fc.assert(
    fc.property(fc.nat(signature.length - 1), characters, fc.constantFrom(0, 1), (at, character, removed) => {
      const tampered = signature.slice(0, at) + character + signature.slice(at + removed);
      expect(isSignedBy('a', tampered, MERCHANT_PUBLIC)).toBe(tampered === signature);
    }),
  );
  expect(isSignedBy('a', '', MERCHANT_PUBLIC)).toBe(false);
  expect(isSignedBy('a', signature.replace(/==$/, ''), MERCHANT_PUBLIC)).toBe(false);
});
