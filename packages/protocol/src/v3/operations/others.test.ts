import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { beijingDayOf } from '../../values/beijing-time.ts';
import { fen } from '../../values/fen.ts';
import { gunzipBill } from '../../v2/bill/gunzip.ts';
import { readTradeBill } from '../../v2/bill/trade-bill.ts';
import { checkBillHash } from '../bill-address.ts';
import { bytes, valueOf, vectorBytes, vectorRows } from '../vectors.suite.ts';
import { v3Billdownload } from './billdownload.ts';
import { v3Certificates } from './certificates.ts';
import { v3Codepay } from './codepay.ts';
import { v3Fundflowbill } from './fundflowbill.ts';
import { v3Reverse } from './reverse.ts';
import { bodyOf, MERCHANT, ORDER, OUT_TRADE_NO, PROVIDER } from './senders.suite.ts';
import { v3SubMerchantFundflowbill } from './sub-merchant-fundflowbill.ts';
import { v3Tradebill } from './tradebill.ts';

const DAY = { billDate: beijingDayOf(Date.UTC(2026, 0, 1)) };
const SHA1 = '3f7cdd3e61ba41185d7fc3260aa61c82189ffebc';

describe('bills', () => {
  test('a trade bill is asked for by day, type and packing; what is not said is not sent', () => {
    expect(valueOf(v3Tradebill.printRequest(DAY, MERCHANT))).toEqual({
      method: 'GET',
      path: '/v3/bill/tradebill?bill_date=2026-01-01',
      body: '',
    });
    expect(valueOf(v3Tradebill.printRequest({ ...DAY, billType: 'REFUND', tarType: 'GZIP' }, PROVIDER)).path).toBe(
      '/v3/bill/tradebill?sub_mchid=1900000109&bill_date=2026-01-01&bill_type=REFUND&tar_type=GZIP',
    );
  });

  test('a fund-flow bill is of the caller’s own accounts, on either side', () => {
    const path = '/v3/bill/fundflowbill?bill_date=2026-01-01&account_type=FEES';
    for (const sender of [MERCHANT, PROVIDER]) {
      expect(valueOf(v3Fundflowbill.printRequest({ ...DAY, accountType: 'FEES' }, sender)).path).toBe(path);
    }
  });

  const ANSWER = JSON.stringify({
    download_url: 'https://api.mch.weixin.qq.com/v3/billdownload/file?token=6XIv5TUPto7pByrTQKhd6kwvyKLG&tartype=gzip',
    hash_type: 'SHA1',
    hash_value: SHA1,
  });

  test('the answer says where the file lies, and its address is sent as it was given', () => {
    const address = valueOf(v3Tradebill.readAnswer({ status: 200, body: bytes(ANSWER) }));
    expect(address).toMatchObject({ hashType: 'SHA1', hashValue: SHA1 });
    expect(valueOf(v3Billdownload.printRequest(address, MERCHANT))).toEqual({
      method: 'GET',
      path: '/v3/billdownload/file?token=6XIv5TUPto7pByrTQKhd6kwvyKLG&tartype=gzip',
      body: '',
    });
    expect(v3Billdownload.answer).toBe('file');
  });

  test('an answer with another hash, or without one, cannot vouch for a file', () => {
    for (const body of [ANSWER.replace('SHA1', 'MD5'), ANSWER.replace('hash_value', 'x')]) {
      expect(v3Fundflowbill.readAnswer({ status: 200, body: bytes(body) })).toMatchObject({ ok: false });
    }
  });

  test.each([
    '',
    '/v3/billdownload/file',
    'ftp://a/v3/x',
    'https://a/v2/x',
    'https://a/v3/x#y',
    'https://a/v3/x y',
    'https://a/v3/中',
  ])('the address “%s” is not sent', (downloadUrl) => {
    expect(v3Billdownload.printRequest({ downloadUrl }, MERCHANT)).toMatchObject({
      ok: false,
      message: expect.stringContaining('download_url'),
    });
  });

  test('the bill of vector B1 has its hash, and is read like any bill', async () => {
    const bill = vectorBytes('v3-bills/all.csv');
    expect(checkBillHash(bill, { hashType: 'SHA1', hashValue: SHA1 })).toEqual({ ok: true, value: bill });
    expect(checkBillHash(bill, { hashType: 'SHA1', hashValue: SHA1.toUpperCase() })).toMatchObject({ ok: true });
    const items = [];
    for await (const item of readTradeBill([bill])) items.push(item);
    expect(items.map(({ kind }) => kind)).toEqual(['payment', 'summary']);
  });

  test('one other byte, and a bill that is still packed, do not match the hash', async () => {
    const bill = vectorBytes('v3-bills/all.csv');
    const mismatch = { ok: false, reason: 'bill-hash-mismatch' };
    const tampered = Uint8Array.from(bill, (byte, index) => (index === 100 ? byte ^ 1 : byte));
    const packed = gzipSync(bill);
    const rules = { hashType: 'SHA1', hashValue: SHA1 } as const;
    expect(checkBillHash(tampered, rules)).toMatchObject(mismatch);
    expect(checkBillHash(bill.subarray(1), rules)).toMatchObject(mismatch);
    expect(checkBillHash(packed, rules)).toMatchObject(mismatch);
    expect(checkBillHash(valueOf(await gunzipBill(packed)), rules)).toMatchObject({ ok: true });
  });

  const SUB = { ...DAY, accountType: 'DEPOSIT', tarType: 'GZIP' } as const;

  test('the bill of a sub-merchant comes in encrypted parts, to service providers only', () => {
    expect(valueOf(v3SubMerchantFundflowbill.printRequest(SUB, PROVIDER)).path).toBe(
      '/v3/bill/sub-merchant-fundflowbill?sub_mchid=1900000109&bill_date=2026-01-01&account_type=DEPOSIT&algorithm=AEAD_AES_256_GCM&tar_type=GZIP',
    );
    expect(v3SubMerchantFundflowbill.printRequest(SUB, MERCHANT)).toMatchObject({
      message: expect.stringContaining('sub_mchid is required'),
    });
    const part = {
      bill_sequence: 1,
      hash_type: 'SHA1',
      hash_value: 'a',
      download_url: 'https://a',
      encrypt_key: 'k',
      nonce: 'n',
    };
    const body = bytes(JSON.stringify({ download_bill_count: 1, download_bill_list: [part] }));
    expect(v3SubMerchantFundflowbill.readAnswer({ status: 200, body })).toMatchObject({
      value: { bills: [{ sequence: 1, encryptKey: 'k', nonce: 'n' }] },
    });
  });
});

test('the certificates are asked for as in vector R1', () => {
  const r1 = vectorRows('v3-signatures/requests.json')[0];
  expect(valueOf(v3Certificates.printRequest({}, MERCHANT))).toEqual({ method: 'GET', path: r1?.('path'), body: '' });
});

describe('payment by code', () => {
  const { notifyUrl: _, ...order } = ORDER;
  const REQUEST = { ...order, authCode: '130061098828009406', scene: { storeId: '0001', deviceIp: '14.17.22.32' } };

  test('the code and the shop are sent, and no address for a notice', () => {
    const printed = v3Codepay.printRequest(REQUEST, MERCHANT);
    expect(valueOf(printed).path).toBe('/v3/pay/transactions/codepay');
    expect(bodyOf(printed)).toEqual({
      appid: MERCHANT.appid,
      mchid: MERCHANT.mchid,
      description: ORDER.description,
      out_trade_no: 'ORDER20260101001',
      payer: { auth_code: '130061098828009406' },
      amount: { total: 100, currency: 'CNY' },
      scene_info: { store_info: { id: '0001' }, device_ip: '14.17.22.32' },
    });
    expect(valueOf(v3Codepay.printRequest(REQUEST, PROVIDER)).path).toBe('/v3/pay/partner/transactions/codepay');
  });

  test('goods are spelled otherwise than in orders, and the other number of the shop fits too', () => {
    const detail = { goods: [{ goodsId: '1', wxpayGoodsId: '2', quantity: 1, priceFen: fen(100) }] };
    expect(bodyOf(v3Codepay.printRequest({ ...REQUEST, detail, scene: { storeOutId: 'A1' } }, MERCHANT))).toMatchObject(
      {
        detail: { goods_detail: [{ merchant_goods_id: '1', wxpay_goods_id: '2', quantity: 1, unit_price: 100 }] },
        scene_info: { store_info: { out_id: 'A1' } },
      },
    );
  });

  test('a shop of which nothing is known is sent empty, as the page requires it', () => {
    expect(bodyOf(v3Codepay.printRequest({ ...REQUEST, scene: {} }, MERCHANT))).toMatchObject({
      scene_info: { store_info: {} },
    });
  });

  test.each(['{"trade_state":"USERPAYING"}', '{}'])(
    '202 with %s means that the payer is entering the password',
    (body) => {
      expect(v3Codepay.readAnswer({ status: 202, body: bytes(body) })).toEqual({
        ok: true,
        value: { tradeState: 'USERPAYING' },
      });
    },
  );

  test('202 may name the order, and must be a message', () => {
    const body = bytes('{"out_trade_no":"ORDER20260101001","trade_state":"USERPAYING"}');
    expect(v3Codepay.readAnswer({ status: 202, body })).toMatchObject({ value: { outTradeNo: 'ORDER20260101001' } });
    expect(v3Codepay.readAnswer({ status: 202, body: bytes('') })).toMatchObject({ ok: false, reason: 'not-json' });
  });

  test('200 brings the order like a query', () => {
    const body = vectorBytes('v3-messages/query-success.json');
    expect(v3Codepay.readAnswer({ status: 200, body })).toMatchObject({
      value: { tradeState: 'SUCCESS', totalFen: 100 },
    });
    expect(v3Codepay.readAnswer({ status: 200, body: bytes('{"trade_state":"SUCCESS"}') })).toMatchObject({
      ok: false,
    });
  });

  test('it is taken back by its number', () => {
    const printed = v3Reverse.printRequest({ outTradeNo: OUT_TRADE_NO }, MERCHANT);
    expect(valueOf(printed).path).toBe('/v3/pay/transactions/out-trade-no/ORDER20260101001/reverse');
    expect(bodyOf(printed)).toEqual({ appid: MERCHANT.appid, mchid: MERCHANT.mchid });
    const body = bytes('{"mchid":"1900000001","out_trade_no":"ORDER20260101001"}');
    expect(v3Reverse.readAnswer({ status: 200, body })).toEqual({
      ok: true,
      value: { outTradeNo: 'ORDER20260101001' },
    });
  });
});
