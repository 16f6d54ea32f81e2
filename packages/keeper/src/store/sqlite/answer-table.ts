import type { RememberedAnswer } from '../store.ts';
import type { Connection } from './connection.ts';

/** Answers given under an Idempotency-Key. */
export interface AnswerTable {
  readonly recall: (key: string) => RememberedAnswer | undefined;
  readonly remember: (answer: RememberedAnswer) => 'remembered' | 'taken';
  readonly forgetBefore: (atMs: number) => void;
}

/** Prepares the statements over `answers`. */
export function createAnswerTable(connection: Connection): AnswerTable {
  const select = connection.prepare<RememberedAnswer>(
    'SELECT key, request_digest AS requestDigest, status, body, at_ms AS atMs FROM answers WHERE key = :key',
  );
  const insert = connection.prepare(
    `INSERT INTO answers (key, request_digest, status, body, at_ms) VALUES (:key, :requestDigest, :status, :body, :atMs)
     ON CONFLICT (key) DO NOTHING`,
  );
  const deleteBefore = connection.prepare('DELETE FROM answers WHERE at_ms < :atMs');
  return {
    recall: (key) => {
      const answer = select.get({ key });
      return answer === undefined ? undefined : { ...answer };
    },
    remember: ({ key, requestDigest, status, body, atMs }) =>
      insert.run({ key, requestDigest, status, body, atMs }) === 1 ? 'remembered' : 'taken',
    forgetBefore: (atMs) => {
      deleteBefore.run({ atMs });
    },
  };
}
