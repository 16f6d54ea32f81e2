import { expect, test } from 'vitest';
import { projectOf } from '../project.js';
import { testTitles } from './test-titles.js';

const check = (text) => testTitles.check(projectOf({ 'packages/client/src/a.test.ts': text }));

test('different sentences pass, also below a describe with a short name', () => {
  expect(check("describe('fen', () => { test('an order is paid', f); it('an order is closed', f); });")).toEqual([]);
});

test('the second test of the same title is reported with the line of the first', () => {
  expect(check("test('an order is paid', f);\n\ntest('an order is paid', g);")).toMatchObject([
    { line: 3, message: expect.stringContaining('taken by line 1') },
  ]);
});

test('the same title below another describe is still the same title', () => {
  const text =
    "describe('a', () => { test('an order is paid', f); });\ndescribe('b', () => { test('an order is paid', f); });";
  expect(check(text)).toHaveLength(1);
});

test.each(['works', 'parse fen', 'should parse an amount', ''])('“%s” is no sentence about behaviour', (title) => {
  expect(check(`test('${title}', f);`)).toHaveLength(1);
});

test('titles of tables and templates are looked at too', () => {
  expect(check("test.each([1])('works', f);")).toHaveLength(1);
  expect(check('for (const a of b) test(`${a}`, f);')).toHaveLength(1);
  expect(check('for (const a of b) test(`an order in ${a} can be closed`, f);')).toEqual([]);
});

test('a title in Chinese needs no blanks', () => {
  expect(check("test('已支付的订单不能关闭', f);")).toEqual([]);
});
