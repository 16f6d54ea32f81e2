import type { Appid, Mchid } from '../../values/numbers.ts';
import { appid, mchid, optional, text } from '../field-kinds.ts';
import type { FieldTable } from '../field-table.ts';

/** For whom a notice is meant. Compare it with the merchant whose order it names before believing the rest. */
export interface NoticeSender {
  readonly appid: Appid;
  /** For service providers: the provider's. */
  readonly mchid: Mchid;
  readonly subAppid?: Appid;
  readonly subMchid?: Mchid;
  /** Repeats the nonce of the order request in pay notices, so it is no protection against replays. */
  readonly nonce: string;
}

/** The fields of {@link NoticeSender}. */
export const NOTICE_SENDER: FieldTable<NoticeSender> = {
  appid: appid('appid'),
  mchid: mchid('mch_id'),
  subAppid: optional(appid)('sub_appid'),
  subMchid: optional(mchid)('sub_mch_id'),
  nonce: text(32)('nonce_str'),
};
