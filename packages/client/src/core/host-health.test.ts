import { describe, expect, test } from 'vitest';
import { firstHost, HEALTHY, type HostEvent, type HostHealth, nextHealth } from './host-health.ts';

const after = (...events: HostEvent[]): HostHealth =>
  events.reduce((health, event) => nextHealth(health, event, 1_000), HEALTHY);

describe('the first host', () => {
  test.each<[string, HostEvent[]]>([
    ['nothing happened', []],
    ['two connect timeouts', ['connect-timeout', 'connect-timeout']],
    [
      'two connect timeouts and two name errors',
      ['connect-timeout', 'name-not-resolved', 'connect-timeout', 'name-not-resolved'],
    ],
    ['any number of lost connections', Array.from({ length: 9 }, () => 'connection-lost' as const)],
    ['any number of answer timeouts', Array.from({ length: 9 }, () => 'answer-timeout' as const)],
    [
      'timeouts that two successes wiped out',
      ['connect-timeout', 'connect-timeout', 'reached', 'reached', 'connect-timeout'],
    ],
  ])('is asked first after %s', (_, events) => {
    expect(firstHost(after(...events), 1_000)).toBe('primary');
  });

  test.each<[string, HostEvent[]]>([
    ['three connect timeouts', ['connect-timeout', 'connect-timeout', 'connect-timeout']],
    ['three name errors', ['name-not-resolved', 'name-not-resolved', 'name-not-resolved']],
    ['three timeouts with one success between', ['connect-timeout', 'connect-timeout', 'reached', 'connect-timeout']],
    [
      'three timeouts with successes that were not in a row',
      ['connect-timeout', 'reached', 'connection-lost', 'reached', 'connect-timeout', 'connect-timeout'],
    ],
  ])('is avoided for three minutes after %s', (_, events) => {
    const health = after(...events);
    expect(firstHost(health, 1_000 + 179_999)).toBe('secondary');
    expect(firstHost(health, 1_000 + 180_000)).toBe('primary');
  });

  test('begins with a clean slate after its three minutes', () => {
    const bad = after('connect-timeout', 'connect-timeout', 'connect-timeout');
    const back = nextHealth(bad, 'connect-timeout', 181_000);
    expect(back).toEqual({ ...HEALTHY, connectTimeoutsCount: 1 });
  });

  test('costs nothing to watch while it is well: the same object stays', () => {
    expect(nextHealth(HEALTHY, 'reached', 5)).toBe(HEALTHY);
  });
});
