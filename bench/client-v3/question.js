import { MERCHANT, SCHEME } from './merchant.js';

const NUMBER_PREFIX = 'BENCH';
const NUMBER_DIGITS = 7;
const PATH_PREFIX = `/v3/pay/transactions/out-trade-no/${NUMBER_PREFIX}`;
const PATH_END = `?mchid=${MERCHANT.mchid}`;

/** The number of one order; each call asks about another. */
export const outTradeNoOf = (index) => NUMBER_PREFIX + String(index).padStart(NUMBER_DIGITS, '0');

/** Path and query of the question about it. */
export const pathOf = (index) => PATH_PREFIX + String(index).padStart(NUMBER_DIGITS, '0') + PATH_END;

/** Which order a path asks about, or nothing where it is another question. */
export function indexOf(path) {
  if (!path.startsWith(PATH_PREFIX) || !path.endsWith(PATH_END)) return undefined;
  if (path.length !== PATH_PREFIX.length + NUMBER_DIGITS + PATH_END.length) return undefined;
  return Number(path.slice(PATH_PREFIX.length, PATH_PREFIX.length + NUMBER_DIGITS));
}

/** What is signed of a question without a body, written down a second time beside the code that is measured. */
export const questionMessage = (path, timestamp, nonce) => `GET\n${path}\n${timestamp}\n${nonce}\n\n`;

/** The header `Authorization` of a question. */
export const printAuthorization = ({ timestamp, nonce, signature }) =>
  `${SCHEME} mchid="${MERCHANT.mchid}",nonce_str="${nonce}",signature="${signature}",timestamp="${timestamp}",serial_no="${MERCHANT.serial}"`;
