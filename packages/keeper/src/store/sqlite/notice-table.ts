import type { ReceivedNotice } from '../store.ts';
import type { Connection } from './connection.ts';

/** Messages from WeChat Pay, once per content. */
export interface NoticeTable {
  readonly keep: (notice: ReceivedNotice) => 'kept' | 'seen-before';
  /** Keeps the notice that a change came from, or renews the verdict of one that was set aside before. */
  readonly keepWithChange: (notice: ReceivedNotice) => void;
}

/** Prepares the statements over `notices`. */
export function createNoticeTable(connection: Connection): NoticeTable {
  const insert = (onConflict: string) =>
    connection.prepare(
      `INSERT INTO notices (notice_id, mchid, at_ms, verdict, body) VALUES (:noticeId, :mchid, :atMs, :verdict, :body)
       ON CONFLICT (notice_id) DO ${onConflict}`,
    );
  const insertOnce = insert('NOTHING');
  const insertOrRenew = insert('UPDATE SET verdict = excluded.verdict');
  const parametersOf = ({ noticeId, mchid, atMs, verdict, body }: ReceivedNotice) => ({
    noticeId,
    mchid,
    atMs,
    verdict,
    body,
  });
  return {
    keep: (notice) => (insertOnce.run(parametersOf(notice)) === 1 ? 'kept' : 'seen-before'),
    keepWithChange: (notice) => {
      insertOrRenew.run(parametersOf(notice));
    },
  };
}
