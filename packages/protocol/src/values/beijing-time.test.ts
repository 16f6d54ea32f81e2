import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  beijingDayOf,
  parseBeijingDay,
  parseBeijingTime,
  parseDashedBeijingTime,
  printBeijingTime,
  printDashedBeijingTime,
} from './beijing-time.ts';

const AT_MS = Date.UTC(2026, 10, 24, 7, 7, 9);

const COMPILER_OPTIONS = ['--module', 'nodenext', '--target', 'es2023', '--rewriteRelativeImportExtensions'];

const run = (environment: Readonly<Record<string, string>>, ...command: readonly string[]): string =>
  execFileSync(process.execPath, command, { env: { ...process.env, ...environment }, encoding: 'utf8' });

test('an instant has the same time in Beijing in both spellings', () => {
  expect(printBeijingTime(AT_MS + 999)).toBe('20261124150709');
  expect(printDashedBeijingTime(AT_MS + 999)).toBe('2026-11-24 15:07:09');
  expect(parseBeijingTime('20261124150709')).toEqual({ ok: true, value: AT_MS });
  expect(parseDashedBeijingTime('2026-11-24 15:07:09')).toEqual({ ok: true, value: AT_MS });
});

test.each([
  ['', 'empty'],
  ['2026112415070', 'too short'],
  ['202611241507090', 'too long'],
  ['20260229000000', 'a day that year does not have'],
  ['20261301000000', 'a thirteenth month'],
  ['20260001000000', 'a month 0'],
  ['20260100000000', 'a day 0'],
  ['20261124240000', 'an hour 24'],
  ['20261124156000', 'a minute 60'],
  ['20261124150760', 'a second 60'],
  ['00500101000000', 'a year that dates take for 1950'],
  ['2026-11-24 15:07:09', 'the other spelling'],
  ['２０２６１１２４１５０７０９', 'wide digits'],
  [' 20261124150709', 'a blank'],
])('"%s" (%s) is no compact time', (text) => {
  expect(parseBeijingTime(text)).toMatchObject({ ok: false, reason: 'not-a-time' });
});

test.each(['2026-11-24T15:07:09', '2026-11-24 15:07', '2026-02-30 00:00:00', '20261124150709', '2026-1-1 0:00:00'])(
  '"%s" is no dashed time',
  (text) => {
    expect(parseDashedBeijingTime(text)).toMatchObject({ ok: false, reason: 'not-a-time' });
  },
);

test('a leap day is a day', () => {
  expect(parseBeijingTime('20240229235959')).toEqual({ ok: true, value: Date.UTC(2024, 1, 29, 15, 59, 59) });
});

test('a day begins at midnight in Beijing, which is four in the afternoon in London', () => {
  expect(parseBeijingDay('20261124')).toEqual({
    ok: true,
    value: { text: '20261124', startMs: Date.UTC(2026, 10, 23, 16) },
  });
  expect(parseBeijingDay('20261131')).toMatchObject({ ok: false });
  expect(beijingDayOf(Date.UTC(2026, 10, 23, 16)).text).toBe('20261124');
  expect(beijingDayOf(Date.UTC(2026, 10, 23, 16) - 1).text).toBe('20261123');
});

test('every instant of the years 0100 to 9999 comes back, and lies in its day', () => {
  const instants = fc.integer({ min: Date.UTC(100, 0, 1), max: Date.UTC(9999, 11, 30) });
  fc.assert(
    fc.property(instants, (atMs) => {
      const secondMs = Math.floor(atMs / 1000) * 1000;
      expect(parseBeijingTime(printBeijingTime(atMs))).toEqual({ ok: true, value: secondMs });
      expect(parseDashedBeijingTime(printDashedBeijingTime(atMs))).toEqual({ ok: true, value: secondMs });
      const day = beijingDayOf(atMs);
      expect(parseBeijingDay(day.text)).toEqual({ ok: true, value: day });
      expect(atMs - day.startMs).toBeGreaterThanOrEqual(0);
      expect(atMs - day.startMs).toBeLessThan(86_400_000);
    }),
  );
});

test.each([Number.NaN, Number.POSITIVE_INFINITY, 8.64e15, Date.UTC(10000, 0, 1), -1e14])(
  '%d is no instant to write',
  (atMs) => {
    expect(() => printBeijingTime(atMs)).toThrow(RangeError);
  },
);

test('processes in three time zones give the same answers', () => {
  const here = fileURLToPath(new URL('.', import.meta.url));
  const tsc = fileURLToPath(new URL('../../../../node_modules/typescript/bin/tsc', import.meta.url));
  const compiled = mkdtempSync(join(tmpdir(), 'beijing-time-'));
  try {
    writeFileSync(join(compiled, 'package.json'), '{ "type": "module" }');
    run({}, tsc, '--ignoreConfig', '--outDir', compiled, ...COMPILER_OPTIONS, join(here, 'beijing-time.ts'));
    writeFileSync(
      join(compiled, 'main.js'),
      `import { beijingDayOf, parseBeijingTime, printBeijingTime } from './beijing-time.js';
       const atMs = ${AT_MS};
       console.log(new Date(atMs).getHours());
       console.log(JSON.stringify([printBeijingTime(atMs), parseBeijingTime('20260329023000'), beijingDayOf(atMs)]));`,
    );
    const answers = ['Asia/Shanghai', 'America/New_York', 'Europe/Berlin'].map((zone) => {
      return run({ TZ: zone }, join(compiled, 'main.js')).split('\n');
    });
    expect(answers.map(([hour]) => hour)).toEqual(['15', '2', '8']);
    expect(new Set(answers.map(([, answer]) => answer)).size).toBe(1);
  } finally {
    rmSync(compiled, { recursive: true });
  }
});
