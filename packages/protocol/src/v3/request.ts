import { failure, ok, type Result } from '../values/result.ts';
import type { FieldReason } from '../v2/field-table.ts';
import type { Sender } from '../v2/request.ts';
import type { JsonDraft } from './json/json-table.ts';
import type { SenderMembers, V3OperationRow, V3Request } from './operation.ts';

/** A part of a request that was printed, or why it was not. */
export type PrintedPart = Result<JsonDraft, FieldReason>;

/** What an operation prints beside the sender. */
export interface RequestParts {
  /** The values of the path's template. */
  readonly path?: PrintedPart;
  /** Parameters of a GET. */
  readonly query?: PrintedPart;
  /** Members of the body of a POST. */
  readonly body?: PrintedPart;
}

const NO_PART: PrintedPart = ok({});

/** Who sends as what: a merchant for itself, or a service provider (服务商) for a sub-merchant. */
type Side = 'merchant' | 'partner';

const sideOf = (sender: Sender): Side => (sender.subMchid === undefined ? 'merchant' : 'partner');

const subMembers = ({ subAppid, subMchid }: Sender): JsonDraft => ({
  ...(subAppid === undefined ? {} : { sub_appid: subAppid }),
  ...(subMchid === undefined ? {} : { sub_mchid: subMchid }),
});

const subMchidOf = ({ subMchid }: Sender): JsonDraft => (subMchid === undefined ? {} : { sub_mchid: subMchid });

const NOTHING = (): JsonDraft => ({});

/** Combined orders are placed by merchants only. */
const SENDER_MEMBERS: Readonly<Record<SenderMembers, Readonly<Record<Side, (sender: Sender) => JsonDraft>>>> = {
  'appid-and-mchid': {
    merchant: ({ appid, mchid }) => ({ appid, mchid }),
    partner: (sender) => ({ sp_appid: sender.appid, sp_mchid: sender.mchid, ...subMembers(sender) }),
  },
  mchid: {
    merchant: ({ mchid }) => ({ mchid }),
    partner: (sender) => ({ sp_mchid: sender.mchid, ...subMchidOf(sender) }),
  },
  'sub-mchid': { merchant: NOTHING, partner: subMchidOf },
  'combine-appid-and-mchid': {
    merchant: ({ appid, mchid }) => ({ combine_appid: appid, combine_mchid: mchid }),
    partner: NOTHING,
  },
  'combine-appid': { merchant: ({ appid }) => ({ combine_appid: appid }), partner: NOTHING },
  none: { merchant: NOTHING, partner: NOTHING },
};

/**
 * Puts a request together: the sender's members first, in the query of a GET and the body of a POST, and every value in
 * path and query escaped with its case kept.
 */
export function printV3Request(
  row: V3OperationRow,
  sender: Sender,
  parts: RequestParts,
): Result<V3Request, FieldReason> {
  const side = sideOf(sender);
  const template = row.paths[side];
  if (template === undefined) return wrongSide(row, side);
  if (side === 'merchant' && sender.subAppid !== undefined) {
    return failure('field-missing', 'sub_mchid is required together with sub_appid');
  }
  const { path = NO_PART, query = NO_PART, body = NO_PART } = parts;
  if (!path.ok) return path;
  if (!query.ok) return query;
  if (!body.ok) return body;
  const ofSender = SENDER_MEMBERS[row.sender][side](sender);
  const parameters = row.method === 'GET' ? { ...ofSender, ...query.value } : query.value;
  const members = { ...ofSender, ...body.value };
  return ok({
    method: row.method,
    path: `${fillPath(template, path.value)}${printQuery(parameters)}`,
    body: row.method === 'POST' ? JSON.stringify(members) : '',
  });
}

function wrongSide({ name }: V3OperationRow, side: Side) {
  return side === 'partner'
    ? failure('field-invalid', `sub_mchid: ${name} is not documented for service providers; send it as the merchant`)
    : failure('field-missing', `sub_mchid is required: ${name} is for service providers`);
}

/** `|` becomes `%7C`; letters keep their case, as the gateway's paths and numbers tell upper from lower. */
function fillPath(template: string, values: JsonDraft): string {
  return template.replaceAll(/\{([a-z_]+)\}/g, (_, name: string) => {
    const value = values[name];
    if (typeof value !== 'string' || value === '')
      throw new TypeError(`the path ${template} was printed without ${name}`);
    return encodeURIComponent(value);
  });
}

function printQuery(parameters: JsonDraft): string {
  const pairs = Object.entries(parameters).map(([name, value]) => {
    if (typeof value !== 'string') throw new TypeError(`the parameter ${name} is no text`);
    return `${name}=${encodeURIComponent(value)}`;
  });
  return pairs.length === 0 ? '' : `?${pairs.join('&')}`;
}
