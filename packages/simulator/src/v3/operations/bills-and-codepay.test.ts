import { constants, createDecipheriv, createHash, privateDecrypt } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { APPID, MCHID } from '../../testing/raw-merchant.ts';
import { CERTIFICATES, orderBody, PROVIDER, stageV3 } from '../../testing/v3-merchant.ts';
import { objectsAt, textAt } from '../json.ts';

const HOUR_MS = 60 * 60 * 1000;
const sha1 = (bytes: Uint8Array) => createHash('sha1').update(bytes).digest('hex');

/** The day after a payment, at eleven. */
const stageNextDay = async () => {
  const stage = await stageV3();
  await stage.place('ORDER1');
  stage.payer.pay({ outTradeNo: 'ORDER1' });
  await stage.simulator.clock.advance(20 * HOUR_MS);
  const bill = (query: string) => stage.get(`/v3/bill/tradebill?bill_date=2026-11-24${query}`);
  const fetchBill = async (query: string, path = '/v3/bill/tradebill') => {
    const link = await stage.get(`${path}?bill_date=2026-11-24${query}`);
    const url = new URL(String(link.json['download_url']));
    return { link, url, file: await stage.get(url.pathname + url.search) };
  };
  return { ...stage, bill, fetchBill };
};

describe('bills', () => {
  test('are applied for, fetched with a signed request, and come unsigned', async () => {
    const { fetchBill } = await stageNextDay();
    const { link, url, file } = await fetchBill('');
    expect([link.sign, link.json['hash_type'], url.pathname]).toEqual(['certificate', 'SHA1', '/v3/billdownload/file']);
    expect([file.status, file.sign, file.headers['request-id']]).toEqual([200, 'none', undefined]);
    expect(sha1(file.bytes)).toBe(link.json['hash_value']);
    expect(file.text).toContain('`ORDER1');
  });

  test('come packed on demand; the hash is that of the text, or of the file where switched', async () => {
    const { fetchBill, world } = await stageNextDay();
    const { link, url, file } = await fetchBill('&tar_type=GZIP');
    expect(url.searchParams.get('tartype')).toBe('gzip');
    expect(sha1(gunzipSync(file.bytes))).toBe(link.json['hash_value']);
    Object.assign(world.switches, { v3BillHash: 'of-gzip', v3BillMarks: 'bare', v3BillPath: 'downloadurl' });
    const other = await fetchBill('&tar_type=GZIP');
    expect(other.url.pathname).toBe('/v3/bill/downloadurl');
    expect(sha1(other.file.bytes)).toBe(other.link.json['hash_value']);
    expect(gunzipSync(other.file.bytes).toString('utf8')).toMatch(/^交易时间[^\r]*$/su);
  });

  test('of funds are had in the same way', async () => {
    const { fetchBill } = await stageNextDay();
    const { link, file } = await fetchBill('&account_type=BASIC', '/v3/bill/fundflowbill');
    expect(sha1(file.bytes)).toBe(link.json['hash_value']);
    expect(file.text).toContain('记账时间');
  });

  test('are not there before nine, being made until ten, and never there for a day without orders', async () => {
    const { bill, get, simulator, world } = await stageV3().then(async (stage) => ({
      ...stage,
      bill: () => stage.get('/v3/bill/tradebill?bill_date=2026-11-24'),
    }));
    const { json } = await bill();
    expect(json['code']).toBe('INVALID_REQUEST');
    await simulator.clock.freeze(Date.parse('2026-11-25T08:59:59+08:00'));
    expect((await bill()).json['code']).toBe('NO_STATEMENT_EXIST');
    world.switches.v3BillBeforeNine = 'STATEMENT_CREATING';
    expect((await bill()).json['code']).toBe('STATEMENT_CREATING');
    await simulator.clock.freeze(Date.parse('2026-11-25T09:00:00+08:00'));
    expect((await bill()).json).toEqual({ code: 'STATEMENT_CREATING', message: '账单生成中' });
    await simulator.clock.freeze(Date.parse('2026-11-25T10:00:00+08:00'));
    expect((await bill()).json).toEqual({ code: 'NO_STATEMENT_EXIST', message: '请求的账单文件不存在' });
    expect((await get('/v3/bill/tradebill?bill_date=2026-11-24&tar_type=')).status).toBe(400);
  });

  test('links last five minutes and need a signature', async () => {
    const { bill, get, simulator } = await stageNextDay();
    const url = new URL(String((await bill('')).json['download_url']));
    expect((await get(url.pathname + url.search, { tamper: () => '' })).status).toBe(401);
    await simulator.clock.advance(5 * 60_000);
    const late = await get(url.pathname + url.search);
    expect([late.status, late.json['code']]).toEqual([400, 'INVALID_REQUEST']);
  });
});

describe('the fund bill of a sub-merchant', () => {
  const path = '/v3/bill/sub-merchant-fundflowbill?bill_date=2026-11-24&account_type=BASIC&algorithm=AEAD_AES_256_GCM';

  test('comes encrypted with a key for the provider, and lists the money of that sub-merchant alone', async () => {
    const { post, payer, get, simulator } = await stageV3({ merchants: [PROVIDER] });
    for (const sub of ['1900000109', '1900000110']) {
      const { appid: _, mchid: __, ...common } = orderBody(`ORDER${sub}`);
      const body = { ...common, sp_appid: APPID, sp_mchid: MCHID, sub_mchid: sub };
      await post('/v3/pay/partner/transactions/native', body);
      payer.pay({ outTradeNo: `ORDER${sub}` });
    }
    await simulator.clock.advance(20 * HOUR_MS);
    const { json } = await get(`${path}&sub_mchid=1900000109&tar_type=GZIP`);
    const [part] = objectsAt(json, 'download_bill_list');
    expect([json['download_bill_count'], part?.['bill_sequence'], part?.['hash_type']]).toEqual([1, 1, 'SHA1']);
    const url = new URL(textAt(part, 'download_url'));
    const { bytes } = await get(url.pathname + url.search);
    const padding = { padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha1' };
    const sealedKey = Buffer.from(textAt(part, 'encrypt_key'), 'base64');
    const key = privateDecrypt({ key: CERTIFICATES.merchant.privateKeyPem, ...padding }, sealedKey);
    const decipher = createDecipheriv('aes-256-gcm', key, textAt(part, 'nonce')).setAuthTag(bytes.subarray(-16));
    const bill = gunzipSync(Buffer.concat([decipher.update(bytes.subarray(0, -16)), decipher.final()]));
    expect(sha1(bill)).toBe(textAt(part, 'hash_value'));
    expect(bill.toString('utf8')).toContain('ORDER1900000109');
    expect(bill.toString('utf8')).not.toContain('ORDER1900000110');
  });

  test('is for service providers, and of what moved', async () => {
    const ordinary = await stageNextDay();
    const refused = await ordinary.get(`${path}&sub_mchid=1900000109`);
    expect([refused.status, refused.json['code']]).toEqual([403, 'NO_AUTH']);
    const provider = await stageV3({ merchants: [PROVIDER] });
    await provider.simulator.clock.advance(20 * HOUR_MS);
    const none = await provider.get(`${path.replace('BASIC', 'DEPOSIT')}&sub_mchid=1900000109`);
    expect([none.status, none.json['code']]).toEqual([400, 'NO_STATEMENT_EXIST']);
    const other = await provider.get(`${path.replace('AEAD_AES_256_GCM', 'SM4_GCM')}&sub_mchid=1900000109`);
    expect(other.json['code']).toBe('INVALID_REQUEST');
  });
});

describe('payment codes', () => {
  const charge = (outTradeNo: string, authCode: string) => {
    const { notify_url: _, ...order } = orderBody(outTradeNo);
    return { ...order, payer: { auth_code: authCode }, scene_info: { store_info: { id: 'S1' } } };
  };
  const PATH = '/v3/pay/transactions/codepay';

  test('pay at once, or are asked for the password with 202 and paid later', async () => {
    const { post, query, simulator } = await stageV3();
    const paid = await post(PATH, charge('ORDER1', '134567890123450001'));
    expect(paid.json).toMatchObject({ trade_state: 'SUCCESS', trade_type: 'MICROPAY' });
    const asked = await post(PATH, charge('ORDER2', '134567890123459002'));
    expect([asked.status, asked.json['trade_state'], asked.sign]).toEqual([202, 'USERPAYING', 'certificate']);
    expect((await post(PATH, charge('ORDER2', '134567890123459002'))).status).toBe(202);
    await simulator.clock.advance(10_000);
    expect((await query('ORDER2')).json['trade_state']).toBe('SUCCESS');
  });

  test('can be used once, can fail, and are reversed, never closed', async () => {
    const { post, query, close, simulator } = await stageV3();
    await post(PATH, charge('ORDER1', '134567890123459001'));
    expect((await post(PATH, charge('ORDER9', '134567890123459001'))).json['code']).toBe('TRADE_ERROR');
    expect((await close('ORDER1')).json['code']).toBe('TRADE_ERROR');
    await simulator.clock.advance(31_000);
    expect((await query('ORDER1')).json['trade_state']).toBe('PAYERROR');
    const path = '/v3/pay/transactions/out-trade-no/ORDER1/reverse';
    const reversed = await post(path, { appid: APPID, mchid: MCHID });
    expect(reversed.json).toEqual({ appid: APPID, mchid: MCHID, out_trade_no: 'ORDER1' });
    expect((await query('ORDER1')).json['trade_state']).toBe('REVOKED');
  });

  test('are charged and reversed for sub-merchants on paths of their own', async () => {
    const { post, get, world } = await stageV3({ merchants: [PROVIDER] });
    const { appid: _, mchid: __, ...common } = charge('ORDER1', '134567890123450001');
    const own = { sp_appid: APPID, sp_mchid: MCHID, sub_mchid: '1900000109' };
    const base = '/v3/pay/partner/transactions';
    const paid = await post(`${base}/codepay`, { ...common, ...own });
    expect(paid.json).toMatchObject({ ...own, trade_state: 'SUCCESS', trade_type: 'MICROPAY' });
    const asked = { ...common, out_trade_no: 'ORDER2', payer: { auth_code: '134567890123459001' } };
    expect((await post(`${base}/codepay`, { ...asked, ...own })).status).toBe(202);
    const reversed = await post(`${base}/out-trade-no/ORDER1/reverse`, own);
    expect(reversed.json).toEqual({ ...own, out_trade_no: 'ORDER1' });
    const other = await post(`${base}/out-trade-no/ORDER2/reverse`, { ...own, sub_mchid: '1900000110' });
    expect(other.status).toBe(404);
    const found = await get(`${base}/out-trade-no/ORDER1?sp_mchid=${MCHID}&sub_mchid=1900000109`);
    expect([found.json['trade_state'], world.ledger.order(MCHID, 'ORDER1')?.apiVersion]).toEqual(['REVOKED', 'v3']);
  });

  test('are unknown where that is switched on', async () => {
    const { post, world } = await stageV3();
    Object.assign(world.switches, { v3Codepay: '404', v3UnknownPath: '404' });
    expect((await post(PATH, charge('ORDER1', '134567890123450001'))).status).toBe(404);
  });
});
