import type { Random } from '@orderkeeper/ports';
import { parsePrepayId, type PrepayId } from '@orderkeeper/protocol';
import type { Attempt, Prepay } from '../core/order.ts';

/** A nonce of 32 hexadecimal digits. */
const NONCE_BYTES = 16;

/** A nonce for what a payer's client is given. */
export const frontEndNonce = (random: Random): string => Buffer.from(random.bytes(NONCE_BYTES)).toString('hex');

/** The prepay id of an attempt that was placed for a client which needs one. */
export function prepayIdOf({ prepayId }: Prepay): PrepayId {
  const parsed = parsePrepayId(prepayId ?? '');
  if (!parsed.ok) throw new Error(`a stored prepay id cannot be read: ${parsed.message}`);
  return parsed.value;
}

/** The address that a placed attempt must have, because of its trade type. */
export function present(address: string | undefined, { outTradeNo }: Attempt): string {
  if (address === undefined) throw new Error(`${outTradeNo} was placed without the address that its payer needs`);
  return address;
}
