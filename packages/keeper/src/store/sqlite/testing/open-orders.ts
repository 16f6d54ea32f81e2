// Usage: node open-orders.js FILE PREFIX. Opens and pays orders until it is killed; prints an order's id when both are
// durable, and nothing else.
import { writeSync } from 'node:fs';
import { changeSample, orderId, orderSample, paid } from '../../testing/samples.ts';
import { openOrThrow } from './open-or-throw.ts';

const CALLERS = 8;
const STDOUT = 1;

const [path = '', prefix = ''] = process.argv.slice(2);
const store = openOrThrow({ path });

async function openAndPay(caller: number): Promise<never> {
  for (let number = 1; ; number += 1) {
    const id = `${prefix}-${caller}-${number}`;
    await store.insert(changeSample(orderSample(id)));
    await store.change(orderId(id), (order) => changeSample(paid(order), { events: ['order.paid'] }));
    writeSync(STDOUT, `${id}\n`);
  }
}

await Promise.all(Array.from({ length: CALLERS }, (_, caller) => openAndPay(caller)));
