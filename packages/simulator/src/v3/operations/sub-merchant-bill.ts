import { createCipheriv } from 'node:crypto';
import { AEAD_ALGORITHM, encryptField } from '@orderkeeper/protocol';
import { text } from '../check-members.ts';
import type { V3Desk, V3Operation } from '../operation.ts';
import { v3Done, v3Failed, type V3Outcome } from '../outcome.ts';
import { ACCOUNTS, apply, COMMON, linkTo } from './bills.ts';

const KEY_LENGTH = 32;
const NONCE_LENGTH = 12;

function run(desk: V3Desk): V3Outcome {
  const { query, merchant, world } = desk;
  if (merchant.role !== 'provider') return v3Failed('NO_AUTH', '商户号无下载子商户资金账单的权限');
  if (query['algorithm'] !== AEAD_ALGORITHM) return v3Failed('INVALID_REQUEST', '不支持的加密算法');
  const accountType =
    query['account_type'] === 'DEPOSIT' ? undefined : (ACCOUNTS.get(query['account_type'] ?? '') ?? 'Basic');
  const { mchid } = merchant;
  const subMchid = query['sub_mchid'] ?? '';
  return apply(
    desk,
    (day) =>
      accountType === undefined ? { kind: 'none' } : world.bills.fundFlowBill({ mchid, subMchid, day, accountType }),
    handOut,
  );
}

/** The file travels encrypted, with a key of its own that only the provider can read. */
function handOut(desk: V3Desk, bill: Uint8Array): V3Outcome {
  const { merchant, world } = desk;
  const [certificateKey] = merchant.v3?.certificates.values() ?? [];
  if (certificateKey === undefined) throw new Error('a call was accepted without any certificate');
  const [key, nonce] = [world.ids.token(KEY_LENGTH), world.ids.token(NONCE_LENGTH)];
  const encrypted = encryptField(key, certificateKey);
  if (!encrypted.ok) throw new Error(encrypted.message);
  const veil = (bytes: Uint8Array): Uint8Array => {
    const cipher = createCipheriv('aes-256-gcm', key, nonce);
    return Buffer.concat([cipher.update(bytes), cipher.final(), cipher.getAuthTag()]);
  };
  const part = { bill_sequence: 1, ...linkTo(desk, bill, veil), encrypt_key: encrypted.value, nonce };
  return v3Done({ download_bill_count: 1, download_bill_list: [part] });
}

/**
 * 申请单个子商户资金账单, for service providers: one file, without associated data.
 * @see https://pay.weixin.qq.com/doc/v3/partner/4012760249
 */
export const SUB_MERCHANT_BILL: V3Operation = {
  name: 'v3/sub-merchant-bill',
  method: 'GET',
  path: '/v3/bill/sub-merchant-fundflowbill',
  refusals: 'early',
  query: {
    ...COMMON,
    sub_mchid: text('子商户号', 32, 'required'),
    account_type: text('资金账户类型', 32, 'required', { pattern: /^(?:BASIC|OPERATION|FEES|DEPOSIT)$/ }),
    algorithm: text('加密算法', 32, 'required', { pattern: /^(?:AEAD_AES_256_GCM|SM4_GCM)$/ }),
  },
  run,
};
