import type { Chooser } from './chooser.ts';
import type { Mishap, WorldPlan } from './plan.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** Draws with what APIv3 is signed. A shop may have the public key in its configuration before WeChat Pay uses it. */
export function drawKeys({ pick }: Chooser): WorldPlan['keys'] {
  return pick<WorldPlan['keys']>([
    { mode: 'certificate', shopHas: 'certificates' },
    { mode: 'certificate', shopHas: 'certificates' },
    { mode: 'certificate', shopHas: 'public-key' },
    { mode: 'switching', shopHas: 'certificates' },
    { mode: 'switching', shopHas: 'public-key' },
    { mode: 'public-key', shopHas: 'public-key' },
    { mode: 'public-key', shopHas: 'public-key' },
  ]);
}

type KeyChange = Extract<Mishap, { kind: 'key-rotation' | 'key-switch' }>;
type UnnamedChange = KeyChange extends infer Each ? (Each extends KeyChange ? Omit<Each, 'id'> : never) : never;

/** Draws how the keys change while the world is running. */
export function drawKeyChanges(chooser: Chooser, { shopHas }: WorldPlan['keys']): readonly UnnamedChange[] {
  const { some } = chooser;
  return [
    ...some(35, 1, () => rotation(chooser)),
    ...(shopHas === 'certificates' ? some(50, 1, () => keySwitch(chooser)) : []),
  ];
}

/** Both certificates are in use for a while, or not at all. */
function rotation({ whole, pick }: Chooser): UnnamedChange {
  const issuedAtMs = whole(0, HOUR);
  const retiredAtMs = issuedAtMs + pick([0, whole(SECOND, 10 * MINUTE), whole(MINUTE, 24 * HOUR)]);
  return { kind: 'key-rotation', issuedAtMs, retiredAtMs };
}

/** In the order that WeChat Pay asks for; or by a shop that finds out from its alarms, after a while, what it has to do. */
function keySwitch({ whole, pick, sometimes }: Chooser): UnnamedChange {
  const beginsAtMs = whole(0, HOUR);
  const soonMs = (): number => pick([0, whole(SECOND, 5 * MINUTE), whole(MINUTE, HOUR)]);
  const [firstMs, secondMs, thirdMs] = [beginsAtMs, beginsAtMs + soonMs(), beginsAtMs + soonMs() + HOUR];
  return sometimes<UnnamedChange>(
    80,
    { kind: 'key-switch', configuredAtMs: firstMs, switchingAtMs: secondMs, publicKeyOnlyAtMs: thirdMs },
    {
      kind: 'key-switch',
      switchingAtMs: firstMs,
      publicKeyOnlyAtMs: secondMs,
      configuredAtMs: secondMs + whole(MINUTE, 30 * MINUTE),
    },
  );
}
