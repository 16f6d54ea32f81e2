// Preloaded into a peer's process: its clock can be put forward, because bills exist only on the next day and APIv3
// compares the clocks of both sides. The SDK itself is not touched.
const RealDate = Date;
let offsetMs = 0;

/** From now on this process lives that much later than the machine. */
export const putForward = (ms) => {
  offsetMs = ms;
};

const now = () => RealDate.now() + offsetMs;

globalThis.Date = new Proxy(RealDate, {
  construct: (target, args, newTarget) => Reflect.construct(target, args.length === 0 ? [now()] : args, newTarget),
  get: (target, name) => (name === 'now' ? now : Reflect.get(target, name)),
});
