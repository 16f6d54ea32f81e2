import { createDecipheriv, createVerify, X509Certificate } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { MCHID } from '../../testing/raw-merchant.ts';
import { CERTIFICATES, stageV3, V3_KEY, verifyByHand } from '../../testing/v3-merchant.ts';
import { objectsAt, textAt } from '../json.ts';

const DAY_MS = 24 * 60 * 60 * 1000;

const stage = async () => {
  const staged = await stageV3();
  const control = async (method: 'GET' | 'PUT' | 'POST', path: string, body: unknown = {}) => {
    const url = `http://control${path}`;
    const answer = await staged.simulator.controlHandle({ method, url, headers: {}, body: JSON.stringify(body) });
    const json: unknown = JSON.parse(Buffer.from(answer.body).toString('utf8'));
    return { status: answer.status, json };
  };
  const setMode = (mode: string) => control('PUT', '/keys/mode', { mode, mchid: MCHID });
  const signOf = async (asked?: string) => {
    const headers = asked === undefined ? {} : { 'wechatpay-serial': asked };
    const path = `/v3/pay/transactions/out-trade-no/ORDER1?mchid=${MCHID}`;
    return (await staged.get(path, { headers })).sign;
  };
  return { ...staged, control, setMode, signOf };
};

const openCertificate = (certificate: unknown): string => {
  const at = (name: string) => textAt(certificate, `encrypt_certificate.${name}`);
  const bytes = Buffer.from(at('ciphertext'), 'base64');
  const decipher = createDecipheriv('aes-256-gcm', V3_KEY, at('nonce'));
  decipher.setAAD(Buffer.from(at('associated_data'))).setAuthTag(bytes.subarray(-16));
  return decipher.update(bytes.subarray(0, -16), undefined, 'utf8') + decipher.final('utf8');
};

describe('key modes', () => {
  test('certificate: answers are signed with it whatever the request asks for', async () => {
    const { signOf } = await stage();
    expect([await signOf(), await signOf(CERTIFICATES.publicKey.id)]).toEqual(['certificate', 'certificate']);
  });

  test('switching: answers follow the header of the request', async () => {
    const { signOf, setMode } = await stage();
    await setMode('switching');
    const { publicKey, platform } = CERTIFICATES;
    const signs = [await signOf(), await signOf(publicKey.id), await signOf(platform.serial)];
    expect(signs).toEqual(['certificate', 'public-key', 'certificate']);
  });

  test('public-key: answers are signed with it without being asked, and there is no certificate to be had', async () => {
    const { signOf, setMode, get } = await stage();
    await setMode('public-key');
    expect(await signOf()).toBe('public-key');
    const answer = await get('/v3/certificates');
    expect([answer.status, answer.json['code'], answer.sign]).toEqual([404, 'RESOURCE_NOT_EXISTS', 'public-key']);
    expect(answer.json['message']).toMatch(/^无可用的平台证书/);
  });

  test('switching: notices come with either key, as often as the setting says', async () => {
    const { setMode, place, payer, world, notices, simulator } = await stage();
    await setMode('switching');
    const paid = async (number: string, share: number) => {
      world.settings.publicKeyNoticeShare = share;
      await place(number);
      payer.pay({ outTradeNo: number });
      await simulator.notices.settled();
      const last = notices.at(-1);
      return verifyByHand(last?.headers ?? {}, Buffer.from(String(last?.body)));
    };
    expect([await paid('ORDER1', 1), await paid('ORDER2', 0)]).toEqual(['public-key', 'certificate']);
  });

  test('an unknown merchant has no mode to be set', async () => {
    const { control } = await stage();
    expect((await control('PUT', '/keys/mode', { mode: 'switching', mchid: '1' })).status).toBe(404);
  });
});

describe('platform certificates', () => {
  test('are handed out encrypted, and the answer is signed by one of them', async () => {
    const { get } = await stage();
    const answer = await get('/v3/certificates');
    expect([answer.status, answer.sign]).toEqual([200, 'certificate']);
    const [certificate, ...others] = objectsAt(answer.json, 'data');
    expect(others).toEqual([]);
    expect(textAt(certificate, 'serial_no')).toBe(CERTIFICATES.platform.serial);
    expect(openCertificate(certificate)).toBe(CERTIFICATES.platform.certificatePem.trimEnd());
    expect(textAt(certificate, 'effective_time')).toMatch(/^2026-11-23T.*\+08:00$/);
  });

  test('are rotated: the new one stands beside the old one and signs when it is told to', async () => {
    const { get, control, world } = await stage();
    await control('POST', '/keys/rotate');
    const answer = await get('/v3/certificates');
    expect(answer.sign).toBe('certificate');
    const fresh = objectsAt(answer.json, 'data')[1];
    expect(textAt(fresh, 'serial_no')).toMatch(/^[0-9A-F]{40}$/);
    world.settings.newCertificateShare = 1;
    const { headers, text } = await get('/v3/certificates');
    expect(headers['wechatpay-serial']).toBe(textAt(fresh, 'serial_no'));
    const message = `${headers['wechatpay-timestamp']}\n${headers['wechatpay-nonce']}\n${text}\n`;
    const signature = headers['wechatpay-signature'] ?? '';
    const verifier = createVerify('RSA-SHA256').update(message);
    expect(verifier.verify(openCertificate(fresh), signature, 'base64')).toBe(true);
    const { json } = await control('POST', '/keys/retire');
    expect(objectsAt(json, 'certificates').map((certificate) => textAt(certificate, 'serial'))).toEqual([
      textAt(fresh, 'serial_no'),
    ]);
  });

  test('are renewed by their dates: a new one in the last 180 days, signing by steps in the last 90, then alone', async () => {
    const { get, query, place, simulator } = await stage();
    const endsAtMs = Date.parse(new X509Certificate(CERTIFICATES.platform.certificatePem).validTo);
    const advanceTo = (atMs: number) => simulator.clock.advance(atMs - simulator.clock.nowMs());
    const serials = async () =>
      objectsAt((await get('/v3/certificates')).json, 'data').map((certificate) => textAt(certificate, 'serial_no'));
    const signers = async () => {
      const found = new Set<string>();
      for (let index = 0; index < 30; index++) found.add((await query('ORDER1')).headers['wechatpay-serial'] ?? '');
      return found;
    };
    await place('ORDER1');
    await advanceTo(endsAtMs - 180 * DAY_MS - 1000);
    const old = CERTIFICATES.platform.serial;
    expect(await serials()).toEqual([old]);
    await advanceTo(endsAtMs - 180 * DAY_MS);
    const [first, fresh = ''] = await serials();
    expect([first, await signers()]).toEqual([old, new Set([old])]);
    await advanceTo(endsAtMs - 45 * DAY_MS);
    expect(await signers()).toEqual(new Set([old, fresh]));
    await advanceTo(endsAtMs);
    expect([await serials(), await signers()]).toEqual([[fresh], new Set([fresh])]);
  });

  test('are left as they are where that is switched off', async () => {
    const { get, simulator, world } = await stage();
    world.switches.v3CertificateRotation = 'by-hand';
    await simulator.clock.advance(6 * 365 * DAY_MS);
    expect(objectsAt((await get('/v3/certificates')).json, 'data')).toHaveLength(1);
  });
});
