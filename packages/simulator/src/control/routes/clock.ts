import { z } from 'zod';
import { defineBodyRoute, defineRoute, json, refuse, type Route } from '../route.ts';

const freezeBody = z.strictObject({
  at: z.iso.datetime({ offset: true }).optional().describe('2026-11-25T10:00:00+08:00'),
  atMs: z.int().nonnegative().optional(),
});

const length = z.number().nonnegative().optional();

const advanceBody = z.strictObject({
  ms: length,
  seconds: length,
  minutes: length,
  hours: length,
  days: length,
  to: z.enum(['next-event']).optional(),
});

const noBody = z.strictObject({});

const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** The simulated time. Each answers with the clock as it stands then. */
export const CLOCK_ROUTES: readonly Route[] = [
  defineRoute(
    { method: 'GET', path: '/clock', about: 'what the clock shows, and when something is due' },
    (_, { clock }) => json(clock.state()),
  ),
  defineBodyRoute(
    {
      method: 'POST',
      path: '/clock/freeze',
      about: 'stops the clock, here or at an instant; a later instant is reached through everything that is due before',
      body: freezeBody,
      fields: Object.keys(freezeBody.shape),
    },
    async (_, { at, atMs }, { clock }) => {
      await clock.freeze(atMs ?? (at === undefined ? undefined : Date.parse(at)));
      return json(clock.state());
    },
  ),
  defineBodyRoute(
    {
      method: 'POST',
      path: '/clock/advance',
      about: 'moves the clock forward, or to the next event, and waits for the answers to notices sent on the way',
      body: advanceBody,
      fields: Object.keys(advanceBody.shape),
    },
    async (_, { ms = 0, seconds = 0, minutes = 0, hours = 0, days = 0, to }, { clock }) => {
      const durationMs = ms + seconds * SECOND_MS + minutes * MINUTE_MS + hours * HOUR_MS + days * DAY_MS;
      if (to === undefined && durationMs === 0) {
        const detail = 'how far? send {"ms": 60000}, {"minutes": 5} or {"to": "next-event"}';
        return refuse({
          status: 400,
          code: 'invalid-body',
          field: 'ms',
          detail,
          allowed: Object.keys(advanceBody.shape),
        });
      }
      const end = to === undefined ? 'ran' : await clock.runToNextEvent();
      if (to === undefined) await clock.advance(durationMs);
      return json({ ...clock.state(), end });
    },
  ),
  defineBodyRoute(
    {
      method: 'POST',
      path: '/clock/run',
      about: 'lets the clock run again, from the instant it shows',
      body: noBody,
      fields: [],
    },
    (_, _body, { clock }) => {
      clock.run();
      return json(clock.state());
    },
  ),
];
