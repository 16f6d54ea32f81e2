import { sign } from 'node:crypto';
import { promisify } from 'node:util';
import { DIGEST, MERCHANT_PRIVATE_KEY } from '../merchant.js';
import { createSigner } from './signing.js';

export { checks, part } from './signing.js';

const signAside = promisify(sign);

/** One signature on one of Node's worker threads. */
export const createCaller = () => createSigner((message) => signAside(DIGEST, message, MERCHANT_PRIVATE_KEY));
