import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));

const node = (sdk, flags = []) => ({
  name: sdk,
  absence: async () => undefined,
  command: ({ settings, https, ca }) => ({
    program: process.execPath,
    args: [...flags, '--import', here('redirect.js'), here('peer.js')],
    env: {
      PEER_SETTINGS: JSON.stringify({ sdk, ...settings }),
      PEER_HTTPS_PORT: new URL(https).port,
      NODE_EXTRA_CA_CERTS: ca,
    },
  }),
});

/**
 * The way of the official Java SDK: HTTP over TLS by host name, the merchant's p12 in a key store, its password the mchid.
 * Java's own hosts file keeps the name on this machine.
 */
const java = (name, flags) => ({
  name,
  absence: async () =>
    spawnSync('java', ['-version']).status === 0 ? undefined : 'there is no `java` on this machine',
  command: ({ settings: { appid, mchid, key, p12 }, https, ca }) => ({
    program: 'java',
    args: [
      `-Djdk.net.hosts.file=${here('java/hosts')}`,
      ...flags,
      here('java/ClassicMerchant.java'),
      `https://api.mch.weixin.qq.com:${new URL(https).port}`,
      appid,
      mchid,
      p12,
      ca,
    ],
    env: { PEER_KEY: key },
  }),
});

const LEGACY_TLS = [
  `-Djava.security.properties=${here('java/legacy-tls.security')}`,
  '-Djdk.tls.client.protocols=TLSv1',
];

/** Who is led through the story. */
export const PEERS = [
  node('tenpay'),
  node('wechatpay-axios-plugin'),
  node('node-easywechat'),
  // Every refusal leaves a second, unhandled rejection behind, which in its day only warned.
  node('wechat-pay', ['--unhandled-rejections=none']),
  java('java', []),
  java('java, TLS 1.0', LEGACY_TLS),
];
