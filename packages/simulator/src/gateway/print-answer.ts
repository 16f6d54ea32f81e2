import { type ApiKey, type Fields, printXml, type SignType, signFields } from '@orderkeeper/protocol';
import type { HttpResponse } from '@orderkeeper/ports';
import type { Outcome, SimOperation } from '../operations/operation.ts';

/** What is needed to print and sign the answer to one call. */
export interface AnswerFrame {
  readonly operation: SimOperation;
  readonly request: Fields;
  readonly key: ApiKey;
  readonly signType: SignType;
  readonly nonce: string;
  readonly order: 'new' | 'old';
  readonly unknownField: 'some-answers' | 'none';
}

/** What a fault does to the signature. */
export type Tampering = 'none' | 'wrong-sign' | 'missing-sign';

type Entry = readonly [name: string, value: string];

const XML_HEADERS = { 'content-type': 'text/plain; charset=utf-8' };
const NOTHING_BARE = /^$/;

/** Prints a text answer. */
export const textResponse = (
  status: number,
  text: string,
  headers: Readonly<Record<string, string>> = XML_HEADERS,
): HttpResponse => ({
  status,
  headers,
  body: new TextEncoder().encode(text),
});

/** An answer with `return_code` FAIL: no sign, and nothing but the text. */
export function printRefusal(outcome: Extract<Outcome, { kind: 'refused' }>): HttpResponse {
  const entries: Entry[] = [
    ['return_code', 'FAIL'],
    ['return_msg', outcome.text],
  ];
  if (outcome.errorCode !== undefined) entries.push(['error_code', outcome.errorCode]);
  return textResponse(200, xmlOf(entries, NOTHING_BARE, '\n'));
}

/** Prints what an operation has said, signed with the algorithm of the request where the operation signs at all. */
export function printAnswer(
  frame: AnswerFrame,
  outcome: Exclude<Outcome, { kind: 'silence' }>,
  tampering: Tampering,
): HttpResponse {
  if (outcome.kind === 'refused') return printRefusal(outcome);
  if (outcome.kind === 'file') return { status: 200, headers: outcome.headers, body: outcome.bytes };
  const { shape } = frame.operation;
  const isOld = frame.order === 'old';
  const entries =
    frame.operation.answer === 'unsigned' ? unsignedEntries(outcome) : signedEntries(frame, outcome, tampering);
  return textResponse(200, xmlOf(entries, shape.bare, isOld && shape.order !== 'alphabetical' ? '\n' : ''));
}

type Spoken = Extract<Outcome, { kind: 'done' | 'failed' }>;

function unsignedEntries(outcome: Spoken): Entry[] {
  const head: Entry = ['return_code', 'SUCCESS'];
  if (outcome.kind === 'done') return [head, ...outcome.fields];
  return [head, ['return_msg', 'OK'], resultOf(outcome), ...errorOf(outcome)];
}

function signedEntries(frame: AnswerFrame, outcome: Spoken, tampering: Tampering): Entry[] {
  const { shape } = frame.operation;
  const sign: Entry = ['sign', ''];
  const nonce: Entry = [
    'nonce_str',
    shape.extras.has('echoed-nonce') ? (frame.request.get('nonce_str') ?? '') : frame.nonce,
  ];
  const said = [...(outcome.kind === 'done' ? outcome.fields : []), ...extrasOf(frame, outcome)];
  const head: Entry[] = [
    ['return_code', 'SUCCESS'],
    ['return_msg', 'OK'],
  ];
  const who = identityOf(frame);
  const entries =
    frame.order === 'old' && shape.order !== 'alphabetical'
      ? [...head, ...who, nonce, sign, resultOf(outcome), ...errorOf(outcome), ...said]
      : shape.order === 'nonce-first'
        ? [...head, resultOf(outcome), ...errorOf(outcome), ...who.toReversed(), nonce, sign, ...said]
        : [...head, resultOf(outcome), ...errorOf(outcome), ...who.toReversed(), ...said, nonce, sign];
  if (shape.order === 'alphabetical') entries.sort(([a], [b]) => (a < b ? -1 : 1));
  return sealed(entries, frame, tampering);
}

function sealed(entries: readonly Entry[], frame: AnswerFrame, tampering: Tampering): Entry[] {
  if (tampering === 'missing-sign') return entries.filter(([name]) => name !== 'sign');
  const right = signFields(new Map(entries), frame.key, frame.signType);
  const sign = tampering === 'none' ? right : right.replace(/^./, right.startsWith('0') ? '1' : '0');
  return entries.map(([name, value]) => [name, name === 'sign' ? sign : value]);
}

const resultOf = (outcome: Spoken): Entry => ['result_code', outcome.kind === 'done' ? 'SUCCESS' : 'FAIL'];

function errorOf(outcome: Spoken): Entry[] {
  if (outcome.kind === 'done') return [];
  return [
    ['err_code', outcome.code],
    ['err_code_des', outcome.text],
  ];
}

/** Whom the answer is for, as submitted. */
function identityOf({ operation, request }: AnswerFrame): Entry[] {
  const entries: Entry[] = [];
  for (const name of ['appid', 'mch_id', 'sub_appid', 'sub_mch_id', 'device_info']) {
    const value = request.get(name) ?? '';
    if (value !== '' || (name === 'sub_mch_id' && operation.shape.extras.has('empty-sub-mch-id')))
      entries.push([name, value]);
  }
  return entries;
}

function extrasOf({ operation, unknownField }: AnswerFrame, outcome: Spoken): Entry[] {
  const { extras } = operation.shape;
  const entries: Entry[] = [];
  if (extras.has('unknown-field') && unknownField === 'some-answers') entries.push(['zz_future_field', '1']);
  if (extras.has('sandbox-marks') && outcome.kind === 'done') {
    entries.push(['err_code', 'SUCCESS'], ['err_code_des', 'ok'], ['device_info', 'sandbox']);
  }
  return entries;
}

function xmlOf(entries: readonly Entry[], bare: RegExp, separator: '' | '\n'): string {
  const bareFields = new Set(entries.map(([name]) => name).filter((name) => bare.test(name)));
  const printed = printXml(new Map(entries), { cdata: 'always', bareFields, separator });
  if (!printed.ok) throw new Error(`an answer of the simulator cannot be printed: ${printed.message}`);
  return printed.value;
}
