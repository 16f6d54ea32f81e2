import { openidOfCode, planOf, REFUSED_CODE_TEXTS, refuseCode } from './auth-codes.ts';
import { checkFields, text } from './check-fields.ts';
import { type Desk, done, failed, ORDINARY, type Outcome, type SimOperation, textOf } from './operation.ts';

function run(desk: Desk): Outcome {
  const authCode = textOf(desk, 'auth_code');
  const fault = checkFields({ auth_code: text(128, 'required') }, desk.fields) ?? refuseCode(desk.world, authCode);
  if (fault !== undefined) return fault;
  const plan = planOf(desk.world, authCode, 1);
  if (
    plan.ending === 'refused' &&
    (plan.code === 'AUTHCODEEXPIRE' || plan.code === 'AUTH_CODE_ERROR' || plan.code === 'AUTH_CODE_INVALID')
  ) {
    return failed(plan.code, REFUSED_CODE_TEXTS[plan.code]);
  }
  const subAppid = textOf(desk, 'sub_appid');
  const sub = subAppid === '' ? [] : [['sub_openid', openidOfCode(subAppid, authCode)] as const];
  return done([['openid', openidOfCode(textOf(desk, 'appid'), authCode)], ...sub]);
}

/**
 * 授权码查询openid.
 * @see https://pay.weixin.qq.com/wiki/doc/api/micropay.php?chapter=9_13
 */
export const authcodetoopenid: SimOperation = {
  ...ORDINARY,
  name: 'authcodetoopenid',
  path: '/tools/authcodetoopenid',
  run,
};
