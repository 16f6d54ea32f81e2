import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { FAULT_MOMENTS } from '../faults/fault.ts';
import { CONTROL_ROUTES } from './control-api.ts';

const README = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');

/** Names of fields of a JSON Schema. */
const fieldsOf = (schema: unknown): string[] => {
  if (typeof schema !== 'object' || schema === null || !('properties' in schema)) return [];
  const { properties } = schema;
  return typeof properties === 'object' && properties !== null ? Object.keys(properties) : [];
};

describe('the README', () => {
  test('lists exactly the routes there are', () => {
    const listed = [...README.matchAll(/`((?:GET|POST|PUT|DELETE) \/[^`]*)`/g)].map(([, route = '']) => route);
    const known = CONTROL_ROUTES.map(({ method, path }) => `${method} ${path}`);
    expect(known.filter((route) => !listed.includes(route))).toEqual([]);
    expect(listed.filter((route) => !known.includes(route))).toEqual([]);
  });

  test('names every field of every body', () => {
    const isSwitch = (path: string): boolean => path === '/switches' || path === '/settings';
    const fields = CONTROL_ROUTES.filter(({ path }) => !isSwitch(path)).flatMap(({ body }) => fieldsOf(body));
    expect(fields.length).toBeGreaterThan(20);
    expect(fields.filter((field) => !new RegExp(`\\b${field}\\b`).test(README))).toEqual([]);
  });

  test('has a row for every fault with the moments at which it strikes', () => {
    for (const [kind, moments] of Object.entries(FAULT_MOMENTS)) {
      const when = moments.filter((moment) => moment !== 'notice').join(', ');
      expect(README).toContain(`| \`${kind}\` | ${when === '' ? '' : `${when} `}|`);
    }
  });
});
