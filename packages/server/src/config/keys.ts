import { MERCHANT_TEXTS_FOUND, V3_MERCHANT_TEXTS_FOUND } from '@orderkeeper/client';

/** What a key holds. `secret` is never a text in the file: it says where the text is. */
export type KeyKind = 'text' | 'number' | 'path' | 'secret' | 'secrets' | 'mchids';

/** One key of the configuration, for people. */
export interface KeyRow {
  /** `[]` marks a list of tables: `[[merchants]]`. */
  readonly key: string;
  readonly kind: KeyKind;
  /** For a list it speaks of the first entry. Secrets also take the name with `_FILE`, whose value is a path. */
  readonly env?: string;
  readonly about: string;
  /** Where the value is found. */
  readonly found?: string;
  /** What holds when the key is absent; a key without one has to be there. */
  readonly byDefault?: string;
}

/** Where the merchant's own certificate and key are found. */
const certificateFound = (file: string): string =>
  `${file} in the download of the certificate tool: merchant console, account centre, API security, API certificate (账户中心, API安全, 商户API证书)`;

/** Every key. `docs/CONFIGURATION.md` and the annotated example are held against it by a test. */
export const KEYS: readonly KeyRow[] = [
  {
    key: 'public_url',
    kind: 'text',
    env: 'ORDERKEEPER_PUBLIC_URL',
    about:
      'Where WeChat Pay reaches this service from outside, without a query; notices come to <public_url>/notify/<mchid>. The old address must keep working until the last order placed with it is final',
    byDefault: 'the address it listens on, which only a simulator on the same machine can reach',
  },
  {
    key: 'stop_within_ms',
    kind: 'number',
    env: 'ORDERKEEPER_STOP_WITHIN_MS',
    about: 'How long a stop may take before the process ends anyway, in milliseconds; what is cut off comes due again',
    byDefault: '20000',
  },
  {
    key: 'listen.host',
    kind: 'text',
    env: 'ORDERKEEPER_HOST',
    about: 'The address to listen on',
    byDefault: '127.0.0.1',
  },
  {
    key: 'listen.port',
    kind: 'number',
    env: 'ORDERKEEPER_PORT',
    about: 'The port to listen on; 0 is any free one',
    byDefault: '8720',
  },
  {
    key: 'store.path',
    kind: 'path',
    env: 'ORDERKEEPER_STORE',
    about: 'The file that everything is kept in, on a local disk; its folder is made when it is missing',
    byDefault: '.orderkeeper/store.sqlite',
  },
  {
    key: 'log.level',
    kind: 'text',
    env: 'ORDERKEEPER_LOG_LEVEL',
    about: 'debug, info, warn, error or silent; lines are JSON on standard error',
    byDefault: 'info',
  },
  {
    key: 'api_keys[].name',
    kind: 'text',
    env: 'ORDERKEEPER_API_KEY_NAME',
    about: 'Who uses the key; told in the log. Two keys may be valid at a time, so that one can be replaced',
    byDefault: 'default',
  },
  {
    key: 'api_keys[].key',
    kind: 'secret',
    env: 'ORDERKEEPER_API_KEY',
    about: 'Sent as `Authorization: Bearer <key>` to /v1; at least 24 characters',
    found: 'your own choice: openssl rand -hex 32',
  },
  {
    key: 'merchants[].mchid',
    kind: 'text',
    env: 'ORDERKEEPER_MCHID',
    about: "The merchant's number; a service provider's own",
    found: MERCHANT_TEXTS_FOUND.mchid,
  },
  {
    key: 'merchants[].appid',
    kind: 'text',
    env: 'ORDERKEEPER_APPID',
    about: 'Of the official account, mini program or app that orders are opened for',
    found: MERCHANT_TEXTS_FOUND.appid,
  },
  {
    key: 'merchants[].protocol',
    kind: 'text',
    env: 'ORDERKEEPER_PROTOCOL',
    about:
      'v3 (APIv3) or v2 (the classic API): what new attempts speak when a request does not say. Codes on phones are charged with v2 where its key and the certificate are there, as it is doubtful whether APIv3 takes them',
    byDefault: 'v3 where api_v3_key is there',
  },
  {
    key: 'merchants[].api_v3_key',
    kind: 'secret',
    env: 'ORDERKEEPER_API_V3_KEY',
    about:
      'Opens the notices and platform certificates of APIv3; 32 characters. With it and the certificate the merchant speaks APIv3',
    found: V3_MERCHANT_TEXTS_FOUND.apiV3Key,
    byDefault: 'none: no APIv3; one of both API keys is needed',
  },
  {
    key: 'merchants[].wechatpay_public_keys[].id',
    kind: 'text',
    env: 'ORDERKEEPER_WECHATPAY_PUBLIC_KEY_ID',
    about:
      'PUB_KEY_ID_ and digits: the key that proves answers and notices of APIv3. Two may stand side by side with each other and with fetched certificates',
    found: V3_MERCHANT_TEXTS_FOUND.publicKeys,
    byDefault: 'none: platform certificates are fetched, which merchants opened before late 2024 have',
  },
  {
    key: 'merchants[].wechatpay_public_keys[].file',
    kind: 'path',
    env: 'ORDERKEEPER_WECHATPAY_PUBLIC_KEY',
    about: 'pub_key.pem, the key of this id',
    found: V3_MERCHANT_TEXTS_FOUND.publicKeys,
    byDefault: 'none',
  },
  {
    key: 'merchants[].unsigned_refusals',
    kind: 'text',
    env: 'ORDERKEEPER_UNSIGNED_REFUSALS',
    about:
      'doubted or believed: what a refusal of APIv3 is taken for that came without a signature. A doubted one is unknown, and asked about again; believe them where the timeline shows that WeChat Pay leaves refusals unsigned',
    byDefault: 'doubted',
  },
  {
    key: 'merchants[].certificate_p12',
    kind: 'path',
    env: 'ORDERKEEPER_CERTIFICATE_P12',
    about:
      'apiclient_cert.p12 as downloaded; its password is the mchid. Or the two PEM files instead. APIv3 signs with its key; refunds and reversals of the classic API show it',
    found: certificateFound('apiclient_cert.p12'),
    byDefault: 'none: no APIv3, no refunds and no reversals',
  },
  {
    key: 'merchants[].certificate_pem',
    kind: 'path',
    env: 'ORDERKEEPER_CERTIFICATE_PEM',
    about: 'apiclient_cert.pem, together with private_key_pem',
    found: certificateFound('apiclient_cert.pem'),
    byDefault: 'none',
  },
  {
    key: 'merchants[].private_key_pem',
    kind: 'path',
    env: 'ORDERKEEPER_PRIVATE_KEY_PEM',
    about: 'apiclient_key.pem, together with certificate_pem',
    found: certificateFound('apiclient_key.pem'),
    byDefault: 'none',
  },
  {
    key: 'merchants[].api_v2_key',
    kind: 'secret',
    env: 'ORDERKEEPER_API_V2_KEY',
    about: 'Signs every call and proves every notice of the classic API; 32 letters and digits',
    found: MERCHANT_TEXTS_FOUND.apiKey,
    byDefault: 'none: no classic API; one of both API keys is needed',
  },
  {
    key: 'merchants[].sign_type',
    kind: 'text',
    env: 'ORDERKEEPER_SIGN_TYPE',
    about: 'HMAC-SHA256 or MD5, in the classic API',
    found: MERCHANT_TEXTS_FOUND.signType,
    byDefault: 'HMAC-SHA256',
  },
  {
    key: 'merchants[].sub_mchid',
    kind: 'text',
    env: 'ORDERKEEPER_SUB_MCHID',
    about: 'For service providers: the sub-merchant',
    found: MERCHANT_TEXTS_FOUND.subMchid,
    byDefault: 'none',
  },
  {
    key: 'merchants[].sub_appid',
    kind: 'text',
    env: 'ORDERKEEPER_SUB_APPID',
    about: "For service providers: the sub-merchant's appid",
    found: MERCHANT_TEXTS_FOUND.subAppid,
    byDefault: 'none',
  },
  {
    key: 'merchants[].late_payment',
    kind: 'text',
    env: 'ORDERKEEPER_LATE_PAYMENT',
    about: 'What happens to money that arrives after an order was closed: refund, or reopen the order as paid',
    byDefault: 'refund',
  },
  {
    key: 'webhooks[].name',
    kind: 'text',
    env: 'ORDERKEEPER_WEBHOOK_NAME',
    about: 'Stable name of the receiver: what it has confirmed is remembered by it',
    byDefault: 'default',
  },
  {
    key: 'webhooks[].url',
    kind: 'text',
    env: 'ORDERKEEPER_WEBHOOK_URL',
    about: 'Where events are sent to, as docs/webhooks.md describes',
  },
  {
    key: 'webhooks[].secrets',
    kind: 'secrets',
    env: 'ORDERKEEPER_WEBHOOK_SECRET',
    about: 'Signs the events, newest first; two while one is being replaced',
    found: 'your own choice: echo "whsec_$(openssl rand -base64 32)"',
  },
  {
    key: 'webhooks[].mchids',
    kind: 'mchids',
    about: 'Only events of these merchants',
    byDefault: 'of every merchant',
  },
  {
    key: 'gateway.primary',
    kind: 'text',
    env: 'ORDERKEEPER_GATEWAY_PRIMARY',
    about: 'Base address of WeChat Pay, without a trailing slash',
    byDefault: 'https://api.mch.weixin.qq.com',
  },
  {
    key: 'gateway.secondary',
    kind: 'text',
    env: 'ORDERKEEPER_GATEWAY_SECONDARY',
    about: 'Tried when the first cannot be reached',
    byDefault: 'https://api2.mch.weixin.qq.com, or none beside a primary of your own',
  },
  {
    key: 'gateway.ca',
    kind: 'path',
    env: 'ORDERKEEPER_GATEWAY_CA',
    about: 'Certificates (PEM) to trust beside the usual ones, for a proxy or a simulator',
    byDefault: 'none',
  },
  {
    key: 'gateway.simulator_credentials',
    kind: 'path',
    env: 'ORDERKEEPER_SIMULATOR_CREDENTIALS',
    about: 'The file that `orderkeeper simulate --credentials` writes: its addresses, its certificate and its merchant',
    byDefault: 'none',
  },
  {
    key: 'simulator.folder',
    kind: 'path',
    env: 'ORDERKEEPER_SIMULATOR_FOLDER',
    about:
      'The table [simulator], even an empty one, runs a simulator inside the service; its keys are kept in this folder. On loopback only',
    byDefault: '.orderkeeper',
  },
  {
    key: 'simulator.http_port',
    kind: 'number',
    env: 'ORDERKEEPER_SIMULATOR_HTTP_PORT',
    about: "WeChat Pay's paths over plain HTTP; 0 is any free port",
    byDefault: '0',
  },
  {
    key: 'simulator.https_port',
    kind: 'number',
    env: 'ORDERKEEPER_SIMULATOR_HTTPS_PORT',
    about: "WeChat Pay's paths over HTTPS; 0 is any free port",
    byDefault: '0',
  },
  {
    key: 'simulator.control_port',
    kind: 'number',
    env: 'ORDERKEEPER_SIMULATOR_CONTROL_PORT',
    about: 'The phone that pays, the overview and the control API; 0 is any free port',
    byDefault: '8721',
  },
];
