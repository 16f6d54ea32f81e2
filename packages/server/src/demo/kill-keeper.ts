import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { sleep, systemClock } from '@orderkeeper/ports';
import type { ProtocolVersion } from '@orderkeeper/keeper';
import type { RunningSimulator } from '@orderkeeper/simulator';
import { simulatedMerchantTexts } from '../config/merchant-of-simulator.ts';
import type { KeeperProcessInput } from './keeper-process-input.ts';
import type { Narrator } from './narrator.ts';
import { WIRES } from './wire.ts';

/** The place, the store and the teller of the crime. */
export interface KillSettings {
  readonly simulator: RunningSimulator;
  readonly protocol: ProtocolVersion;
  readonly storePath: string;
  readonly notifyUrl: string;
  readonly narrator: Pick<Narrator, 'say'>;
}

const LOOK_EVERY_MS = 5;
const LOOKS_MAX = 4_000;

/**
 * Starts a keeper in a process of its own on the same store, lets WeChat Pay close the order but keep back the answer,
 * and kills the process at that moment (SIGKILL, no farewell).
 */
export async function killKeeperInClose(settings: KillSettings): Promise<void> {
  const { simulator, protocol, storePath, notifyUrl, narrator } = settings;
  const { credentials, faults, clock, world } = simulator;
  const { close, closeAtSimulator } = WIRES[protocol];
  faults.add({ effect: { kind: 'no-answer' }, moment: 'after', aim: { operation: closeAtSimulator }, times: 1 });
  const input: KeeperProcessInput = {
    storePath,
    notifyUrl,
    host: simulator.https,
    nowMs: clock.nowMs(),
    protocol,
    merchant: simulatedMerchantTexts(credentials),
    authorityPem: credentials.certificates.authority.certificatePem,
  };
  const callsBefore = world.calls.list().length;
  const script = fileURLToPath(new URL('./keeper-process.js', import.meta.url));
  const child = spawn(process.execPath, [script], { stdio: ['pipe', 'inherit', 'inherit'] });
  child.stdin.end(JSON.stringify(input));
  narrator.say('keeper', `works in a process of its own: asks, and sends ${close}`);
  for (let look = 0; look < LOOKS_MAX; look += 1) {
    const calls = world.calls.list().slice(callsBefore);
    if (calls.some((call) => call.operation === closeAtSimulator) || child.exitCode !== null) break;
    await sleep(systemClock, LOOK_EVERY_MS);
  }
  const exited = once(child, 'exit');
  child.kill('SIGKILL');
  await exited;
  narrator.say('keeper', 'is killed (SIGKILL) after WeChat Pay has closed the order and before the answer');
}
