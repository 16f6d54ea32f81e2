import { OAUTH_HOSTS as OAUTH_NAMES } from '@orderkeeper/protocol';

/** Where an API lives: base addresses without a slash at the end; paths are appended. */
export interface Hosts {
  readonly primary: string;
  /** Serves the same API; tried when the first cannot be reached. */
  readonly secondary?: string;
}

/**
 * WeChat Pay's hosts for merchants in the mainland.
 * @see https://pay.weixin.qq.com/wiki/doc/api/jsapi.php?chapter=9_2
 */
export const PAY_HOSTS: Hosts = {
  primary: 'https://api.mch.weixin.qq.com',
  secondary: 'https://api2.mch.weixin.qq.com',
};

/** The hosts of OAuth and of mini-program login. */
export const OAUTH_HOSTS: Hosts = { primary: `https://${OAUTH_NAMES[0]}`, secondary: `https://${OAUTH_NAMES[1]}` };
