export type { CancelTimer, Clock, SleepEnd } from './clock.ts';
export { sleep } from './clock.ts';
export type {
  Delivery,
  Http,
  HttpFailureReason,
  HttpRequest,
  HttpResponse,
  HttpTimeLimits,
  TlsIdentity,
} from './http.ts';
export { HttpFailure } from './http.ts';
export type { Random } from './random.ts';
export { createSeededRandom } from './seeded-random.ts';
export { systemClock } from './system-clock.ts';
export { systemRandom } from './system-random.ts';
export { nextTurn } from './system-turn.ts';
export type { VirtualClock, VirtualClockOptions } from './virtual-clock.ts';
export { createVirtualClock } from './virtual-clock.ts';
export { ANSWER_BYTES_MAX_DEFAULT } from './undici-exchange.ts';
export { type ClosableHttp, createHttp, type HttpSettings, TIME_LIMITS_DEFAULT } from './undici-http.ts';
