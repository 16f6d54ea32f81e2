import { z } from 'zod';
import { createAccount } from '../../credentials/account.ts';
import { merchantOfAccount } from '../../credentials/merchant-of-account.ts';
import { SPECIAL_ENDINGS } from '../../operations/auth-codes.ts';
import type { AuthCodePlan } from '../../world.ts';
import { defineBodyRoute, defineRoute, json, refuse, type Route } from '../route.ts';

const key = z
  .string()
  .regex(/^[0-9A-Za-z]{32}$/, 'has 32 letters and digits')
  .optional();

const merchantBody = z.strictObject({
  mchid: z
    .string()
    .regex(/^[0-9]{8,10}$/, 'has 8 to 10 digits')
    .optional(),
  appid: z.string().min(1).max(32).optional(),
  appSecret: z.string().min(1).optional(),
  v2Key: key,
  role: z.enum(['ordinary', 'provider']).optional(),
  refundNotifyUrl: z.url().optional(),
});

const plan = z.discriminatedUnion('ending', [
  z.strictObject({ ending: z.literal('pays') }),
  z.strictObject({
    ending: z.literal('asks-password'),
    then: z.enum(['nothing', 'pays', 'cancels', 'fails']),
    afterMs: z.int().nonnegative(),
  }),
  z.strictObject({
    ending: z.literal('code'),
    code: z.enum(['BANKERROR', 'SYSTEMERROR']),
    truth: z.enum(['paid', 'not-paid', 'asks-password']),
  }),
  z.strictObject({
    ending: z.literal('refused'),
    code: z.enum([
      'AUTHCODEEXPIRE',
      'NOTENOUGH',
      'NOTSUPORTCARD',
      'AUTH_CODE_ERROR',
      'AUTH_CODE_INVALID',
      'TRADE_ERROR',
    ]),
  }),
]) satisfies z.ZodType<AuthCodePlan>;

const authCodeBody = z.strictObject({
  authCode: z
    .string()
    .regex(/^1[0-5][0-9]{16}$/, 'has 18 digits and begins with 10 to 15')
    .optional(),
  plan: plan.default({ ending: 'pays' }),
});

const loginBody = z.strictObject({
  appid: z.string().min(1),
  visitor: z.string().min(1).default('visitor').describe('the same visitor has the same openid every time'),
});

/** Prefix 13, and 14 digits before the four that can carry an ending. */
const EXAMPLE_CODE_START = '13000000000000';

/** Merchants, and payers before they have an order. */
export const PEOPLE_ROUTES: readonly Route[] = [
  defineRoute(
    { method: 'GET', path: '/merchants', about: 'the merchants, and the app secrets for page authorization' },
    (_, { world }) =>
      json({
        merchants: [...world.merchants.values()].map(({ mchid, role, appids }) => ({
          mchid,
          role,
          appids: [...appids].map(([appid, { secret }]) => ({ appid, appSecret: secret })),
        })),
      }),
  ),
  defineBodyRoute(
    {
      method: 'POST',
      path: '/merchants',
      about: 'adds a merchant; what is not given is invented, keys and certificate are in the answer',
      body: merchantBody,
      fields: Object.keys(merchantBody.shape),
    },
    async (_, { role = 'ordinary', refundNotifyUrl, ...given }, { world, issueCertificate }) => {
      const known = Object.entries(given).filter(([, value]) => value !== undefined);
      const account = createAccount(world.random, Object.fromEntries(known));
      if (world.merchants.has(account.mchid)) {
        return refuse({
          status: 409,
          code: 'merchant-exists',
          field: 'mchid',
          detail: `there is a merchant ${account.mchid} already`,
        });
      }
      const more = refundNotifyUrl === undefined ? {} : { refundNotifyUrl };
      const certified = await issueCertificate?.(account.mchid);
      world.merchants.set(account.mchid, { ...merchantOfAccount(account, certified), role, ...more });
      const { serial, privateKeyPem: privateKey, certificatePem: certificate } = certified ?? {};
      return json({
        ...account,
        role,
        ...(certified === undefined ? {} : { merchant: { serial, privateKey, certificate } }),
      });
    },
  ),
  defineRoute(
    {
      method: 'GET',
      path: '/authcodes',
      about: 'payment codes for micropay that carry their ending in their last digits',
    },
    (_, { world }) =>
      json({
        special: Object.entries(SPECIAL_ENDINGS).map(([digits, { about }]) => ({
          authCode: EXAMPLE_CODE_START + digits,
          about,
        })),
        ordered: [...world.authCodes].map(([authCode, ordered]) => ({ authCode, plan: ordered })),
      }),
  ),
  defineBodyRoute(
    {
      method: 'POST',
      path: '/authcodes',
      about: "makes a payer's code for micropay, and says how it will end",
      body: authCodeBody,
      fields: Object.keys(authCodeBody.shape),
    },
    (_, body, { world }) => {
      const digits = Array.from(world.random.bytes(16), (byte) => String(byte % 10)).join('');
      const authCode = body.authCode ?? `13${digits}`;
      world.authCodes.set(authCode, body.plan);
      return json({ authCode, plan: body.plan });
    },
  ),
  defineBodyRoute(
    {
      method: 'POST',
      path: '/logins',
      about: 'a visitor opens the mini program: answers with the js_code for jscode2session',
      body: loginBody,
      fields: Object.keys(loginBody.shape),
    },
    (_, { appid, visitor }, { payer, world }) => {
      const appids = [...world.merchants.values()].flatMap((merchant) => [...merchant.appids.keys()]);
      if (appids.includes(appid)) return json({ jsCode: payer.login(appid, visitor) });
      return refuse({
        status: 404,
        code: 'no-such-appid',
        field: 'appid',
        detail: `no merchant has the appid ${appid}`,
        allowed: appids,
      });
    },
  ),
];
