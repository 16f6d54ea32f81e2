// One SDK in a process of its own. A line of standard input is a call, `operation?field=value&…`; a line of standard
// output is what the SDK's user saw: the fields of the answer, or `refused=` with the reason the SDK gave.
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';

const { sdk, appid, mchid, key, p12 } = JSON.parse(process.env.PEER_SETTINGS);
const { createSdk } = await import(`./sdks/${sdk}.js`);
const call = createSdk({ appid, mchid, key, p12: readFileSync(p12) });

for await (const line of createInterface({ input: process.stdin })) {
  const [operation, query] = line.split('?');
  const seen = await call(operation, Object.fromEntries(new URLSearchParams(query)));
  process.stdout.write(`${new URLSearchParams(Object.entries(seen).map(([name, value]) => [name, String(value)]))}\n`);
}
