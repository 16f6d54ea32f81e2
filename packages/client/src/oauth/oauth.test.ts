import { createSecret } from '@orderkeeper/protocol';
import { describe, expect, test } from 'vitest';
import { answerText, createTestWorld, MERCHANT, noAnswer, silence } from '../testing/test-world.ts';

const withSecret = { merchant: { ...MERCHANT, appSecret: createSecret('0f1e2d3c4b5a69788796a5b4c3d2e1f0') } };
const TOKEN = JSON.stringify({
  access_token: 'ACCESS',
  expires_in: 7200,
  refresh_token: 'REFRESH',
  openid: 'oUpF8uMuAJO_M2pxb1Q9zNjWeS6o',
  scope: 'snsapi_base',
});

describe('oauth', () => {
  test('exchanges a code for the openid with appid and secret of the merchant', async () => {
    const world = createTestWorld([() => answerText(TOKEN)], withSecret);
    const outcome = await world.client.oauth.accessToken({ code: 'CODE' });
    expect(outcome).toMatchObject({ outcome: 'done', answer: { openid: 'oUpF8uMuAJO_M2pxb1Q9zNjWeS6o' } });
    const url = new URL(world.requests[0]?.url ?? '');
    expect(url.origin + url.pathname).toBe('https://api.weixin.qq.com/sns/oauth2/access_token');
    expect(url.searchParams.get('appid')).toBe(MERCHANT.appid);
  });

  test('asks for the AppSecret before anything is sent', async () => {
    const world = createTestWorld([() => answerText(TOKEN)]);
    const outcome = await world.client.oauth.jscode2session({ jsCode: 'CODE' });
    expect(outcome).toMatchObject({ outcome: 'rejected', code: 'APP_SECRET_MISSING', attempts: [] });
    expect(world.requests).toEqual([]);
  });

  test('never sends a code twice once it may have been seen, because it is good once', async () => {
    const world = createTestWorld([silence], withSecret);
    expect(await world.finish(world.client.oauth.accessToken({ code: 'CODE' }))).toMatchObject({
      outcome: 'unknown',
      reason: 'answer-timeout',
    });
    expect(world.requests).toHaveLength(1);
  });

  test('sends a code to the second host when the first was not reached', async () => {
    const world = createTestWorld([noAnswer('connection-refused', 'not-sent'), () => answerText(TOKEN)], withSecret);
    expect((await world.client.oauth.accessToken({ code: 'CODE' })).outcome).toBe('done');
    expect(new URL(world.requests[1]?.url ?? '').host).toBe('api2.weixin.qq.com');
  });

  test('tells a used code by its errcode', async () => {
    const world = createTestWorld(
      [() => answerText('{"errcode":40163,"errmsg":"code been used, hints: [ req_id: x ]"}')],
      withSecret,
    );
    expect(await world.client.oauth.accessToken({ code: 'CODE' })).toMatchObject({
      outcome: 'rejected',
      code: '40163',
    });
  });

  test('reads a profile and prolongs a token without the secret', async () => {
    const profile = '{"openid":"oUpF8uMuAJO_M2pxb1Q9zNjWeS6o","nickname":"n","sex":0}';
    const world = createTestWorld([() => answerText(TOKEN), () => answerText(profile)]);
    const token = await world.client.oauth.refreshToken({ refreshToken: createSecret('REFRESH') });
    if (token.outcome !== 'done') throw new Error(token.message);
    const { accessToken, openid } = token.answer;
    expect(await world.client.oauth.userinfo({ accessToken, openid })).toMatchObject({
      outcome: 'done',
      answer: { openid },
    });
  });

  test('is unknown when the answer is no JSON', async () => {
    const world = createTestWorld([() => answerText('<html></html>')], withSecret);
    expect(await world.client.oauth.accessToken({ code: 'CODE' })).toMatchObject({
      outcome: 'unknown',
      reason: 'not-json',
    });
  });
});
