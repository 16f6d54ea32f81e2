import { createHash } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { APPID, MCHID } from '../../testing/raw-merchant.ts';
import { orderBody, stageV3 } from '../../testing/v3-merchant.ts';

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

  test('are unknown where that is switched on', async () => {
    const { post, world } = await stageV3();
    Object.assign(world.switches, { v3Codepay: '404', v3UnknownPath: '404' });
    expect((await post(PATH, charge('ORDER1', '134567890123450001'))).status).toBe(404);
  });
});
