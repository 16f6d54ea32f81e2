import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { SPECIAL_ENDINGS } from './operations/auth-codes.ts';
import { CASES } from './operations/sandbox/cases.ts';
import { DOCUMENTED, defaultSettings, SWITCHES } from './switches.ts';

const PAGE = readFileSync(new URL('../../../docs/SIMULATOR.md', import.meta.url), 'utf8');
const DOCUMENTED_CHOICES = new Map<string, string>(Object.entries(DOCUMENTED));

describe('the page about behaviour', () => {
  test('has a row for every switch, with its choices, the documented one in bold', () => {
    const rows = Object.entries(SWITCHES).map(([name, { choices, about }]) => {
      const shown = choices.map((choice) =>
        DOCUMENTED_CHOICES.get(name) === choice ? `**\`${choice}\`**` : `\`${choice}\``,
      );
      return `| \`${name}\` | ${shown.join(', ')} | ${about} |`;
    });
    expect(PAGE.split('\n').filter((line) => rows.includes(line))).toEqual(rows);
  });

  test('has a row for every setting with its default', () => {
    const cells = PAGE.split('\n').map((line) => line.replaceAll('`', '').split(' | '));
    const rows = new Map(cells.map(([name = '', value]) => [name.replace('| ', ''), value]));
    for (const [name, value] of Object.entries(defaultSettings()))
      expect([name, rows.get(name)]).toEqual([name, String(value)]);
  });

  test('has a row for every special ending of a payer code', () => {
    for (const [ending, { about }] of Object.entries(SPECIAL_ENDINGS))
      expect(PAGE).toContain(`| ${ending} | ${about} |`);
  });

  test('names every amount that the sandbox takes', () => {
    const sandbox = PAGE.slice(PAGE.indexOf('## Sandboxes')).replace('30 to 34', '30, 31, 32, 33, 34');
    const missing = [...CASES.keys()].filter((fen) => !new RegExp(`\\b${fen}\\b`).test(sandbox));
    expect(missing).toEqual([]);
  });
});
