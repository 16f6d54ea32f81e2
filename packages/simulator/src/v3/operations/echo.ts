import { decryptField, encryptField } from '@orderkeeper/protocol';
import { text } from '../check-members.ts';
import { textAt } from '../json.ts';
import type { V3Desk, V3Operation } from '../operation.ts';
import { v3Done, v3Failed, type V3Failure, type V3Outcome } from '../outcome.ts';
import { NOTIFY_PATTERN } from './order-rules.ts';

function run(desk: V3Desk): V3Outcome {
  const { body, merchant, world } = desk;
  const encrypted = reencrypted(desk);
  if (typeof encrypted === 'object') return encrypted;
  const message = textAt(body, 'echo_message');
  const url = textAt(body, 'notify_url');
  const secret = encrypted === '' ? {} : { encrypted };
  if (url !== '') world.events.tell({ kind: 'echo', mchid: merchant.mchid, url, message, ...secret });
  return v3Done({ echo_message: message, encrypted_echo_message: encrypted === '' ? undefined : encrypted });
}

/** What came encrypted for WeChat Pay, encrypted for the merchant; empty when nothing did. */
function reencrypted({ body, headers, merchant, world }: V3Desk): string | V3Failure {
  const serial = headers['wechatpay-serial'] ?? '';
  if (serial === '') return v3Failed('PARAM_ERROR', 'Http头缺少Wechatpay-Serial');
  const key = world.v3.keys?.keyOf(serial);
  if (key === undefined) return v3Failed('PARAM_ERROR', '平台证书序列号Wechatpay-Serial错误');
  const sent = textAt(body, 'encrypted_echo_message');
  if (sent === '') return '';
  const plain = decryptField(sent, key.privateKey);
  if (!plain.ok) return v3Failed('PARAM_ERROR', '平台私钥解密失败');
  const [own] = merchant.v3?.certificates.values() ?? [];
  const again = own === undefined ? undefined : encryptField(plain.value, own);
  return again?.ok === true ? again.value : v3Failed('SYSTEM_ERROR', '系统异常，请稍后重试');
}

/**
 * The connectivity test: repeats what it is told, and tells it to an address where one is given.
 * @see https://pay.weixin.qq.com/doc/v3/merchant/4014551946
 */
export const ECHO: V3Operation = {
  name: 'v3/echo',
  method: 'POST',
  path: '/v3/security/echo',
  refusals: 'early',
  query: {},
  body: () => ({
    echo_message: text('回显消息', 1024, 'required'),
    notify_url: text('通知地址', 255, 'optional', { pattern: NOTIFY_PATTERN }),
    encrypted_echo_message: text('加密回显消息', 1024),
  }),
  run,
};
