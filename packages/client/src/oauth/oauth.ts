import type { HttpResponse } from '@orderkeeper/ports';
import {
  type AccessTokenRequest,
  jscode2session,
  type Jscode2sessionRequest,
  type MiniProgramSession,
  oauthAccessToken,
  type OauthOperation,
  oauthRefreshToken,
  type OauthToken,
  oauthUserinfo,
  ok,
  type RefreshTokenRequest,
  type Secret,
  type Userinfo,
  type UserinfoRequest,
} from '@orderkeeper/protocol';
import type { Verdict } from '../core/verdict.ts';
import type { Line } from '../line.ts';
import { type CallOptions, makeCall } from '../make-call.ts';
import type { Merchant } from '../merchant.ts';
import type { Outcome } from '../outcome.ts';
import { unexpectedStatus } from '../v2/judge.ts';
import { refusedHere } from '../refused-here.ts';

/** A merchant's way to OAuth. */
export type OauthSender = Line<Pick<Merchant, 'appid' | 'appSecret'>>;

/** Page authorization (网页授权) and mini-program login: who the payer is. */
export interface Oauth {
  /** Exchanges the code of the authorization page. A code is good once: after `unknown` start the authorization anew. */
  readonly accessToken: (
    request: Omit<AccessTokenRequest, 'appid' | 'secret'>,
    options?: CallOptions,
  ) => Promise<Outcome<OauthToken>>;
  /** Prolongs a token. */
  readonly refreshToken: (
    request: Omit<RefreshTokenRequest, 'appid'>,
    options?: CallOptions,
  ) => Promise<Outcome<OauthToken>>;
  /** The profile of a payer who agreed to it. */
  readonly userinfo: (request: UserinfoRequest, options?: CallOptions) => Promise<Outcome<Userinfo>>;
  /** Exchanges the code of `wx.login`, which is good once. */
  readonly jscode2session: (
    request: Omit<Jscode2sessionRequest, 'appid' | 'secret'>,
    options?: CallOptions,
  ) => Promise<Outcome<MiniProgramSession>>;
}

/** Creates the calls of {@link Oauth}. */
export function createOauth(sender: OauthSender): Oauth {
  const { appid, appSecret } = sender.merchant;
  const withSecret = <Request extends { readonly appid: unknown; readonly secret: Secret }, Value>(
    operation: OauthOperation<Request, Value>,
    complete: (secret: Secret) => Request,
    options: CallOptions = {},
  ): Promise<Outcome<Value>> =>
    appSecret === undefined
      ? Promise.resolve(refusedHere('APP_SECRET_MISSING', `${operation.name} needs the merchant's appSecret`))
      : ask(sender, operation, complete(appSecret), options);
  return {
    accessToken: (request, options) =>
      withSecret(oauthAccessToken, (secret) => ({ ...request, appid, secret }), options),
    refreshToken: (request, options = {}) => ask(sender, oauthRefreshToken, { ...request, appid }, options),
    userinfo: (request, options = {}) => ask(sender, oauthUserinfo, request, options),
    jscode2session: (request, options) =>
      withSecret(jscode2session, (secret) => ({ ...request, appid, secret }), options),
  };
}

function ask<Request, Value>(
  { world, hosts, timeLimits, deadlineMs }: OauthSender,
  operation: OauthOperation<Request, Value>,
  request: Request,
  options: CallOptions,
): Promise<Outcome<Value>> {
  const path = operation.printPath(request);
  return makeCall(
    world,
    {
      operation: operation.name,
      effect: 'reads',
      // A code is used up by the first request that arrives: nothing but that could come of a second.
      afterUnknown: operation.afterUnknown === 'repeat' ? 'repeat' : 'query',
      hosts,
      timeLimits,
      deadlineMs,
      prepare: (address, limits) =>
        ok({ method: 'GET', url: address + path.reveal(), headers: {}, timeLimits: limits }),
      judge: (response) => judgeJson(operation, response),
    },
    options,
  );
}

function judgeJson<Request, Value>(
  operation: OauthOperation<Request, Value>,
  { status, body }: HttpResponse,
): Verdict<Value> {
  if (status !== 200) return unexpectedStatus(status);
  const answer = operation.readAnswer(body);
  switch (answer.kind) {
    case 'succeeded':
      return { kind: 'done', answer: answer.value };
    case 'failed': {
      const { code: row, errcode, errmsg } = answer;
      return { kind: 'code', code: String(errcode), row, message: errmsg, voucher: 'unsigned' };
    }
    case 'unreadable':
      return { kind: 'unusable', reason: answer.reason, status, message: answer.message };
  }
}
