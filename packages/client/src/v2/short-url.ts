import { shorturl, type ShorturlAnswer, type ShorturlRequest } from '@orderkeeper/protocol';
import type { Outcome } from '../outcome.ts';
import { send, type V2CallOptions, type V2Sender } from './send.ts';

/** 转换短链接: shortens the link of NATIVE mode 1. */
export const shortUrl =
  (sender: V2Sender) =>
  (request: ShorturlRequest, options?: V2CallOptions): Promise<Outcome<ShorturlAnswer>> =>
    send(sender, shorturl, request, options);
