// One SDK in a process of its own. A line of standard input is a call, `operation?field=value&…`; a line of standard
// output is what the SDK's user saw: the fields of the answer, `refused=` with the reason the SDK gave, or `lacks=` when
// the SDK has no such thing. The operation `clock` puts the clock of this process forward.
import { createInterface } from 'node:readline';
import { putForward } from './clock.js';

const { sdk, ...settings } = JSON.parse(process.env.PEER_SETTINGS);
const { createSdk } = await import(sdk);
const call = createSdk(settings);

for await (const line of createInterface({ input: process.stdin })) {
  const [operation, query] = line.split('?');
  const fields = Object.fromEntries(new URLSearchParams(query));
  if (operation === 'clock') putForward(Number(fields.offsetMs));
  const seen = operation === 'clock' ? {} : await call(operation, fields);
  process.stdout.write(`${new URLSearchParams(Object.entries(seen).map(([name, value]) => [name, String(value)]))}\n`);
}
