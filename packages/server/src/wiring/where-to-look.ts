import type { RunningService } from './start-service.ts';

/** What a person who has just started the service wants to know; the key is shown only when it opens play money. */
export function whereToLook({ origin, apiKeys, mchids, simulator }: RunningService): string {
  const lines = [`orderkeeper ready: ${origin}`, `  merchants   ${mchids.join(', ')}`, `  what there is   ${origin}/`];
  if (simulator === undefined) return lines.join('\n');
  const key = apiKeys[0]?.key.reveal() ?? '';
  const order = {
    orderId: 'first-order',
    totalFen: 1990,
    description: 'tea',
    tradeType: 'NATIVE',
    payerIp: '127.0.0.1',
  };
  return [
    ...lines,
    `  simulator   ${simulator.control}/overview (orders, calls and notices as they come)`,
    `  phone   ${simulator.control}/payer (scans and pays)`,
    '',
    'This is a try-out: a simulator stands for WeChat Pay, no money moves. Open an order, in APIv3 unless it says',
    '"protocol":"v2":',
    '',
    `  curl -s ${origin}/v1/orders -H 'authorization: Bearer ${key}' \\`,
    `    -H 'content-type: application/json' -d '${JSON.stringify(order)}'`,
    '',
    'pay it on the phone, and see what the keeper knows:',
    '',
    `  curl -s ${origin}/v1/orders/first-order/explain -H 'authorization: Bearer ${key}'`,
    '',
    'The simulator forgets its orders when it stops; remove .orderkeeper/ to begin anew.',
  ].join('\n');
}
