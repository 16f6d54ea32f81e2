import { createOurCaller } from './orderkeeper.js';

export { checks } from './orderkeeper.js';

/** Our client with HMAC-SHA256, which is its default and which none of the peers measured here uses by default. */
export const createCaller = (place) => createOurCaller({ ...place, signType: 'HMAC-SHA256' });
