import { failure, ok, type Result } from '../../values/result.ts';

/** The page to return to is no absolute http or https address. */
export type MwebReason = 'not-an-address';

/**
 * Adds to the `mweb_url` of an order the page to which the phone returns after paying, after cancelling, or about five
 * seconds after the jump. So the page proves nothing: query the order there.
 * @see https://pay.weixin.qq.com/wiki/doc/api/jsapi.php?chapter=9_1
 */
export function addRedirectUrl(mwebUrl: string, redirectUrl: string): Result<string, MwebReason> {
  if (!/^https?:\/\/[^/\s]/i.test(redirectUrl) || !URL.canParse(redirectUrl)) {
    return failure(
      'not-an-address',
      'redirect_url must be an absolute http or https address on the registered H5 domain',
    );
  }
  return ok(`${mwebUrl}&redirect_url=${encodeURIComponent(redirectUrl)}`);
}
