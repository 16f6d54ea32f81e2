import { readdirSync, readFileSync } from 'node:fs';
import { defineConfig } from 'vitest/config';
import quick from './vitest.config.ts';

const SWITCH = 'ORDERKEEPER_TESTS';

/** Only the tests that have more to do in the whole run, which is said by their asking for it. */
const include = ['packages', 'scenarios']
  .flatMap((folder) => readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((path) => `${folder}/${path}`))
  .filter((path) => path.endsWith('.test.ts') && !/(?:^|\/)(?:node_modules|dist)\//.test(path))
  .filter((path) => readFileSync(path, 'utf8').includes(SWITCH));

/** A guard against hanging, not a measure: the longest takes half a minute on an idle machine, minutes on a busy one. */
const testTimeout = 600_000;

export default defineConfig({ ...quick, test: { ...quick.test, include, testTimeout, env: { [SWITCH]: 'whole' } } });
