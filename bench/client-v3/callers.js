/**
 * Who is measured. Each module has `createCaller`, `checks` (what is checked before an answer is believed) and, where it
 * is no complete caller on purpose, `part`.
 */
export const CALLERS = {
  'bare request': () => import('./callers/bare-request.js'),
  'by hand': () => import('./callers/by-hand.js'),
  'by hand, signing aside': () => import('./callers/by-hand-aside.js'),
  'a signature': () => import('./callers/signing.js'),
  'a signature, aside': () => import('./callers/signing-aside.js'),
  orderkeeper: () => import('./callers/orderkeeper.js'),
  'wechatpay-axios-plugin': () => import('./callers/wechatpay-axios-plugin.js'),
  'wechatpay-node-v3': () => import('./callers/wechatpay-node-v3.js'),
};

/** A part of the floor: HTTP by undici, the body read, nothing signed and nothing checked. */
export const BARE = 'bare request';
/** Ours, which the aims are about. */
export const OURS = 'orderkeeper';
/** Other people's SDKs. */
export const PEERS = ['wechatpay-axios-plugin', 'wechatpay-node-v3'];
/** Who is measured where nobody is named: signing aside has a measurement of its own. */
export const CALLERS_DEFAULT = [BARE, 'by hand', OURS, ...PEERS];
