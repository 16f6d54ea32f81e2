import { sign } from 'node:crypto';
import { promisify } from 'node:util';
import { DIGEST, MERCHANT_PRIVATE_KEY } from '../merchant.js';
import { createCallerByHand } from './by-hand.js';

export { checks } from './by-hand.js';

const signAside = promisify(sign);

/** By hand, with each signature made on one of Node's worker threads. */
export const createCaller = (place) =>
  createCallerByHand({ ...place, signed: (message) => signAside(DIGEST, message, MERCHANT_PRIVATE_KEY) });
