// Usage: node count-queries.js FILE ORDER TIMES. Opens the store, and the order unless it is there, and counts a query of
// it so many times.
import { changeSample, countQuery, orderId, orderSample } from '../../testing/samples.ts';
import { openOrThrow } from './open-or-throw.ts';

const [path = '', id = '', times = ''] = process.argv.slice(2);
const store = openOrThrow({ path });
await store.insert(changeSample(orderSample(id)));
for (let time = 0; time < Number(times); time += 1) await store.change(orderId(id), countQuery);
await store.close();
