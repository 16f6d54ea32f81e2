import { expect, test } from 'vitest';
import { answerOf, operationOf } from './exchange.ts';

const V2 = { method: 'POST', url: 'http://127.0.0.1/pay/closeorder' } as const;
const V3 = { method: 'POST', url: 'http://127.0.0.1/v3/pay/transactions/out-trade-no/A-1/close' } as const;

const answer = (status: number, text: string) => ({ status, headers: {}, body: Buffer.from(text) });

test.each([
  ['POST', '/pay/orderquery', 'orderquery'],
  ['POST', '/secapi/pay/refund', 'refund'],
  ['POST', '/v3/pay/transactions/native', 'native'],
  ['GET', '/v3/pay/transactions/out-trade-no/A-1?mchid=1900000109', 'query-by-out-trade-no'],
  ['GET', '/v3/pay/transactions/id/4200002601', 'query-by-id'],
  ['POST', '/v3/pay/transactions/out-trade-no/A-1/close', 'close'],
  ['POST', '/v3/refund/domestic/refunds', 'refund'],
  ['GET', '/v3/refund/domestic/refunds/R-1', 'refund-query'],
  ['GET', '/v3/certificates', 'certificates'],
] as const)('a request has the name of its operation: %s %s', (method, path, operation) => {
  expect(operationOf({ method, url: `http://127.0.0.1:8081${path}` })).toBe(operation);
});

test('of the classic API the code is told, and the trade state where there is one', () => {
  const paid = '<xml><return_code>SUCCESS</return_code><trade_state>SUCCESS</trade_state></xml>';
  expect(answerOf(V2, answer(200, paid))).toEqual({ code: 'SUCCESS', tradeState: 'SUCCESS' });
  const refused =
    '<xml><return_code>SUCCESS</return_code><result_code>FAIL</result_code><err_code>ORDERPAID</err_code></xml>';
  expect(answerOf(V2, answer(200, refused))).toEqual({ code: 'ORDERPAID' });
  expect(answerOf(V2, answer(502, '<html>'))).toEqual({ code: 'HTTP 502' });
});

test('of APIv3 the status is told, or the code of the error', () => {
  expect(answerOf(V3, answer(204, ''))).toEqual({ code: 'HTTP 204' });
  expect(answerOf(V3, answer(200, '{"trade_state":"NOTPAY"}'))).toEqual({ code: 'HTTP 200', tradeState: 'NOTPAY' });
  expect(answerOf(V3, answer(400, '{"code":"ORDER_PAID","message":"…"}'))).toEqual({ code: 'ORDER_PAID' });
});
