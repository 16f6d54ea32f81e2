import { hash } from 'node:crypto';
import type { AuthCodePlan, World } from '../world.ts';
import { failed, type Outcome } from './operation.ts';

/** A way a payer's code can end, chosen by its last four digits. */
export interface SpecialEnding {
  readonly plan: AuthCodePlan;
  /** For people. */
  readonly about: string;
}

const PASSWORD_MS = 10_000;

/**
 * Codes that carry their ending in their last four digits: 18 digits such as `130000000000009002`. 90… asks for the
 * password, 91… is a bank in trouble, 92… a platform in trouble, 93… is refused. Every other code pays at once, except
 * above 1000 yuan, where the payer must enter the password.
 */
export const SPECIAL_ENDINGS: Readonly<Record<string, SpecialEnding>> = {
  '9001': { plan: asks('nothing'), about: 'asks for the password, which is never entered' },
  '9002': { plan: asks('pays'), about: 'asks for the password; paid ten seconds later' },
  '9003': { plan: asks('cancels'), about: 'asks for the password; cancelled ten seconds later' },
  '9004': { plan: asks('fails'), about: 'asks for the password; the bank refuses ten seconds later' },
  '9101': { plan: trouble('BANKERROR', 'not-paid'), about: 'BANKERROR, and nothing is paid' },
  '9102': { plan: trouble('BANKERROR', 'paid'), about: 'BANKERROR, but it is paid' },
  '9201': { plan: trouble('SYSTEMERROR', 'not-paid'), about: 'SYSTEMERROR, and nothing is paid' },
  '9202': { plan: trouble('SYSTEMERROR', 'paid'), about: 'SYSTEMERROR, but it is paid' },
  '9203': {
    plan: trouble('SYSTEMERROR', 'asks-password'),
    about: 'SYSTEMERROR while the payer is asked for the password',
  },
  '9301': { plan: { ending: 'refused', code: 'AUTHCODEEXPIRE' }, about: 'the code is older than a minute' },
  '9302': { plan: { ending: 'refused', code: 'NOTENOUGH' }, about: "the payer's balance is too low" },
  '9303': { plan: { ending: 'refused', code: 'NOTSUPORTCARD' }, about: 'the card is of a kind that cannot be used' },
  '9304': { plan: { ending: 'refused', code: 'AUTH_CODE_ERROR' }, about: 'the code cannot be read' },
  '9305': { plan: { ending: 'refused', code: 'TRADE_ERROR' }, about: "the payer's account is under risk control" },
};

function asks(then: 'nothing' | 'pays' | 'cancels' | 'fails'): AuthCodePlan {
  return { ending: 'asks-password', then, afterMs: PASSWORD_MS };
}

function trouble(code: 'BANKERROR' | 'SYSTEMERROR', truth: 'paid' | 'not-paid' | 'asks-password'): AuthCodePlan {
  return { ending: 'code', code, truth };
}

/** Above this amount the payer always enters the password. */
const PASSWORD_FREE_FEN_MAX = 100_000;

/** How a code ends: as ordered for it, else by its last digits, else by the amount. */
export function planOf(world: World, authCode: string, totalFen: number): AuthCodePlan {
  const ordered = world.authCodes.get(authCode) ?? SPECIAL_ENDINGS[authCode.slice(-4)]?.plan;
  if (ordered !== undefined) return ordered;
  return totalFen > PASSWORD_FREE_FEN_MAX ? asks('nothing') : { ending: 'pays' };
}

/** The payer behind a code, as one appid knows them; the same for every call. */
export const openidOfCode = (appid: string, authCode: string): string =>
  `o${hash('sha256', `${appid} ${authCode}`, 'base64url').slice(0, 27)}`;

/** Why a code cannot be used at all, whatever its payer wants. */
export function refuseCode(world: World, authCode: string): Outcome | undefined {
  if (!/^1[0-5][0-9]{16}$/.test(authCode)) {
    return failed('AUTH_CODE_INVALID', '请扫描微信支付授权码(以10/11/12/13/14/15为前缀的18位数字)');
  }
  return world.usedAuthCodes.has(authCode)
    ? failed('AUTH_CODE_INVALID', '101 每个二维码仅限使用一次，请刷新再试')
    : undefined;
}

/** The texts of refused codes. */
export const REFUSED_CODE_TEXTS = {
  AUTHCODEEXPIRE: '二维码已过期，请用户在微信上刷新后再试',
  NOTENOUGH: '余额不足',
  NOTSUPORTCARD: '不支持卡类型',
  AUTH_CODE_ERROR: '授权码参数错误',
  AUTH_CODE_INVALID: '101 付款码已过期/无效，请刷新再试',
  TRADE_ERROR: '交易错误',
} as const;
