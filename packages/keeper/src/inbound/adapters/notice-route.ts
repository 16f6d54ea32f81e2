import { type Mchid, XML_BYTES_MAX } from '@orderkeeper/protocol';
import type { Keeper } from '../../keeper.ts';

/** Whose notices a route takes, and who judges them. One route for each merchant: the address says which key applies. */
export interface NoticeRoute {
  readonly keeper: Pick<Keeper, 'receiveNotice'>;
  readonly mchid: Mchid;
}

/** Larger bodies are answered 413 and not kept; the largest documented notice has a tenth of it. */
export const NOTICE_BYTES_MAX = XML_BYTES_MAX;

/** What a handler answers, whatever the framework. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** The answer to a body of more than {@link NOTICE_BYTES_MAX}; its end is not waited for. */
export const TOO_LARGE: Answer = { status: 413, headers: {}, body: '' };

/**
 * The error of a route that gets its body too late. The signature is over the bytes as sent; a parsed body that is
 * printed again has others. It becomes status 500, so that WeChat Pay repeats the notice until the route is mended.
 */
export function rawBodyMissing(remedy: string): Error {
  return new Error(`WeChat Pay's notice cannot be verified: something has read its raw body before. ${remedy}`);
}

/** Headers as the keeper takes them. */
export function plainHeaders(
  headers: Readonly<Record<string, string | readonly string[] | undefined>>,
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) => {
      if (value === undefined) return [];
      return [[name.toLowerCase(), typeof value === 'string' ? value : value.join(', ')]];
    }),
  );
}
