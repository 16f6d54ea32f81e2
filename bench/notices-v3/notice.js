import { createCipheriv, randomBytes, sign } from 'node:crypto';
import { answerMessage } from '../client-v3/answer.js';
import { DIGEST, MERCHANT, SCHEME, WECHATPAY, WECHATPAY_PRIVATE_KEY } from '../client-v3/merchant.js';

const seal = (text, nonce, associatedData) => {
  const cipher = createCipheriv('aes-256-gcm', MERCHANT.apiV3Key, nonce);
  cipher.setAAD(Buffer.from(associatedData));
  return Buffer.concat([cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]).toString('base64');
};

/** A payment notice in the layout of real ones, as a server gets it: headers in lower case, the body as bytes. */
export function createNotice(index) {
  const number = String(index).padStart(8, '0');
  const payment = {
    mchid: MERCHANT.mchid,
    appid: MERCHANT.appid,
    out_trade_no: `BENCH${number}`,
    transaction_id: `42000026012026010100${number}`,
    trade_type: 'NATIVE',
    trade_state: 'SUCCESS',
    trade_state_desc: '支付成功',
    bank_type: 'OTHERS',
    attach: '',
    success_time: '2026-01-01T08:00:00+08:00',
    payer: { openid: 'oUpF8uMuAJO_M2pxb1Q9zNjWeS6o' },
    amount: { total: 100, payer_total: 100, currency: 'CNY', payer_currency: 'CNY' },
  };
  const sealNonce = randomBytes(6).toString('hex');
  const text = JSON.stringify({
    id: `8dc45bdd-2033-595b-9c93-${number}7ede`,
    create_time: '2026-01-01T08:00:00+08:00',
    resource_type: 'encrypt-resource',
    event_type: 'TRANSACTION.SUCCESS',
    summary: '支付成功',
    resource: {
      original_type: 'transaction',
      algorithm: 'AEAD_AES_256_GCM',
      ciphertext: seal(JSON.stringify(payment), sealNonce, 'transaction'),
      associated_data: 'transaction',
      nonce: sealNonce,
    },
  });
  const timestamp = String(Math.floor(Date.now() / 1000));
  const nonce = randomBytes(16).toString('hex');
  const signature = sign(DIGEST, Buffer.from(answerMessage(timestamp, nonce, text)), WECHATPAY_PRIVATE_KEY);
  return {
    outTradeNo: payment.out_trade_no,
    body: Buffer.from(text),
    headers: {
      'content-type': 'application/json',
      'wechatpay-timestamp': timestamp,
      'wechatpay-nonce': nonce,
      'wechatpay-signature': signature.toString('base64'),
      'wechatpay-serial': WECHATPAY.publicKeyId,
      'wechatpay-signature-type': SCHEME,
    },
  };
}

/** The same notice under a nonce that was not signed: nobody may believe it. */
export const forged = (notice) => ({ ...notice, headers: { ...notice.headers, 'wechatpay-nonce': 'another' } });
