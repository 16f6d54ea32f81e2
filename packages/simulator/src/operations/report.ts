import { checkFields, text } from './check-fields.ts';
import { type Desk, done, ORDINARY, type Outcome, type SimOperation, textOf } from './operation.ts';

/** The single form reports one call; the batch form carries `trades` instead of codes. */
function run(desk: Desk): Outcome {
  const isBatch = textOf(desk, 'trades') !== '';
  const need = isBatch ? 'optional' : 'required';
  const took = desk.fields.has('execute_time_') ? 'execute_time_' : 'execute_time';
  const fault = checkFields(
    {
      interface_url: text(127, 'required'),
      user_ip: text(64, 'required'),
      [took]: { need, lengthMax: 12, pattern: /^[0-9]+$/ },
      return_code: text(16, need),
      result_code: text(16, need),
      trades: text(1024),
    },
    desk.fields,
  );
  if (fault !== undefined) return fault;
  return done([
    ['return_msg', ''],
    ['result_code', 'SUCCESS'],
    ['err_code', '0'],
    ['err_code_des', ''],
  ]);
}

/**
 * 交易保障: a merchant reports how calls went.
 * @see https://pay.weixin.qq.com/wiki/doc/api/jsapi.php?chapter=9_8
 */
export const report: SimOperation = {
  ...ORDINARY,
  name: 'report',
  path: '/payitil/report',
  answer: 'unsigned',
  subMerchant: 'optional',
  run,
};
