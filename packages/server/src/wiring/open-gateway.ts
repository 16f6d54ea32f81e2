import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Hosts } from '@orderkeeper/client';
import { type Clock, type ClosableHttp, createHttp, systemClock } from '@orderkeeper/ports';
import type { Result } from '@orderkeeper/protocol';
import { type RunningSimulator, startSimulator } from '@orderkeeper/simulator';
import type { Config, ConfiguredMerchant, SimulatorSettings } from '../config/config.ts';
import { merchantOfSimulator, simulatedMerchantTexts } from '../config/merchant-of-simulator.ts';

/** The way to WeChat Pay, real or played. */
export interface OpenGateway {
  readonly http: ClosableHttp;
  /** Absent: WeChat Pay's own. */
  readonly hosts?: Hosts;
  readonly merchants: readonly ConfiguredMerchant[];
  /** The time in which orders live. */
  readonly clock: Clock;
  readonly simulator?: RunningSimulator;
}

/** Opens the way to WeChat Pay; with a simulator it is started, and its clock is the orders' clock. */
export async function openGateway({ gateway, merchants }: Pick<Config, 'gateway' | 'merchants'>): Promise<OpenGateway> {
  if (gateway.kind === 'simulator') return openSimulator(gateway);
  const { hosts, ca } = gateway;
  return {
    http: createHttp(ca === undefined ? {} : { ca }),
    ...(hosts === undefined ? {} : { hosts }),
    merchants,
    clock: systemClock,
  };
}

async function openSimulator({ folder, ...ports }: SimulatorSettings): Promise<OpenGateway> {
  mkdirSync(folder, { recursive: true });
  const simulator = await startSimulator({ ...ports, credentialsFile: join(folder, 'credentials.json') });
  const merchant = given(merchantOfSimulator(simulatedMerchantTexts(simulator.credentials), systemClock.nowMs()));
  return {
    http: createHttp({ ca: simulator.credentials.certificates.authority.certificatePem }),
    hosts: { primary: simulator.https },
    merchants: [{ ...merchant, latePayment: 'refund' }],
    clock: simulator.clock,
    simulator,
  };
}

/** What a program has made itself is right, or the program is wrong. */
function given<Value>(result: Result<Value, string>): Value {
  if (!result.ok) throw new Error(result.message);
  return result.value;
}
