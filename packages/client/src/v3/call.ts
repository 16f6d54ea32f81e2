import {
  failure,
  type FieldReason,
  type JsonObject,
  type JsonValue,
  ok,
  readJsonText,
  type Result,
  V3_EVERYWHERE,
  V3_OPERATIONS,
  type V3Answer,
  type V3AnswerReason,
  type V3OperationRow,
  type V3Request,
} from '@orderkeeper/protocol';
import type { Outcome } from '../outcome.ts';
import { judgeAnswer } from './judge-answer.ts';
import type { V3JudgedOperation } from './judge.ts';
import { sendPrinted, type V3CallOptions, type V3SentRow } from './send.ts';
import type { V3Sender } from './v3-sender.ts';

/** A request to any path. */
export interface V3RawRequest {
  readonly method: 'GET' | 'POST';
  /** Path and query, escaped, as they are signed and sent; begins with `/v3/`. */
  readonly path: string;
  /** Members of a POST; who sends it (`mchid`, `appid`) is not added. */
  readonly body?: Readonly<Record<string, JsonValue>>;
  /** The serial of the key that fields of the body are encrypted with. */
  readonly encryptedFor?: string;
}

/** How an operation without a method of its own is called. */
export interface V3RawCallOptions extends V3CallOptions {
  /** The statuses that mean success. Default 200 and 204. */
  readonly success?: readonly number[];
  /**
   * Default `repeat` for GET, else `query`: after an unknown outcome nothing is sent again, because nothing is known
   * about the operation. Say `repeat` for one that may safely be sent twice under the same number.
   */
  readonly afterUnknown?: V3OperationRow['afterUnknown'];
}

type RawRow = V3SentRow & V3JudgedOperation<JsonObject>;

const SUCCESS = [200, 204] as const;

/**
 * Calls any operation of APIv3 that is answered with a signed JSON object or nothing, signed and verified like every
 * other. For an operation with a method of its own its row counts, and the options about it do not.
 */
export const call =
  (sender: V3Sender) =>
  (request: V3RawRequest, options: V3RawCallOptions = {}): Promise<Outcome<JsonObject>> => {
    const row = rowOf(request, options);
    return sendPrinted(sender, printRaw(request), options, {
      row,
      judge: (response, patience) => judgeAnswer(sender, row, { response, patience, mismatch: () => undefined }),
    });
  };

const PATH = /^\/v3\/[!-"$-~]*$/;

function printRaw({ method, path, body, encryptedFor }: V3RawRequest): Result<V3Request, FieldReason> {
  if (!PATH.test(path)) return failure('field-invalid', 'path: begins with /v3/ and is escaped, without #');
  if (method === 'GET' && body !== undefined) return failure('field-invalid', 'body: a GET has none');
  const text = method === 'POST' ? JSON.stringify(body ?? {}) : '';
  return ok({ method, path, body: text, ...(encryptedFor === undefined ? {} : { encryptedFor }) });
}

function rowOf({ method, path }: V3RawRequest, options: V3RawCallOptions): RawRow {
  const [pathname = ''] = path.split('?');
  const listed = Object.values(V3_OPERATIONS).find((row) => row.method === method && isPathOf(row, pathname));
  if (listed !== undefined) return { ...listed, readAnswer };
  const { success = SUCCESS, afterUnknown = method === 'GET' ? 'repeat' : 'query' } = options;
  const effect = method === 'GET' ? 'reads' : 'changes';
  return { name: pathname, effect, afterUnknown, success, codes: V3_EVERYWHERE, readAnswer };
}

const isPathOf = ({ paths }: V3OperationRow, pathname: string): boolean =>
  Object.values(paths).some((template) => patternOf(template).test(pathname));

const patternOf = (template: string): RegExp => new RegExp(`^${template.replaceAll(/\{[a-z_]+\}/g, '[^/]+')}$`);

function readAnswer({ status, body }: V3Answer): Result<JsonObject, V3AnswerReason> {
  return status === 204 && body.length === 0 ? ok(new Map()) : readJsonText(body);
}
