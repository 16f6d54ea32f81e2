import { failed, type Outcome, refused } from './operation.ts';
import type { Fields } from '@orderkeeper/protocol';

/** What a field must be like. */
export interface FieldRule {
  readonly need: 'required' | 'optional';
  readonly lengthMax: number;
  readonly pattern?: RegExp;
}

/** Whole fen above zero. */
export const AMOUNT: FieldRule = { need: 'required', lengthMax: 12, pattern: /^[1-9][0-9]*$/ };
/** A merchant's order number. */
export const OUT_TRADE_NO: FieldRule = { need: 'required', lengthMax: 32, pattern: /^[0-9A-Za-z_\-|*@]+$/ };
/** A merchant's refund number. */
export const OUT_REFUND_NO: FieldRule = { need: 'required', lengthMax: 64, pattern: /^[0-9A-Za-z_\-|*@]+$/ };
/** A moment of Beijing time. */
export const MOMENT: FieldRule = { need: 'optional', lengthMax: 14, pattern: /^[0-9]{14}$/ };

/** Makes a field optional. */
export const optional = (rule: FieldRule): FieldRule => ({ ...rule, need: 'optional' });

/** A text without a pattern. */
export const text = (lengthMax: number, need: FieldRule['need'] = 'optional'): FieldRule => ({ need, lengthMax });

/**
 * The first field that breaks its rule. A missing or overlong field is refused without a sign, as observed for the
 * common fields; a wrong format is PARAM_ERROR, as observed for total_fee.
 */
export function checkFields(rules: Readonly<Record<string, FieldRule>>, fields: Fields): Outcome | undefined {
  for (const [name, rule] of Object.entries(rules)) {
    const value = fields.get(name) ?? '';
    if (value === '' && rule.need === 'optional') continue;
    if (value === '' || value.length > rule.lengthMax) return refused(`${name}参数长度有误`);
    if (rule.pattern?.test(value) === false) return failed('PARAM_ERROR', `${name}参数格式错误`);
  }
  return undefined;
}
