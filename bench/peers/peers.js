import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { absenceOfGo, goProgram } from './go-peer.js';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));

const nodeCommand = (settings, { https, tls }, flags = []) => ({
  program: process.execPath,
  args: [...flags, '--import', here('redirect.js'), here('peer.js')],
  env: {
    PEER_SETTINGS: JSON.stringify(settings),
    PEER_HTTPS_PORT: new URL(https).port,
    NODE_EXTRA_CA_CERTS: tls.ca,
  },
});

const node = (sdk, flags = []) => ({
  name: sdk,
  protocol: 'v2',
  absence: () => undefined,
  command: (credentials, who) => {
    const { appid, mchid, merchant } = credentials;
    const key = who === 'merchant' ? credentials.v2Key : credentials.wrong.v2Key;
    return nodeCommand({ sdk: `./sdks/${sdk}.js`, appid, mchid, key, p12: merchant.p12 }, credentials, flags);
  },
});

/**
 * The way of the official Java SDK: HTTP over TLS by host name, the merchant's p12 in a key store, its password the mchid.
 * Java's own hosts file keeps the name on this machine.
 */
const java = (name, flags) => ({
  name,
  protocol: 'v2',
  absence: () => (spawnSync('java', ['-version']).status === 0 ? undefined : 'there is no `java` on this machine'),
  command: ({ appid, mchid, merchant, https, tls, v2Key, wrong }, who) => ({
    program: 'java',
    args: [
      `-Djdk.net.hosts.file=${here('java/hosts')}`,
      ...flags,
      here('java/ClassicMerchant.java'),
      `https://api.mch.weixin.qq.com:${new URL(https).port}`,
      appid,
      mchid,
      merchant.p12,
      tls.ca,
    ],
    env: { PEER_KEY: who === 'merchant' ? v2Key : wrong.v2Key },
  }),
});

const LEGACY_TLS = [
  `-Djava.security.properties=${here('java/legacy-tls.security')}`,
  '-Djdk.tls.client.protocols=TLSv1',
];

/** What somebody who verifies must not take. */
const SPOILT_ANSWERS = [
  'wrong-sign',
  'missing-sign',
  'missing-header',
  'sign-test',
  'wrong-serial',
  'stranger-key',
  'clock-skew',
  'body-changed',
];
const SPOILT_NOTICES = [
  'notice-forged',
  'notice-missing-header',
  'notice-sign-test',
  'notice-wrong-serial',
  'notice-stranger-key',
  'notice-clock-skew',
  'notice-body-changed',
];

/** With which of WeChat Pay's keys answers and notices are signed. */
const KEY_MODES = ['certificate', 'public-key', 'switching'];

const settingsOf = (credentials, who, mode) => {
  const { appid, mchid, v3Key, merchant, platform, files, wrong } = credentials;
  const key = who === 'merchant' ? files.merchantKey : wrong.merchantKey;
  return {
    appid,
    mchid,
    v3Key,
    mode,
    own: { serial: merchant.serial, certificate: files.merchantCertificate, key },
    theirs: {
      serial: platform.serial,
      certificate: files.platformCertificate,
      publicKeyId: platform.publicKeyId,
      publicKey: files.platformPublicKey,
    },
  };
};

const v3 = (sdk, checks) =>
  KEY_MODES.map((mode) => ({
    name: `${sdk}, ${mode}`,
    protocol: 'v3',
    mode,
    checks,
    clock: 'settable',
    absence: () => undefined,
    command: (credentials, who) =>
      nodeCommand({ sdk: `./sdks-v3/${sdk}.js`, ...settingsOf(credentials, who, mode) }, credentials),
  }));

/** WeChat Pay's own Go SDK. Its clock is the machine's, so it comes before anybody puts the simulator's forward. */
const go = (checks) =>
  KEY_MODES.map((mode) => ({
    name: `wechatpay-go, ${mode}`,
    protocol: 'v3',
    mode,
    checks,
    clock: 'of-the-machine',
    absence: absenceOfGo,
    command: (credentials, who) => ({
      program: goProgram(),
      args: [],
      env: {
        PEER_SETTINGS: JSON.stringify({
          ...settingsOf(credentials, who, mode),
          https: credentials.https,
          ca: credentials.tls.ca,
        }),
      },
    }),
  }));

/** Who is led through the stories. */
export const PEERS = [
  node('tenpay'),
  node('wechatpay-axios-plugin'),
  node('node-easywechat'),
  // Every refusal leaves a second, unhandled rejection behind, which in its day only warned.
  node('wechat-pay', ['--unhandled-rejections=none']),
  java('java', []),
  java('java, TLS 1.0', LEGACY_TLS),
  ...go({ answers: SPOILT_ANSWERS, reason: /verify|Wechatpay-|timestamp|signature/i, notices: SPOILT_NOTICES }),
  ...v3('wechatpay-axios-plugin', { answers: SPOILT_ANSWERS, reason: /^EV3_RES_/, notices: SPOILT_NOTICES }),
  // It does not look at the time of a notice.
  ...v3('wechatpay-node-v3', { answers: [], notices: SPOILT_NOTICES.filter((fault) => fault !== 'notice-clock-skew') }),
  ...v3('node-easywechat', { answers: [], notices: SPOILT_NOTICES }),
];
