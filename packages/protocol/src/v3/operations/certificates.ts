import { CERTIFICATES_CODES } from '../codes/others.ts';
import type { V3Sendable } from '../operation.ts';
import { printV3Request } from '../request.ts';

const PATH = '/v3/certificates';

const ROW = {
  name: 'certificates',
  method: 'GET',
  paths: { merchant: PATH, partner: PATH },
  sender: 'none',
  success: [200],
  answer: 'signed',
  effect: 'reads',
  afterUnknown: 'repeat',
  codes: CERTIFICATES_CODES,
} as const;

/**
 * 下载平台证书. `readVerifiedCertificates` reads the answer, as reading and verifying it go hand in hand. Ask more often
 * than every twelve hours; a merchant that does not ask for 90 days gets no new certificate.
 * @see https://pay.weixin.qq.com/doc/v3/merchant/4012551764
 */
export const v3Certificates: V3Sendable<Readonly<Record<never, never>>> = {
  ...ROW,
  printRequest: (_, sender) => printV3Request(ROW, sender, {}),
};
