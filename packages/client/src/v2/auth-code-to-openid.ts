import { authcodetoopenid, type AuthcodetoopenidAnswer, type AuthcodetoopenidRequest } from '@orderkeeper/protocol';
import type { Outcome } from '../outcome.ts';
import { send, type V2CallOptions, type V2Sender } from './send.ts';

/** 授权码查询openid: who is behind the code that a payer shows. */
export const authCodeToOpenid =
  (sender: V2Sender) =>
  (request: AuthcodetoopenidRequest, options?: V2CallOptions): Promise<Outcome<AuthcodetoopenidAnswer>> =>
    send(sender, authcodetoopenid, request, options);
