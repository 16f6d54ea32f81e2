import type { Mishap } from '../plan/plan.ts';
import type { Scene } from './run-world.ts';
import { ACCOUNT } from './shop.ts';
import { NEXT_CERTIFICATE } from './wechat-pay-keys.ts';

type KeyChange = Extract<Mishap, { kind: 'key-rotation' | 'key-switch' }>;

/** One step of a change. */
export interface KeyStep {
  /** From the beginning of the world. */
  readonly atMs: number;
  readonly happens: () => void;
}

/** How long a process is down that is stopped to read its new configuration. */
const DOWN_MS = 2_000;

/** The steps of a change of WeChat Pay's keys, and of the shop's configuration. */
export function keyChanges({ simulator, shop, processes, note }: Scene, change: KeyChange): readonly KeyStep[] {
  const { keys } = simulator.world.v3;
  if (keys === undefined) throw new Error('these worlds have keys for APIv3');
  const step = (atMs: number, line: string, happens: () => void): KeyStep => ({
    atMs,
    happens: () => {
      note(line);
      happens();
    },
  });
  if (change.kind === 'key-rotation') {
    return [
      step(change.issuedAtMs, 'WeChat Pay has a new certificate', () => keys.rotate(NEXT_CERTIFICATE)),
      step(change.retiredAtMs, 'WeChat Pay uses the old certificate no more', () => keys.retire()),
    ];
  }
  return [
    step(change.configuredAtMs, 'the shop configures the public key', () => {
      shop.keys = 'public-key';
      for (const process of processes) void process.restart(DOWN_MS);
    }),
    step(change.switchingAtMs, 'WeChat Pay signs with certificates or its public key', () =>
      keys.setMode('switching', ACCOUNT.mchid),
    ),
    step(change.publicKeyOnlyAtMs, 'WeChat Pay signs with its public key alone', () =>
      keys.setMode('public-key', ACCOUNT.mchid),
    ),
  ];
}
