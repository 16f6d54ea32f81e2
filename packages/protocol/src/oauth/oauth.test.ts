import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseAppid, parseOpenid } from '../values/numbers.ts';
import { createSecret } from '../values/secret.ts';
import { bytes, valueOf } from '../v2/messages.suite.ts';
import { oauthAccessToken } from './access-token.ts';
import { oauthAuth } from './auth.ts';
import { jscode2session } from './jscode2session.ts';
import { oauthRefreshToken } from './refresh-token.ts';
import { oauthUserinfo } from './userinfo.ts';

const APPID = valueOf(parseAppid('wx520c15f417810387'));
const OPENID = valueOf(parseOpenid('oUpF8uMuAJO_M2pxb1Q9zNjWeS6o'));
const SECRET = createSecret('d4624c36b6795d1d99dcf0547af5443d');
const TOKEN = createSecret('a+b/c=');

const TOKEN_ANSWER = {
  access_token: 'ACCESS',
  expires_in: 7200,
  refresh_token: 'REFRESH',
  openid: OPENID,
  scope: 'snsapi_base',
};

const json = (value: unknown): Uint8Array => bytes(JSON.stringify(value));

test.each([
  [
    oauthAccessToken.printPath({ appid: APPID, secret: SECRET, code: '0a b' }),
    '/sns/oauth2/access_token?appid=wx520c15f417810387&secret=d4624c36b6795d1d99dcf0547af5443d&code=0a%20b&grant_type=authorization_code',
  ],
  [
    oauthRefreshToken.printPath({ appid: APPID, refreshToken: TOKEN }),
    '/sns/oauth2/refresh_token?appid=wx520c15f417810387&grant_type=refresh_token&refresh_token=a%2Bb%2Fc%3D',
  ],
  [
    oauthUserinfo.printPath({ accessToken: TOKEN, openid: OPENID }),
    '/sns/userinfo?access_token=a%2Bb%2Fc%3D&openid=oUpF8uMuAJO_M2pxb1Q9zNjWeS6o&lang=zh_CN',
  ],
  [
    oauthUserinfo.printPath({ accessToken: TOKEN, openid: OPENID, lang: 'en' }),
    '/sns/userinfo?access_token=a%2Bb%2Fc%3D&openid=oUpF8uMuAJO_M2pxb1Q9zNjWeS6o&lang=en',
  ],
  [
    oauthAuth.printPath({ accessToken: TOKEN, openid: OPENID }),
    '/sns/auth?access_token=a%2Bb%2Fc%3D&openid=oUpF8uMuAJO_M2pxb1Q9zNjWeS6o',
  ],
  [
    jscode2session.printPath({ appid: APPID, secret: SECRET, jsCode: '001' }),
    '/sns/jscode2session?appid=wx520c15f417810387&secret=d4624c36b6795d1d99dcf0547af5443d&js_code=001&grant_type=authorization_code',
  ],
])('request %#: the address is complete, and prints as a secret', (path, expected) => {
  expect(path.reveal()).toBe(expected);
  expect(`${path} ${JSON.stringify({ path })}`).toBe('[secret] {"path":"[secret]"}');
});

test('a token answer tells who it is, what for and how long', () => {
  const answer = oauthAccessToken.readAnswer(
    json({ ...TOKEN_ANSWER, scope: 'snsapi_base,snsapi_userinfo', unionid: 'u1' }),
  );
  expect(answer).toMatchObject({
    kind: 'succeeded',
    value: {
      expiresInMs: 7_200_000,
      openid: OPENID,
      scopes: ['snsapi_base', 'snsapi_userinfo'],
      unionid: 'u1',
      visitor: 'person',
    },
  });
  expect(answer.kind === 'succeeded' && answer.value.accessToken.reveal()).toBe('ACCESS');
  expect(answer.kind === 'succeeded' && answer.value.refreshToken.reveal()).toBe('REFRESH');
});

test('a visitor in snapshot mode is no person', () => {
  const answer = oauthAccessToken.readAnswer(json({ ...TOKEN_ANSWER, is_snapshotuser: 1 }));
  expect(answer).toMatchObject({ kind: 'succeeded', value: { visitor: 'snapshot' } });
});

test('the answer of a refresh reads like that of a code', () => {
  expect(oauthRefreshToken.readAnswer(json(TOKEN_ANSWER)).kind).toBe('succeeded');
});

test('errcode 0 and no errcode mean the same', () => {
  expect(oauthAuth.readAnswer(json({ errcode: 0, errmsg: 'ok' }))).toEqual({ kind: 'succeeded', value: {} });
  expect(oauthAuth.readAnswer(json({})).kind).toBe('succeeded');
  expect(jscode2session.readAnswer(json({ errcode: 0, openid: OPENID, session_key: 'k==' })).kind).toBe('succeeded');
});

test('a mini program session keeps its key a secret', () => {
  const answer = jscode2session.readAnswer(
    json({ openid: OPENID, session_key: 'HyVFkGl5F5OQWJZZaNzBBg==', unionid: 'u' }),
  );
  expect(answer).toMatchObject({ kind: 'succeeded', value: { openid: OPENID, unionid: 'u' } });
  expect(JSON.stringify(answer)).not.toContain('HyVFk');
});

test('a profile without sex and region, as WeChat has sent since 2021, is read', () => {
  const profile = {
    openid: OPENID,
    nickname: '微信用户😀',
    sex: 0,
    province: '',
    headimgurl: 'https://x',
    privilege: ['a', 1],
  };
  expect(oauthUserinfo.readAnswer(json(profile))).toEqual({
    kind: 'succeeded',
    value: { openid: OPENID, nickname: '微信用户😀', sex: 'not-told', headimgurl: 'https://x', privilege: ['a'] },
  });
});

test.each([
  [1, 'male'],
  [2, 'female'],
  ['1', 'not-told'],
])('sex %j is %s', (sex, word) => {
  expect(oauthUserinfo.readAnswer(json({ openid: OPENID, sex }))).toMatchObject({ value: { sex: word } });
});

test.each([
  [-1, 'system error', 'unknown', 'never'],
  [40029, 'invalid code, hints: [ req_id: Cf.y.a0389s108 ]', 'rejected', 'never'],
  [40163, 'code been used rid: 5f3b1c1a-0c1d-4e1f', 'rejected', 'never'],
  [45011, 'api minute-quota reach limit  mustslower  retry next minute', 'rejected', 'later'],
  [99999, 'something new', 'rejected', 'never'],
])('errcode %i is told by its number, whatever follows its text', (errcode, errmsg, outcome, repeat) => {
  expect(oauthAccessToken.readAnswer(json({ errcode, errmsg }))).toMatchObject({
    kind: 'failed',
    errcode,
    errmsg,
    code: { outcome, repeat },
  });
});

test.each([
  [40002, /grant_type/],
  [40003, /openid/],
  [40013, /appid/],
  [40030, /refresh/],
  [40125, /secret/],
  [40226, /risk/],
  [41002, /appid/],
  [41004, /secret/],
  [41008, /code/],
  [42001, /expired/],
  [40001, /credential/],
  [40014, /access token/],
  [48001, /right/],
])('errcode %i has a meaning and a remedy of its own', (errcode, meaning) => {
  const answer = oauthUserinfo.readAnswer(json({ errcode, errmsg: '' }));
  expect(answer).toMatchObject({ kind: 'failed', code: { meaning: expect.stringMatching(meaning) } });
  expect(answer.kind === 'failed' && answer.code.remedy.length).toBeGreaterThan(5);
});

test.each([
  ['a page', '<html></html>', 'not-json'],
  ['nothing', '', 'not-json'],
  ['half an object', '{"openid":', 'not-json'],
  ['a hundred thousand brackets', '['.repeat(60_000), 'not-json'],
  ['a list', '[]', 'not-an-object'],
  ['null', 'null', 'not-an-object'],
  ['a number', '7', 'not-an-object'],
  ['no token', '{"openid":"o"}', 'field-missing'],
  ['a token that is no text', '{"access_token":1}', 'field-invalid'],
  ['null for a token', '{"access_token":null}', 'field-missing'],
  ['an errcode that is text', '{"errcode":"40029"}', 'field-invalid'],
  ['an errcode beyond 2^53', '{"errcode":9007199254740993}', 'field-invalid'],
  ['a lifetime beyond 2^53', '{"access_token":"a","expires_in":9007199254740993}', 'field-invalid'],
  ['a lifetime with a point', '{"access_token":"a","expires_in":7200.5}', 'field-invalid'],
  ['an inherited name', '{"__proto__":{"access_token":"a"}}', 'field-missing'],
  [
    'an openid of other characters',
    '{"access_token":"a","expires_in":1,"refresh_token":"r","openid":"a b"}',
    'field-invalid',
  ],
  ['more than is sensible', `"${'x'.repeat(70_000)}"`, 'too-large'],
])('an answer with %s is unreadable, not an exception', (_, body, reason) => {
  expect(oauthAccessToken.readAnswer(bytes(body))).toMatchObject({ kind: 'unreadable', reason });
});

test('bytes that are not UTF-8 are unreadable', () => {
  expect(oauthAuth.readAnswer(Uint8Array.of(0x7b, 0xff, 0x7d))).toMatchObject({
    kind: 'unreadable',
    reason: 'not-json',
  });
});

test('no JSON makes any reader throw, and nothing of it becomes a prototype', () => {
  const readers = [oauthAccessToken, oauthRefreshToken, oauthUserinfo, oauthAuth, jscode2session];
  fc.assert(
    fc.property(fc.json(), fc.nat(readers.length - 1), (text, index) => {
      const kind = readers[index]?.readAnswer(bytes(text)).kind;
      expect(['succeeded', 'failed', 'unreadable']).toContain(kind);
    }),
  );
});
