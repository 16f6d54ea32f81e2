import { expect, test } from 'vitest';
import { APPID, createRawMerchant, KEY, MCHID, signByHand, xmlByHand } from '../testing/raw-merchant.ts';

const LONG_URL = `weixin://wxpay/bizpayurl?sign=X&appid=${APPID}&mch_id=${MCHID}&product_id=88888&time_stamp=1&nonce_str=n`;

test('shorturl shortens a link that is signed raw and sent URL-encoded', async () => {
  const merchant = createRawMerchant();
  const fields = { appid: APPID, mch_id: MCHID, nonce_str: 'n', long_url: LONG_URL };
  const body = xmlByHand({ ...fields, long_url: encodeURIComponent(LONG_URL), sign: signByHand(fields, KEY) });
  const answer = await merchant.send({ path: '/tools/shorturl', body });
  expect(answer.fields).toMatchObject({ result_code: 'SUCCESS' });
  expect(answer.fields['short_url']).toMatch(/^weixin:\/\/wxpay\/s\/[\w-]{7}$/);
});

test('shorturl also takes a link that is signed as it is sent', async () => {
  const answer = await createRawMerchant().call('/tools/shorturl', { long_url: LONG_URL });
  expect(answer).toMatchObject({ sign: 'right', fields: { result_code: 'SUCCESS' } });
});

test('shorturl takes links of WeChat only', async () => {
  const answer = await createRawMerchant().call('/tools/shorturl', { long_url: 'https://example.com' });
  expect(answer.fields).toMatchObject({ err_code: 'PARAM_ERROR' });
});

test('report is thanked without a sign, in the odd shape captured', async () => {
  const answer = await createRawMerchant().call('/payitil/report', {
    interface_url: 'https://api.mch.weixin.qq.com/pay/unifiedorder',
    execute_time_: '1000',
    return_code: 'SUCCESS',
    result_code: 'SUCCESS',
    user_ip: '127.0.0.1',
  });
  expect(answer.fields).toEqual({
    return_code: 'SUCCESS',
    return_msg: '',
    result_code: 'SUCCESS',
    err_code: '0',
    err_code_des: '',
  });
});

test('report takes a batch of trades instead of codes, and misses what is missing', async () => {
  const merchant = createRawMerchant();
  const batch = {
    interface_url: 'https://api.mch.weixin.qq.com/pay/batchreport/micropay/total',
    user_ip: '127.0.0.1',
    trades: '[]',
  };
  expect((await merchant.call('/payitil/report', batch)).fields).toMatchObject({ result_code: 'SUCCESS' });
  const { trades: _, ...single } = batch;
  expect((await merchant.call('/payitil/report', single)).fields).toMatchObject({
    return_msg: 'execute_time参数长度有误',
  });
});
