/** Who is measured. Each module has `createCaller` and `checks`: what is checked before an answer is believed. */
export const CALLERS = {
  'bare request': () => import('./callers/bare-request.js'),
  orderkeeper: () => import('./callers/orderkeeper.js'),
  'orderkeeper, HMAC': () => import('./callers/orderkeeper-hmac.js'),
  tenpay: () => import('./callers/tenpay.js'),
  'wechatpay-axios-plugin': () => import('./callers/wechatpay-axios-plugin.js'),
  'node-easywechat': () => import('./callers/node-easywechat.js'),
};

/** The floor: HTTP by undici, the body read, nothing signed and nothing checked. */
export const FLOOR = 'bare request';
/** Ours, which the aims are about, and ours again. */
export const OURS = 'orderkeeper';
export const OURS_TOO = 'orderkeeper, HMAC';
