import { constants, privateDecrypt, publicEncrypt } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { CERTIFICATES, openByHand, stageV3 } from '../../testing/v3-merchant.ts';
import { textAt } from '../json.ts';

const ECHO = '/v3/security/echo';
const PADDING = { padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha1' };
const HOUR_MS = 60 * 60 * 1000;

const encrypted = (key: string) => publicEncrypt({ key, ...PADDING }, Buffer.from('张三')).toString('base64');
const opened = (text: string) =>
  privateDecrypt({ key: CERTIFICATES.merchant.privateKeyPem, ...PADDING }, Buffer.from(text, 'base64')).toString();

describe('the connectivity test', () => {
  test.each([
    ['the platform certificate', CERTIFICATES.platform.serial, CERTIFICATES.platform.publicKeyPem],
    ['the public key', CERTIFICATES.publicKey.id, CERTIFICATES.publicKey.publicKeyPem],
  ])('repeats what it is told, and encrypts for the merchant what came encrypted for %s', async (_, serial, key) => {
    const { post } = await stageV3();
    const body = { echo_message: 'hello', encrypted_echo_message: encrypted(key) };
    const answer = await post(ECHO, body, { headers: { 'wechatpay-serial': serial } });
    expect([answer.status, answer.json['echo_message'], answer.sign]).toEqual([200, 'hello', 'certificate']);
    expect(opened(textAt(answer.json, 'encrypted_echo_message'))).toBe('张三');
  });

  test('needs the name of a key, a known one, and what that key opens', async () => {
    const { post } = await stageV3();
    const secret = encrypted(CERTIFICATES.publicKey.publicKeyPem);
    const ask = async (serial: string, more = {}) =>
      (await post(ECHO, { echo_message: 'hello', ...more }, { headers: { 'wechatpay-serial': serial } })).json[
        'message'
      ];
    expect(await ask('')).toBe('Http头缺少Wechatpay-Serial');
    expect(await ask('40'.repeat(20))).toBe('平台证书序列号Wechatpay-Serial错误');
    expect(await ask(CERTIFICATES.platform.serial, { encrypted_echo_message: secret })).toBe('平台私钥解密失败');
  });

  test('tells it to an address where one is given, ten times at most', async () => {
    const posted: unknown[] = [];
    const { post, simulator, notices } = await stageV3();
    const headers = { 'wechatpay-serial': CERTIFICATES.platform.serial };
    await post(ECHO, { echo_message: 'hello', notify_url: 'http://127.0.0.1:9/notify' }, { headers });
    await simulator.notices.settled();
    const { envelope, plain, sign } = openByHand(notices[0]);
    expect([textAt(envelope, 'event_type'), textAt(envelope, 'resource.original_type'), sign]).toEqual([
      'SECURITY_ECHO.SUCCESS',
      'security',
      'certificate',
    ]);
    expect(plain).toEqual({ echo_message: 'hello' });
    const deaf = await stageV3({
      http: (request) => {
        posted.push(request);
        return Promise.resolve({ status: 500, headers: {}, body: new Uint8Array() });
      },
    });
    await deaf.post(ECHO, { echo_message: 'hello', notify_url: 'http://127.0.0.1:9/notify' }, { headers });
    await deaf.simulator.clock.advance(4 * HOUR_MS);
    expect(posted).toHaveLength(10);
  });
});
