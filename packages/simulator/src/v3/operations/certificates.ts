import { AEAD_ALGORITHM, printRfc3339, sealText } from '@orderkeeper/protocol';
import { text } from '../check-members.ts';
import type { V3Desk, V3Operation } from '../operation.ts';
import { v3Done, v3Failed, type V3Outcome } from '../outcome.ts';

const NONE =
  '无可用的平台证书，请在商户平台-API安全申请使用微信支付公钥。可查看指引https://pay.weixin.qq.com/doc/v3/merchant/4012153196';

function run({ world, merchant }: V3Desk): V3Outcome {
  const { keys } = world.v3;
  const apiV3Key = merchant.v3?.apiV3Key;
  if (keys === undefined || apiV3Key === undefined) throw new Error('a call was accepted without any key');
  if (keys.modeOf(merchant.mchid) === 'public-key') return v3Failed('RESOURCE_NOT_EXISTS', NONE);
  const data = keys.certificates().map(({ serial, certificatePem, effectiveAtMs, expiresAtMs }) => {
    const seal = { nonce: world.ids.token(12), associatedData: 'certificate' };
    const { ciphertext, nonce, associatedData } = sealText(certificatePem.trimEnd(), seal, apiV3Key);
    return {
      serial_no: serial,
      effective_time: printRfc3339(effectiveAtMs),
      expire_time: printRfc3339(expiresAtMs),
      encrypt_certificate: { algorithm: AEAD_ALGORITHM, nonce, associated_data: associatedData, ciphertext },
    };
  });
  return v3Done({ data });
}

/**
 * 下载平台证书.
 * @see https://pay.weixin.qq.com/doc/v3/merchant/4012551764
 */
export const CERTIFICATES: V3Operation = {
  name: 'v3/certificates',
  method: 'GET',
  path: '/v3/certificates',
  refusals: 'early',
  query: { algorithm_type: text('算法类型', 8, 'optional', { pattern: /^(?:RSA|ALL)$/ }) },
  run,
};
