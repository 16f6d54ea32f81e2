import { failure, type Mchid, ok, type Result } from '@orderkeeper/protocol';
import type { ServiceDesk } from '../service-desk.ts';

/** The merchant that a request names, or the only one there is. */
export function merchantOfCall(
  named: Mchid | undefined,
  { mchids }: Pick<ServiceDesk, 'mchids'>,
): Result<Mchid, 'no-such-merchant'> {
  if (named !== undefined) {
    return mchids.includes(named) ? ok(named) : failure('no-such-merchant', `the merchant ${named} is not configured`);
  }
  const [only, ...others] = mchids;
  if (only !== undefined && others.length === 0) return ok(only);
  return failure('no-such-merchant', 'mchid is missing: there are several merchants');
}
