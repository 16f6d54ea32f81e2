import type { Merchant, V3Client, V3Merchant } from '@orderkeeper/client';
import type { Connection } from '../gateway/connect-merchant.ts';
import type { SpokenProtocols } from '../keeper-merchant.ts';

/** Reads notices of APIv3 with the keys of WeChat Pay that the merchant's calls know too. */
export interface V3NoticeReader {
  readonly merchant: V3Merchant;
  readonly read: V3Client['readNotice'];
}

/** What the notices of one merchant are verified with, by protocol. */
export interface NoticeReaders {
  readonly v2?: Merchant;
  readonly v3?: V3NoticeReader;
}

/** The readers of a connected merchant. */
export const noticeReadersOf = ({ v2, v3 }: SpokenProtocols, { v3Client }: Connection): NoticeReaders => ({
  ...(v2 === undefined ? {} : { v2 }),
  ...(v3 === undefined || v3Client === undefined ? {} : { v3: { merchant: v3, read: v3Client.readNotice } }),
});
