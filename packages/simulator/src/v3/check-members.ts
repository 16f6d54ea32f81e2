import { parseRfc3339 } from '@orderkeeper/protocol';
import { isJsonObject, type JsonObject } from './json.ts';
import { type V3Failure, v3Failed } from './outcome.ts';

type Need = 'required' | 'optional';

/** What a member must be like; `label` is the Chinese name that messages use. */
export type MemberRule =
  | {
      readonly kind: 'text';
      readonly label: string;
      readonly need: Need;
      readonly min?: number;
      readonly max: number;
      /** In what a length is counted; default bytes. */
      readonly unit?: 'bytes' | 'characters';
      readonly pattern?: RegExp;
      readonly form?: 'rfc3339';
    }
  | { readonly kind: 'integer'; readonly label: string; readonly need: Need; readonly min: number }
  | { readonly kind: 'flag'; readonly label: string; readonly need: Need }
  | { readonly kind: 'object'; readonly label: string; readonly need: Need; readonly members: MemberRules }
  | {
      readonly kind: 'list';
      readonly label: string;
      readonly need: Need;
      readonly min: number;
      readonly max: number;
      readonly item: MemberRule;
    };

/** The members of an object by their names. */
export type MemberRules = Readonly<Record<string, MemberRule>>;

/** Where the members come from, as `detail.location` names it. */
export type Location = 'body' | 'query' | 'uri_template';

/** How the checks behave. */
export interface CheckOptions {
  readonly location: Location;
  readonly unknownMember: 'PARAM_ERROR' | 'ignored';
}

/** Names a text. */
export const text = (
  label: string,
  max: number,
  need: Need = 'optional',
  more: Partial<Extract<MemberRule, { kind: 'text' }>> = {},
): MemberRule => ({ kind: 'text', label, need, max, ...more });

/** The first member that breaks its rule, as PARAM_ERROR in the words of the gateway. */
export function checkMembers(value: JsonObject, rules: MemberRules, options: CheckOptions): V3Failure | undefined {
  return checkObject(value, rules, `/${options.location}`, options);
}

function checkObject(
  value: JsonObject,
  rules: MemberRules,
  pointer: string,
  options: CheckOptions,
): V3Failure | undefined {
  for (const [name, rule] of Object.entries(rules)) {
    const flaw = checkMember(value[name], rule, `${pointer}/${name}`, options);
    if (flaw !== undefined) return flaw;
  }
  const stray = Object.keys(value).find((name) => !Object.hasOwn(rules, name));
  if (stray === undefined || options.unknownMember === 'ignored') return undefined;
  return v3Failed('PARAM_ERROR', '参数中含有非法的额外参数', {
    detail: { location: options.location, value: stray },
    subCode: 270_924_358,
  });
}

function checkMember(value: unknown, rule: MemberRule, pointer: string, options: CheckOptions): V3Failure | undefined {
  const { location } = options;
  if (value === undefined || (value === '' && rule.need === 'required')) {
    if (rule.need === 'optional') return undefined;
    const message = `输入源“${pointer}”映射到字段“${rule.label}”必填性规则校验失败，此字段为必填项`;
    return v3Failed('PARAM_ERROR', message, { detail: { location, value: '' } });
  }
  switch (rule.kind) {
    case 'text':
      return typeof value === 'string'
        ? checkText(value, rule, pointer, location)
        : wrongType(value, rule, pointer, location);
    case 'integer':
      return checkInteger(value, rule, pointer, location);
    case 'flag':
      return typeof value === 'boolean' ? undefined : wrongType(value, rule, pointer, location);
    case 'object':
      return isJsonObject(value)
        ? checkObject(value, rule.members, pointer, options)
        : wrongType(value, rule, pointer, location);
    case 'list':
      return checkList(value, rule, pointer, options);
  }
}

const TYPE_NAMES = {
  text: 'string 类型的 Json 值',
  integer: '合法的 64 位有符号整数',
  flag: 'bool 类型的 Json 值',
  object: 'object 类型的 Json 值',
  list: 'array 类型的 Json 值',
} as const;

function wrongType(value: unknown, { kind, label }: MemberRule, pointer: string, location: Location): V3Failure {
  const message = `无法将 JSON 输入源“${pointer}”映射到目标字段“${label}”中，此字段需要一个${kind === 'integer' ? '' : ' '}${TYPE_NAMES[kind]}`;
  return v3Failed('PARAM_ERROR', message, { detail: { location, value } });
}

function checkInteger(
  value: unknown,
  rule: Extract<MemberRule, { kind: 'integer' }>,
  pointer: string,
  location: Location,
): V3Failure | undefined {
  if (typeof value !== 'number' || !Number.isSafeInteger(value)) return wrongType(value, rule, pointer, location);
  if (value >= rule.min) return undefined;
  const message = `输入源“${pointer}”映射到数值字段“${rule.label}”规则校验失败，值低于最小值 ${rule.min}`;
  return v3Failed('PARAM_ERROR', message, { detail: { location, value }, subCode: 268_435_464 });
}

function checkText(
  value: string,
  rule: Extract<MemberRule, { kind: 'text' }>,
  pointer: string,
  location: Location,
): V3Failure | undefined {
  const start = `输入源“${pointer}”映射到值字段“${rule.label}”字符串规则校验失败，`;
  const isInBytes = rule.unit !== 'characters';
  const length = isInBytes ? Buffer.byteLength(value) : value.length;
  const { min = 0, max, pattern } = rule;
  const measured = `${isInBytes ? '字节数' : '字符数'} ${length}`;
  if (length < min) return textFlaw(`${start}${measured}，小于最小值 ${min}`, length, location, 268_435_463);
  if (length > max) return textFlaw(`${start}${measured}，大于最大值 ${max}`, length, location, 268_435_462);
  if (pattern?.test(value) === false) {
    return textFlaw(`${start}字符串必须匹配正则表达式“${pattern.source}”`, value, location);
  }
  if (rule.form === 'rfc3339' && !parseRfc3339(value).ok) {
    return textFlaw(`${start}字符串必须是符合 RFC3339 日期时间格式`, value, location);
  }
  return undefined;
}

const textFlaw = (message: string, value: unknown, location: Location, subCode?: number): V3Failure =>
  v3Failed('PARAM_ERROR', message, { detail: { location, value }, ...(subCode === undefined ? {} : { subCode }) });

function checkList(
  value: unknown,
  rule: Extract<MemberRule, { kind: 'list' }>,
  pointer: string,
  options: CheckOptions,
): V3Failure | undefined {
  const { location } = options;
  if (!Array.isArray(value)) return wrongType(value, rule, pointer, location);
  const items: readonly unknown[] = value;
  if (items.length < rule.min || items.length > rule.max) {
    const message = `输入源“${pointer}”映射到数组字段“${rule.label}”规则校验失败，元素个数 ${items.length} 不在 ${rule.min} 到 ${rule.max} 之间`;
    return v3Failed('PARAM_ERROR', message, { detail: { location, value: items.length } });
  }
  for (const [index, item] of items.entries()) {
    const flaw = checkMember(item, rule.item, `${pointer}/${index}`, options);
    if (flaw !== undefined) return flaw;
  }
  return undefined;
}
