import { sandboxKeyOf } from '../gateway/sandbox-key.ts';
import { type Desk, done, ORDINARY, type Outcome, type SimOperation } from './operation.ts';

function run(desk: Desk): Outcome {
  const mchid = desk.world.switches.signKeyMchid === 'present' ? [['mch_id', desk.merchant.mchid] as const] : [];
  return done([['return_msg', 'ok'], ...mchid, ['sandbox_signkey', sandboxKeyOf(desk.merchant).reveal()]]);
}

const COMMON = {
  ...ORDINARY,
  answer: 'unsigned',
  refusals: 'sign-key',
  signTypes: 'MD5',
  demands: { mch_id: 32, nonce_str: 32 },
  subMerchant: 'optional',
  run,
} as const;

/**
 * Hands out the key of the sandbox, asked for with the production key.
 * @see https://pay.weixin.qq.com/wiki/doc/api/jsapi.php?chapter=23_1
 */
export const getsignkey: SimOperation = { ...COMMON, name: 'getsignkey', path: '/sandboxnew/pay/getsignkey' };

/** The same for the sandbox of 2022. */
export const getsignkeyNew: SimOperation = {
  ...COMMON,
  name: 'xdc/getsignkey',
  path: '/xdc/apiv2getsignkey/sign/getsignkey',
};
