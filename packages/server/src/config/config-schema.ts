import { parseMchid } from '@orderkeeper/protocol';
import { z } from 'zod';
import { parsedBy } from '../contract/parsed-by.ts';

const SECRET_MESSAGE =
  'a secret is not written into the file: name where it is, { file = "path" } or { env = "NAME_OF_A_VARIABLE" }';

/** Where a secret is. */
export const secretSource = z.union(
  [z.strictObject({ file: z.string().min(1) }), z.strictObject({ env: z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/) })],
  { error: SECRET_MESSAGE },
);

/** Where a secret is. */
export type SecretSource = z.output<typeof secretSource>;

const port = z.int().min(0).max(65_535);
const path = z.string().min(1);
const name = z
  .string()
  .regex(/^[A-Za-z0-9._-]{1,64}$/, { error: 'a name has 1 to 64 letters, digits, dots, dashes and underscores' });

/** An address without credentials, query or fragment; the slash at the end is taken off. */
const address = z.string().transform((text, context) => {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isPlain = url !== undefined && `${url.username}${url.password}${url.search}${url.hash}` === '';
  if (isPlain && /^https?:$/.test(url.protocol)) return text.replace(/\/+$/, '');
  context.addIssue({
    code: 'custom',
    message: 'must be an http or https address without credentials, query or fragment',
  });
  return z.NEVER;
});

/** As the keeper wants them: what a receiver has confirmed is remembered by its name. */
const receiverName = z
  .string()
  .regex(/^[a-z0-9][a-z0-9_-]{0,63}$/, { error: 'a name has 1 to 64 characters: a-z, 0-9, _ and -' });

/** A query may choose what the receiver does; a user and a password would be a secret in the file. */
const receiverUrl = z.string().refine(
  (text) => {
    const url = URL.canParse(text) ? new URL(text) : undefined;
    return url !== undefined && /^https?:$/.test(url.protocol) && `${url.username}${url.password}` === '';
  },
  { error: 'must be an http or https address without user and password' },
);

/** The form of one merchant; what its texts and files hold is looked at together, so that all of it is told at once. */
export const merchantSchema = z.strictObject({
  mchid: z.string().optional(),
  appid: z.string().optional(),
  protocol: z.enum(['v2', 'v3']).optional(),
  api_v3_key: secretSource.optional(),
  wechatpay_public_keys: z.array(z.strictObject({ id: z.string(), file: path })).default([]),
  unsigned_refusals: z.enum(['doubted', 'believed']).optional(),
  certificate_p12: path.optional(),
  certificate_pem: path.optional(),
  private_key_pem: path.optional(),
  api_v2_key: secretSource.optional(),
  sign_type: z.enum(['HMAC-SHA256', 'MD5']).optional(),
  sub_mchid: z.string().optional(),
  sub_appid: z.string().optional(),
  late_payment: z.enum(['refund', 'reopen']).default('refund'),
});

/** The configuration file as it stands, environment included, before secrets and certificates are read. */
export const configSchema = z.strictObject({
  public_url: address.optional(),
  stop_within_ms: z.int().min(0).max(600_000).default(20_000),
  listen: z.strictObject({ host: z.string().min(1).default('127.0.0.1'), port: port.default(8720) }).prefault({}),
  store: z.strictObject({ path: path.default('.orderkeeper/store.sqlite') }).prefault({}),
  log: z.strictObject({ level: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info') }).prefault({}),
  api_keys: z.array(z.strictObject({ name: name.default('default'), key: secretSource })).default([]),
  merchants: z.array(merchantSchema).default([]),
  webhooks: z
    .array(
      z.strictObject({
        name: receiverName.default('default'),
        url: receiverUrl,
        secrets: z.array(secretSource).min(1).max(2),
        mchids: z.array(parsedBy(parseMchid)).min(1).optional(),
      }),
    )
    .default([]),
  gateway: z
    .strictObject({
      primary: address.optional(),
      secondary: address.optional(),
      ca: path.optional(),
      simulator_credentials: path.optional(),
    })
    .prefault({}),
  simulator: z
    .strictObject({
      folder: path.default('.orderkeeper'),
      http_port: port.default(0),
      https_port: port.default(0),
      control_port: port.default(8721),
    })
    .optional(),
});

/** What {@link configSchema} makes of a file. */
export type ConfigTexts = z.output<typeof configSchema>;

/** One merchant of {@link ConfigTexts}. */
export type MerchantTextsOfFile = ConfigTexts['merchants'][number];
