import { describe, expect, test } from 'vitest';
import { APPID, createRawMerchant, nativeOrder, type RawMerchant } from '../testing/raw-merchant.ts';

const SECRET = 'secret-of-tests';
const MINUTE_MS = 60_000;

async function get(merchant: RawMerchant, path: string, query: Readonly<Record<string, string>>) {
  const url = `https://api.weixin.qq.com${path}?${new URLSearchParams(query)}`;
  const answer = await merchant.send({ path, method: 'GET', url });
  const value: unknown = JSON.parse(answer.text);
  return new Map<string, unknown>(Object.entries(value ?? {}));
}

/** Visits the authorize page and brings back the code and the state. */
async function authorize(merchant: RawMerchant, more: Readonly<Record<string, string>> = {}) {
  const query = new URLSearchParams({
    appid: APPID,
    redirect_uri: 'https://shop.example.com/back?a=1',
    response_type: 'code',
    scope: 'snsapi_base',
    state: 's1',
    ...more,
  });
  const url = `https://open.weixin.qq.com/connect/oauth2/authorize?${query}`;
  const response = await merchant.handle({ method: 'GET', url, headers: {} });
  const location = response.headers['location'];
  return {
    status: response.status,
    text: new TextDecoder().decode(response.body),
    back: location === undefined ? undefined : new URL(location).searchParams,
  };
}

const codeOf = async (merchant: RawMerchant, more: Readonly<Record<string, string>> = {}) =>
  (await authorize(merchant, more)).back?.get('code') ?? '';

const token = (merchant: RawMerchant, code: string, more: Readonly<Record<string, string>> = {}) =>
  get(merchant, '/sns/oauth2/access_token', {
    appid: APPID,
    secret: SECRET,
    code,
    grant_type: 'authorization_code',
    ...more,
  });

describe('the authorize page', () => {
  test('sends the visitor back with a code and the state', async () => {
    const { status, back } = await authorize(createRawMerchant());
    expect([status, back?.get('a'), back?.get('state')]).toEqual([302, '1', 's1']);
    expect(back?.get('code')).toMatch(/^[0-9A-Za-z]{32}$/);
  });

  test('sends back only the state when the visitor refuses', async () => {
    const { back } = await authorize(createRawMerchant(), { simulator_consent: 'refused' });
    expect([back?.has('code'), back?.get('state')]).toEqual([false, 's1']);
  });

  test.each([
    [{ appid: 'wx0' }, 'Scope 参数错误或没有 Scope 权限'],
    [{ scope: 'all' }, 'Scope 参数错误或没有 Scope 权限'],
    [{ response_type: 'token' }, 'Scope 参数错误或没有 Scope 权限'],
    [{ redirect_uri: 'nowhere' }, '10003'],
    [{ redirect_uri: 'javascript:alert(1)' }, '10003'],
  ])('shows an error page for %o', async (more, text) => {
    const { status, text: page } = await authorize(createRawMerchant(), more);
    expect([status, page.includes(text)]).toEqual([200, true]);
  });
});

describe('a code', () => {
  test('is a token and an openid once', async () => {
    const merchant = createRawMerchant();
    const code = await codeOf(merchant);
    const first = await token(merchant, code);
    expect([first.get('expires_in'), first.get('scope'), first.has('unionid')]).toEqual([7200, 'snsapi_base', false]);
    expect((await token(merchant, code)).get('errcode')).toBe(40163);
  });

  test('is good for five minutes', async () => {
    const merchant = createRawMerchant();
    const code = await codeOf(merchant);
    await merchant.clock.advance(5 * MINUTE_MS + 1);
    expect((await token(merchant, code)).get('errcode')).toBe(40029);
  });

  test('names the same person every time, and another person differently', async () => {
    const merchant = createRawMerchant();
    const openidOf = async (visitor: string) =>
      (await token(merchant, await codeOf(merchant, { simulator_visitor: visitor }))).get('openid');
    const alice = await openidOf('alice');
    expect(await openidOf('alice')).toBe(alice);
    expect(await openidOf('bob')).not.toBe(alice);
  });

  test.each([
    [{ appid: '' }, 41002],
    [{ appid: 'wx0' }, 40013],
    [{ secret: '' }, 41004],
    [{ secret: 'wrong' }, 40125],
    [{ grant_type: 'password' }, 40002],
    [{ code: '' }, 41008],
    [{ code: 'invented' }, 40029],
    [{ appid: 'wx0000000000000200' }, 40029],
  ])('with %o is error %i', async (more, errcode) => {
    const merchant = createRawMerchant();
    expect((await token(merchant, await codeOf(merchant), more)).get('errcode')).toBe(errcode);
  });

  test('leads to an openid that unifiedorder knows to belong to its appid', async () => {
    const merchant = createRawMerchant();
    const openid = String((await token(merchant, await codeOf(merchant))).get('openid'));
    const other = { appid: 'wx0000000000000200', mch_id: '10000200' };
    const jsapi = nativeOrder('order-1', { trade_type: 'JSAPI', openid });
    expect((await merchant.call('/pay/unifiedorder', jsapi)).fields).toMatchObject({ result_code: 'SUCCESS' });
    expect((await merchant.call('/pay/unifiedorder', { ...jsapi, ...other })).fields).toMatchObject({
      err_code: 'PARAM_ERROR',
    });
  });
});

describe('a token', () => {
  const grant = async (merchant: RawMerchant, scope = 'snsapi_userinfo') => {
    const tokens = await token(merchant, await codeOf(merchant, { scope }));
    return {
      access: String(tokens.get('access_token')),
      refresh: String(tokens.get('refresh_token')),
      openid: String(tokens.get('openid')),
    };
  };
  const userinfo = (merchant: RawMerchant, access: string, openid: string) =>
    get(merchant, '/sns/userinfo', { access_token: access, openid, lang: 'zh_CN' });
  const refresh = (merchant: RawMerchant, refreshToken: string) =>
    get(merchant, '/sns/oauth2/refresh_token', {
      appid: APPID,
      grant_type: 'refresh_token',
      refresh_token: refreshToken,
    });

  test('shows the visitor to pages that may see them', async () => {
    const merchant = createRawMerchant();
    const { access, openid } = await grant(merchant);
    const shown = await userinfo(merchant, access, openid);
    expect([shown.get('openid'), shown.get('nickname')]).toEqual([openid, '微信用户']);
    const base = await grant(merchant, 'snsapi_base');
    expect((await userinfo(merchant, base.access, base.openid)).get('errcode')).toBe(48001);
  });

  test('is checked with its openid', async () => {
    const merchant = createRawMerchant();
    const { access, openid } = await grant(merchant);
    const check = (id: string) => get(merchant, '/sns/auth', { access_token: access, openid: id });
    expect(Object.fromEntries(await check(openid))).toEqual({ errcode: 0, errmsg: 'ok' });
    expect((await check('o2')).get('errcode')).toBe(40003);
    expect((await userinfo(merchant, 'invented', openid)).get('errcode')).toBe(40001);
  });

  test('ends after two hours and comes back by the refresh token, which ends after thirty days', async () => {
    const merchant = createRawMerchant();
    const { access, refresh: refreshToken, openid } = await grant(merchant);
    expect((await refresh(merchant, refreshToken)).get('access_token')).toBe(access);
    await merchant.clock.advance(121 * MINUTE_MS);
    expect((await userinfo(merchant, access, openid)).get('errcode')).toBe(42001);
    const renewed = String((await refresh(merchant, refreshToken)).get('access_token'));
    expect(renewed).not.toBe(access);
    expect((await userinfo(merchant, renewed, openid)).get('openid')).toBe(openid);
    await merchant.clock.advance(31 * 24 * 60 * MINUTE_MS);
    expect((await refresh(merchant, refreshToken)).get('errcode')).toBe(40030);
  });
});

describe('jscode2session', () => {
  const session = (merchant: RawMerchant, code: string) =>
    get(merchant, '/sns/jscode2session', {
      appid: APPID,
      secret: SECRET,
      js_code: code,
      grant_type: 'authorization_code',
    });

  test('turns a login into an openid and a session key once', async () => {
    const merchant = createRawMerchant();
    const code = merchant.payer.login(APPID, 'alice');
    const first = await session(merchant, code);
    expect([...first.keys()]).toEqual(['session_key', 'openid', 'unionid']);
    expect((await session(merchant, code)).get('errcode')).toBe(40163);
  });

  test('does not take the code of a page', async () => {
    const merchant = createRawMerchant();
    expect((await session(merchant, await codeOf(merchant))).get('errcode')).toBe(40029);
  });
});
