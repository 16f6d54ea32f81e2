import { apiv2getsignkey, getsignkey, type GetsignkeyAnswer } from '@orderkeeper/protocol';
import type { Outcome } from '../outcome.ts';
import { send, type V2CallOptions, type V2Sender } from './send.ts';

/** Which sandbox: `sandboxnew` is the older and wider one, `xdc` knows micropay and orderquery. */
export interface GetSignKeyRequest {
  readonly sandbox: 'sandboxnew' | 'xdc';
}

const OPERATIONS = { sandboxnew: getsignkey, xdc: apiv2getsignkey } as const;

/**
 * The key of a sandbox. Calls to it are those of another client, whose merchant has this `apiKey` and whose hosts end
 * in `/sandboxnew` (`signType` MD5) or `/xdc/apiv2sandbox`.
 */
export const getSignKey =
  (sender: V2Sender) =>
  ({ sandbox }: GetSignKeyRequest, options?: V2CallOptions): Promise<Outcome<GetsignkeyAnswer>> =>
    send(sender, OPERATIONS[sandbox], {}, options);
