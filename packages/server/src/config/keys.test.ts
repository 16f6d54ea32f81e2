import { readFileSync } from 'node:fs';
import { parse } from 'smol-toml';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { configSchema } from './config-schema.ts';
import { CONFIG_FILE_VARIABLE } from './environment.ts';
import { KEYS } from './keys.ts';

const textOf = (path: string): string => readFileSync(new URL(`../../../../${path}`, import.meta.url), 'utf8');

/** `merchants[].mchid` for each key that the schema takes. */
function keysIn(schema: unknown, prefix = ''): readonly string[] {
  if (schema instanceof z.ZodObject) {
    return Object.entries(schema.shape).flatMap(([name, part]) =>
      keysIn(part, prefix === '' ? name : `${prefix}.${name}`),
    );
  }
  if (schema instanceof z.ZodArray && schema.element instanceof z.ZodObject)
    return keysIn(schema.element, `${prefix}[]`);
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault || schema instanceof z.ZodPrefault)
    return keysIn(schema.unwrap(), prefix);
  return [prefix];
}

test('the list of keys has exactly those that the schema takes', () => {
  expect(KEYS.map(({ key }) => key).toSorted()).toEqual([...keysIn(configSchema)].toSorted());
});

test('docs/CONFIGURATION.md has a row for every key, with its variable, meaning, place and default', () => {
  const page = textOf('docs/CONFIGURATION.md');
  for (const { key, env, kind, about, found, byDefault } of KEYS) {
    const variable =
      env === undefined ? '' : `\`${env}\`${kind === 'secret' || kind === 'secrets' ? ' (or `_FILE`)' : ''}`;
    const cells = [
      `\`${key}\``,
      variable,
      found === undefined ? about : `${about}. Found at: ${found}`,
      byDefault ?? 'needed',
    ];
    expect(page).toContain(`| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`);
  }
  expect(page).toContain(`\`${CONFIG_FILE_VARIABLE}\``);
});

test('the annotated example is TOML and knows every key, those that are commented out included', () => {
  const example = textOf('orderkeeper.example.toml');
  expect(() => parse(example)).not.toThrow();
  // At the beginning of a line, or inside a table that is written on one.
  for (const { key } of KEYS)
    expect(example).toMatch(new RegExp(`(?:^(?:# )?|[{,] )${key.split('.').at(-1) ?? ''} =`, 'm'));
});

test('the annotated example has the form that the schema wants', () => {
  const parsed = configSchema.safeParse(parse(textOf('orderkeeper.example.toml')));
  expect(parsed.error?.issues ?? []).toEqual([]);
});
