import { createVirtualClock } from '@orderkeeper/ports';
import { describe, expect, test } from 'vitest';
import { createSimulator } from '../simulator.ts';
import {
  APPID,
  KEY,
  MCHID,
  merchantOf,
  nativeOrder,
  readByHand,
  signByHand,
  xmlByHand,
} from '../testing/raw-merchant.ts';

const stage = () => {
  const simulator = createSimulator({
    clock: createVirtualClock({ startMs: 0 }),
    merchants: [merchantOf(MCHID, APPID)],
  });
  const get = async (path: string, headers: Record<string, string> = {}) => {
    const {
      status,
      headers: answered,
      body,
    } = await simulator.controlHandle({ method: 'GET', url: `http://control${path}`, headers });
    return { status, headers: answered, text: Buffer.from(body).toString('utf8') };
  };
  const place = async (own: Record<string, string>) => {
    const fields = { appid: APPID, mch_id: MCHID, nonce_str: 'n', ...own };
    const body = xmlByHand({ ...fields, sign: signByHand(fields, KEY) });
    const answer = await simulator.handle({
      method: 'POST',
      url: 'https://api.mch.weixin.qq.com/pay/unifiedorder',
      headers: {},
      body,
    });
    return readByHand(Buffer.from(answer.body).toString('utf8'));
  };
  return { get, place };
};

/** The texts that the script knows, and those that the page asks for. */
const keysOf = (html: string) => ({
  known: [...html.matchAll(/(\w+): \['/g)].map(([, key]) => key),
  wanted: [...html.matchAll(/data-(?:t|hint)="(\w+)"|\bt\('(\w+)'\)|fact\('(\w+)'/g)].map(([, a, b, c]) => a ?? b ?? c),
});

describe.each(['/payer', '/overview'])('the page %s', (path) => {
  test('loads nothing from elsewhere, and is not allowed to', async () => {
    const { status, headers, text } = await stage().get(path);
    expect([status, headers['content-type']]).toEqual([200, 'text/html; charset=utf-8']);
    expect(headers['content-security-policy']).toContain("default-src 'none'");
    expect(text).not.toMatch(/(?:src|href)="(?:https?:)?\/\//);
  });

  test('has every text that it shows, and an element for every name it uses', async () => {
    const { text } = await stage().get(path);
    const { known, wanted } = keysOf(text);
    expect(wanted.length).toBeGreaterThan(5);
    expect(known).toEqual(expect.arrayContaining(wanted));
    const ids = [...text.matchAll(/ id="(\w+)"/g)].map(([, id]) => id);
    const used = [...text.matchAll(/\$\('(\w+)'\)/g)].map(([, id]) => id);
    expect(ids).toEqual(expect.arrayContaining(used));
    expect(new Set(ids).size).toBe(ids.length);
  });

  test('never turns data into markup', async () => {
    expect((await stage().get(path)).text).not.toMatch(/innerHTML|outerHTML|insertAdjacentHTML|document\.write/);
  });
});

test('a browser that asks for the control address gets the overview, a program the list of routes', async () => {
  const { get } = stage();
  expect((await get('/', { accept: 'text/html,application/xhtml+xml' })).text).toContain('<!doctype html>');
  expect(JSON.parse((await get('/')).text)).toHaveProperty('routes');
});

describe('a code leads to its order', () => {
  test('by code_url, prepay_id and order number', async () => {
    const { get, place } = stage();
    const { code_url: codeUrl = '', prepay_id: prepayId = '' } = await place(nativeOrder('A1'));
    for (const code of [codeUrl, prepayId, 'A1', ` ${codeUrl} `]) {
      expect(JSON.parse((await get(`/entries?code=${encodeURIComponent(code)}`)).text)).toMatchObject({
        outTradeNo: 'A1',
        state: 'NOTPAY',
      });
    }
  });

  test('by mweb_url, also with the redirect_url of the shop', async () => {
    const { get, place } = stage();
    const scene = {
      trade_type: 'MWEB',
      scene_info: '{"h5_info":{"type":"Wap","wap_url":"https://a.example","wap_name":"a"}}',
    };
    const { mweb_url: mwebUrl = '' } = await place(nativeOrder('H1', scene));
    expect(mwebUrl).toMatch(/^https:/);
    const withReturn = `${mwebUrl}&redirect_url=${encodeURIComponent('https://a.example/back')}`;
    for (const code of [mwebUrl, withReturn]) {
      expect(JSON.parse((await get(`/entries?code=${encodeURIComponent(code)}`)).text)).toMatchObject({
        outTradeNo: 'H1',
      });
    }
  });

  test('or to none', async () => {
    const { get } = stage();
    for (const code of ['', 'weixin://wxpay/bizpayurl?pr=nothing']) {
      expect(await get(`/entries?code=${encodeURIComponent(code)}`)).toMatchObject({ status: 404 });
    }
  });
});

describe('a QR code', () => {
  test('is drawn as SVG', async () => {
    const { headers, text } = await stage().get('/qr.svg?text=weixin%3A%2F%2Fwxpay%2Fbizpayurl%3Fpr%3Dx');
    expect(headers['content-type']).toBe('image/svg+xml');
    expect(text).toMatch(/^<svg .*<\/svg>$/s);
  });

  test('is not drawn of nothing, nor of a novel', async () => {
    const { get } = stage();
    expect(await get('/qr.svg')).toMatchObject({ status: 400 });
    expect(await get(`/qr.svg?text=${'x'.repeat(513)}`)).toMatchObject({ status: 400 });
  });
});
