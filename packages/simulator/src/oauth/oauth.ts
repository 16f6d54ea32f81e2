import type { HttpResponse } from '@orderkeeper/ports';
import type { World } from '../world.ts';
import { authorizePage } from './authorize-page.ts';
import { createOauthBook, type Grant, type OauthBook, type Visit } from './oauth-book.ts';

type Json = Readonly<Record<string, unknown>>;

/** An error as the OAuth hosts put it. */
const error = (errcode: number, errmsg: string): Json => ({ errcode, errmsg });

/** Answers the paths of page authorization and mini program login; `undefined` for every other path. */
export interface OauthDesk {
  readonly answer: (url: URL) => HttpResponse | undefined;
  readonly book: OauthBook;
}

/**
 * Creates the desk.
 * @see https://developers.weixin.qq.com/doc/offiaccount/OA_Web_Apps/Wechat_webpage_authorization.html
 */
export function createOauth(world: World): OauthDesk {
  const book = createOauthBook(world);
  const calls: Readonly<Record<string, (query: URLSearchParams) => Json>> = {
    '/sns/oauth2/access_token': (query) => accessToken(world, book, query),
    '/sns/oauth2/refresh_token': (query) => refreshToken(world, book, query),
    '/sns/userinfo': (query) => userinfo(world, book, query),
    '/sns/auth': (query) => auth(world, book, query),
    '/sns/jscode2session': (query) => jscode2session(world, book, query),
  };
  return {
    book,
    answer: (url) => {
      if (url.pathname === '/connect/oauth2/authorize') return authorizePage(world, book, url.searchParams);
      const call = calls[url.pathname];
      return call && json(call(url.searchParams));
    },
  };
}

const json = (value: Json): HttpResponse => ({
  status: 200,
  headers: { 'content-type': 'application/json; encoding=utf-8' },
  body: new TextEncoder().encode(JSON.stringify(value)),
});

const textOf = (query: URLSearchParams, name: string): string => query.get(name) ?? '';

/** What is wrong with the appid and, where one is asked for, with its secret. */
function checkAppid(world: World, query: URLSearchParams, secret: 'with-secret' | 'without-secret'): Json | undefined {
  const appid = textOf(query, 'appid');
  if (appid === '') return error(41002, 'appid missing');
  const known = [...world.merchants.values()]
    .map(({ appids }) => appids.get(appid))
    .find((entry) => entry !== undefined);
  if (known === undefined) return error(40013, 'invalid appid');
  if (secret === 'without-secret') return undefined;
  if (textOf(query, 'secret') === '') return error(41004, 'appsecret missing');
  return textOf(query, 'secret') === known.secret ? undefined : error(40125, 'invalid appsecret');
}

function redeem(world: World, book: OauthBook, query: URLSearchParams, use: 'page' | 'mini-program'): Visit | Json {
  const fault = checkAppid(world, query, 'with-secret');
  if (fault !== undefined) return fault;
  if (textOf(query, 'grant_type') !== 'authorization_code') return error(40002, 'invalid grant_type');
  const code = textOf(query, use === 'page' ? 'code' : 'js_code');
  if (code === '') return error(41008, 'missing code');
  const visit = book.redeem(textOf(query, 'appid'), code, use);
  if (visit.ok) return visit.value;
  return visit.reason === 'used' ? error(40163, 'code been used') : error(40029, 'invalid code');
}

const isError = (answer: Visit | Json): answer is Json => 'errcode' in answer;

const tokensOf = (world: World, grant: Grant): Json => ({
  access_token: grant.accessToken,
  expires_in: Math.floor((grant.accessEndsAtMs - world.clock.nowMs()) / 1000),
  refresh_token: grant.refreshToken,
  openid: grant.openid,
  scope: grant.scope,
});

function accessToken(world: World, book: OauthBook, query: URLSearchParams): Json {
  const visit = redeem(world, book, query, 'page');
  if (isError(visit)) return visit;
  const tokens = tokensOf(world, book.grant(visit));
  return visit.scope === 'snsapi_userinfo' ? { ...tokens, unionid: visit.unionid } : tokens;
}

function refreshToken(world: World, book: OauthBook, query: URLSearchParams): Json {
  const fault = checkAppid(world, query, 'without-secret');
  if (fault !== undefined) return fault;
  if (textOf(query, 'grant_type') !== 'refresh_token') return error(40002, 'invalid grant_type');
  const grant = book.refresh(textOf(query, 'appid'), textOf(query, 'refresh_token'));
  return grant === undefined ? error(40030, 'invalid refresh_token') : tokensOf(world, grant);
}

/** The grant of a token that is still good, or what is wrong with it. */
function grantOf(world: World, book: OauthBook, query: URLSearchParams): Grant | Json {
  const grant = book.grantOf(textOf(query, 'access_token'));
  if (grant === undefined) return error(40001, 'invalid credential, access_token is invalid or not latest');
  if (world.clock.nowMs() > grant.accessEndsAtMs) return error(42001, 'access_token expired');
  return grant.openid === textOf(query, 'openid') ? grant : error(40003, 'invalid openid');
}

function userinfo(world: World, book: OauthBook, query: URLSearchParams): Json {
  const grant = grantOf(world, book, query);
  if (isError(grant)) return grant;
  if (grant.scope !== 'snsapi_userinfo') return error(48001, 'api unauthorized');
  const nowhere = { sex: 0, language: '', province: '', city: '', country: '', privilege: [] };
  return { openid: grant.openid, nickname: '微信用户', headimgurl: '', unionid: grant.unionid, ...nowhere };
}

function auth(world: World, book: OauthBook, query: URLSearchParams): Json {
  const grant = grantOf(world, book, query);
  return isError(grant) ? grant : error(0, 'ok');
}

function jscode2session(world: World, book: OauthBook, query: URLSearchParams): Json {
  const visit = redeem(world, book, query, 'mini-program');
  if (isError(visit)) return visit;
  const sessionKey = Buffer.from(world.random.bytes(16)).toString('base64');
  return { session_key: sessionKey, openid: visit.openid, unionid: visit.unionid };
}
