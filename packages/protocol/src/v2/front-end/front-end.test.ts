import { expect, test } from 'vitest';
import { parseAppid, parseMchid, parsePrepayId } from '../../values/numbers.ts';
import { parseApiKey } from '../../values/secret.ts';
import { DEMO_KEY, valueOf } from '../messages.suite.ts';
import { signAppPayment } from './app.ts';
import { signChooseWxPayPayment, signJsapiPayment, signMiniProgramPayment } from './jsapi.ts';
import { addRedirectUrl } from './mweb.ts';
import { printNativeLink } from './native-link.ts';

const ORDER = {
  appid: valueOf(parseAppid('wx2421b1c4370ec43b')),
  prepayId: valueOf(parsePrepayId('wx201411101639507cbf6ffd8b0779950874')),
};
const SEAL = { key: DEMO_KEY, nonce: 'e61463f8efa94090b1f366cccfbbb444', atMs: 1395712654000 };

// Signs without a page beside them were computed with Python's hashlib and hmac.

test.each([
  ['MD5', 'D358D5ADA48EB32921928184B90148A7'],
  ['HMAC-SHA256', 'DA36998666120F74BD89801D290BAB2D4EFD3CD68D17E659B3473DE348735AA1'],
] as const)('a JSAPI payment is signed with %s over five parameters', (signType, paySign) => {
  expect(signJsapiPayment(ORDER, { ...SEAL, signType })).toEqual({
    appId: 'wx2421b1c4370ec43b',
    timeStamp: '1395712654',
    nonceStr: 'e61463f8efa94090b1f366cccfbbb444',
    package: 'prepay_id=wx201411101639507cbf6ffd8b0779950874',
    signType,
    paySign,
  });
});

test('the official mini program example signs to the published value, and the appid is not passed on', () => {
  // https://pay.weixin.qq.com/wiki/doc/api/wxa/wxa_api.php?chapter=7_7
  const payment = signMiniProgramPayment(
    {
      appid: valueOf(parseAppid('wxd678efh567hg6787')),
      prepayId: valueOf(parsePrepayId('wx2017033010242291fcfe0db70013231072')),
    },
    {
      key: valueOf(parseApiKey('qazwsxedcrfvtgbyhnujmikolp111111')),
      signType: 'MD5',
      nonce: '5K8264ILTKCH16CQ2502SI8ZNMTM67VS',
      atMs: 1490840662_999,
    },
  );
  expect(payment).toEqual({
    timeStamp: '1490840662',
    nonceStr: '5K8264ILTKCH16CQ2502SI8ZNMTM67VS',
    package: 'prepay_id=wx2017033010242291fcfe0db70013231072',
    signType: 'MD5',
    paySign: '22D9B4E54AB1950F51E0649E8810ACD6',
  });
});

test('chooseWXPay spells timestamp with a small s and has the same sign', () => {
  const seal = { ...SEAL, signType: 'MD5' } as const;
  const payment = signChooseWxPayPayment(ORDER, seal);
  expect(Object.keys(payment).sort()).toEqual(['nonceStr', 'package', 'paySign', 'signType', 'timestamp']);
  expect(payment.timestamp).toBe('1395712654');
  expect(payment.paySign).toBe(signJsapiPayment(ORDER, seal).paySign);
});

test.each([
  ['MD5', '0ACCDAAA5EB4C8D51733019553D288E3'],
  ['HMAC-SHA256', 'F671A46FD6120DE94237FD3D7D7D2E920216ADDBBDBF82A4C6CE5EC29DD0E511'],
] as const)('an app payment is signed with %s over six parameters in lower case', (signType, sign) => {
  const payment = signAppPayment(
    { ...ORDER, appid: valueOf(parseAppid('wxb4ba3c02aa476ea1')), mchid: valueOf(parseMchid('1305176001')) },
    { key: DEMO_KEY, signType, nonce: '1add1a30ac87aa2db72f57a2375d8fec', atMs: 1412000000000 },
  );
  expect(payment).toEqual({
    appid: 'wxb4ba3c02aa476ea1',
    partnerid: '1305176001',
    prepayid: 'wx201411101639507cbf6ffd8b0779950874',
    package: 'Sign=WXPay',
    noncestr: '1add1a30ac87aa2db72f57a2375d8fec',
    timestamp: '1412000000',
    sign,
  });
});

const PRODUCT = { appid: ORDER.appid, mchid: valueOf(parseMchid('10000100')), productId: '88888' };
const LINK_SEAL = { key: DEMO_KEY, nonce: '5K8264ILTKCH16CQ2502SI8ZNMTM67VS', atMs: 1414488825000 };

test('the link of a product is signed over everything in it', () => {
  expect(valueOf(printNativeLink(PRODUCT, LINK_SEAL))).toBe(
    'weixin://wxpay/bizpayurl?sign=DFA7796DC03E3B44CE24FC7483D0CE32&appid=wx2421b1c4370ec43b&mch_id=10000100' +
      '&product_id=88888&time_stamp=1414488825&nonce_str=5K8264ILTKCH16CQ2502SI8ZNMTM67VS',
  );
});

test.each(['', 'a&b', 'a b', '苹果', 'a'.repeat(33)])('the product id "%s" does not fit into a link', (productId) => {
  const link = printNativeLink({ ...PRODUCT, productId }, LINK_SEAL);
  expect(link).toMatchObject({ ok: false, reason: 'unsafe-in-link', message: expect.stringContaining('product_id') });
});

test('a nonce that would have to be escaped does not fit into a link', () => {
  const link = printNativeLink(PRODUCT, { ...LINK_SEAL, nonce: 'a+b' });
  expect(link).toMatchObject({ ok: false, message: expect.stringContaining('nonce_str') });
});

test('the page to return to is appended to an H5 link, escaped', () => {
  const mwebUrl = 'https://wx.tenpay.com/cgi-bin/mmpayweb-bin/checkmweb?prepay_id=wx1&package=2';
  expect(valueOf(addRedirectUrl(mwebUrl, 'https://shop.example.com/paid?order=1&lang=中'))).toBe(
    `${mwebUrl}&redirect_url=https%3A%2F%2Fshop.example.com%2Fpaid%3Forder%3D1%26lang%3D%E4%B8%AD`,
  );
});

test.each(['', '/paid', 'shop.example.com', 'ftp://shop.example.com', 'javascript:alert(1)', 'https://'])(
  'the page to return to may not be "%s"',
  (redirectUrl) => {
    expect(addRedirectUrl('https://wx.tenpay.com/x?a=1', redirectUrl)).toMatchObject({ reason: 'not-an-address' });
  },
);
