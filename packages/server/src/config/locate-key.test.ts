import { expect, test } from 'vitest';
import { locateKey } from './locate-key.ts';

const TOML = `port = 1
[log]
level = "x" # a comment
[[merchants]]
mchid = "a"
[[merchants]]
  mchid = "b"
`;

test.each([
  [['port'], 1],
  [['log', 'level'], 3],
  [['merchants', 0, 'mchid'], 5],
  [['merchants', 1, 'mchid'], 7],
  [['merchants', 1, 'appid'], 6],
  [['log', 'colour'], 2],
  [['store', 'path'], undefined],
])('the place of %j is line %s', (path, line) => {
  expect(locateKey(TOML, path)).toBe(line);
});
