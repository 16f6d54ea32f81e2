import { expect, test } from 'vitest';
import { parseAppid } from '../values/numbers.ts';
import { valueOf } from '../v2/messages.suite.ts';
import { authorizeUrl } from './authorize-url.ts';

const APPID = valueOf(parseAppid('wx520c15f417810387'));
const REQUEST = {
  appid: APPID,
  redirectUri: 'https://shop.example.com/oauth?from=a&b=中',
  scope: 'snsapi_base',
} as const;

test('parameters stand in the documented order, and the fragment is there', () => {
  expect(valueOf(authorizeUrl({ ...REQUEST, scope: 'snsapi_userinfo', state: '123' }))).toBe(
    'https://open.weixin.qq.com/connect/oauth2/authorize?appid=wx520c15f417810387' +
      '&redirect_uri=https%3A%2F%2Fshop.example.com%2Foauth%3Ffrom%3Da%26b%3D%E4%B8%AD' +
      '&response_type=code&scope=snsapi_userinfo&state=123#wechat_redirect',
  );
});

test('the official example comes out as published', () => {
  // https://developers.weixin.qq.com/doc/offiaccount/OA_Web_Apps/Wechat_webpage_authorization.html
  const url = authorizeUrl({
    ...REQUEST,
    redirectUri:
      'https://chong.qq.com/php/index.php?d=&c=wxAdapter&m=mobileDeal&showwxpaytitle=1&vb2ctag=4_2030_5_1194_60',
    state: '123',
  });
  expect(valueOf(url)).toBe(
    'https://open.weixin.qq.com/connect/oauth2/authorize?appid=wx520c15f417810387' +
      '&redirect_uri=https%3A%2F%2Fchong.qq.com%2Fphp%2Findex.php%3Fd%3D%26c%3DwxAdapter%26m%3DmobileDeal%26showwxpaytitle%3D1%26vb2ctag%3D4_2030_5_1194_60' +
      '&response_type=code&scope=snsapi_base&state=123#wechat_redirect',
  );
});

test('a state is left out when there is none, and the confirmation can be forced', () => {
  expect(valueOf(authorizeUrl(REQUEST))).toMatch(/&scope=snsapi_base#wechat_redirect$/);
  expect(valueOf(authorizeUrl({ ...REQUEST, confirmation: 'forced' }))).toMatch(/&forcePopup=true#wechat_redirect$/);
  expect(valueOf(authorizeUrl({ ...REQUEST, confirmation: 'as-needed' }))).not.toMatch(/forcePopup/);
});

test.each(['', 'a b', 'a-b', '中', 'a'.repeat(129), 'a&scope=snsapi_userinfo'])(
  'the state "%s" is refused',
  (state) => {
    expect(authorizeUrl({ ...REQUEST, state })).toMatchObject({ ok: false, reason: 'state-invalid' });
  },
);

test.each([
  'shop.example.com',
  '/oauth',
  'https://shop.example.com:8443/oauth',
  'https://user@shop.example.com/',
  'javascript:alert(1)',
  'https:// shop.example.com',
  'https://%zz/',
])('the redirect address "%s" is refused', (redirectUri) => {
  expect(authorizeUrl({ ...REQUEST, redirectUri })).toMatchObject({ ok: false, reason: 'redirect-uri-invalid' });
});
