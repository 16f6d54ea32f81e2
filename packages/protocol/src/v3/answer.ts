import type { Result } from '../values/result.ts';
import { type JsonTable, readJson } from './json/json-table.ts';
import { type JsonObject, readJsonText } from './json/json-value.ts';
import type { V3Answer, V3AnswerReason } from './operation.ts';

/** A reader of answers whose body is one JSON object. */
export const answerReader =
  <Answer>(read: (object: JsonObject) => Result<Answer, V3AnswerReason>) =>
  ({ body }: Pick<V3Answer, 'body'>): Result<Answer, V3AnswerReason> => {
    const object = readJsonText(body);
    return object.ok ? read(object.value) : object;
  };

/** A reader of answers that are nothing but a table. */
export const tableReader = <Answer extends object>(table: JsonTable<Answer>) =>
  answerReader((object) => readJson(table, object));
