import { inspect } from 'node:util';
import { createSecret, fen, parseRefundId } from '@orderkeeper/protocol';
import { expect, test } from 'vitest';
import type { ClientEvent } from '../observe.ts';
import type { Outcome } from '../outcome.ts';
import { noAnswer, valueOf } from '../testing/test-world.ts';
import { API_V3_KEY, CERTIFICATE, keyText, PUBLIC_KEY_MERCHANT } from '../testing/v3-keys.ts';
import {
  certificateList,
  createV3World,
  OUT_REFUND_NO,
  OUT_TRADE_NO,
  PAID,
  paid,
  REFUNDED,
  refused,
  signed,
  unsigned,
  unsignedRefusal,
  type V3Reaction,
} from '../testing/v3-world.ts';

const APP_SECRET = '0f1e2d3c4b5a69788796a5b4c3d2e1f0';
const CARD = '6222020000000000000';
const AUTH_CODE = '134567890123456789';
const PRIVATE_KEY_LINE = keyText('merchant-private-key').split('\n')[1] ?? '';

const REACTIONS: readonly V3Reaction[] = [
  paid,
  signed({ ...PAID, out_trade_no: 'OTHER1' }),
  signed({ ...REFUNDED, amount: {} }),
  signed(PAID, { arriving: JSON.stringify({ ...PAID, trade_state: 'NOTPAY' }) }),
  signed(PAID, { by: CERTIFICATE }),
  refused(403, 'NO_AUTH'),
  refused(500, 'SYSTEM_ERROR'),
  unsignedRefusal(401, 'SIGN_ERROR'),
  unsigned(200, JSON.stringify(PAID)),
  unsigned(502, '<html></html>'),
  noAnswer('connection-lost', 'maybe-sent'),
  noAnswer('connect-timeout', 'not-sent'),
];

test('no key, signature, card, code or payer is in any event, or in an outcome beside its answer', async () => {
  const refundId = valueOf(parseRefundId(REFUNDED.refund_id));
  const card = { type: 'USER_BANK_CARD', bankType: 'ICBC_DEBIT', bankAccount: CARD, realName: '张三' } as const;
  const charge = { outTradeNo: OUT_TRADE_NO, description: 'tea', totalFen: fen(100), authCode: AUTH_CODE, scene: {} };
  for (const reaction of REACTIONS) {
    const events: ClientEvent[] = [];
    const world = createV3World([reaction], {
      merchant: { ...PUBLIC_KEY_MERCHANT, appSecret: createSecret(APP_SECRET) },
      certificates: [certificateList([CERTIFICATE])],
      observe: (event) => events.push(event),
    });
    const { client } = world;
    const calls: readonly (() => Promise<Outcome<unknown>>)[] = [
      () => client.queryByOutTradeNo({ outTradeNo: OUT_TRADE_NO }),
      () => client.codepay(charge),
      () => client.abnormalRefund({ ...card, refundId, outRefundNo: OUT_REFUND_NO }),
      () => client.oauth.accessToken({ code: 'THE_OAUTH_CODE' }),
      () => client.call({ method: 'POST', path: '/v3/new', body: { secret: 'THE_BODY' } }),
    ];
    for (const call of calls) {
      const outcome = await world.finish(call());
      const record: object = outcome.outcome === 'done' ? { ...outcome, answer: undefined } : outcome;
      const seen = `${inspect([record, events], { depth: 9 })}${JSON.stringify([record, events])}`;
      const signatures = world.requests.flatMap(
        ({ headers }) => /signature="([^"]+)"/.exec(headers['authorization'] ?? '')?.[1] ?? [],
      );
      const secrets = [API_V3_KEY, PRIVATE_KEY_LINE, APP_SECRET, CARD, '张三', AUTH_CODE, 'THE_OAUTH_CODE', 'THE_BODY'];
      for (const secret of [...secrets, ...signatures, PAID.payer.openid]) expect(seen).not.toContain(secret);
    }
  }
});
