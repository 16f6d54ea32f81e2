import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { PROBLEMS } from '../contract/problem.ts';
import { openApi } from './open-api.ts';
import { ROUTES } from './routes/all.ts';

const PAGE = readFileSync(new URL('../../../../docs/API.md', import.meta.url), 'utf8');

test('docs/API.md has a row for every route', () => {
  for (const { method, path, about } of ROUTES) expect(PAGE).toContain(`| \`${method} ${path}\` | ${about} |`);
});

test('docs/API.md has exactly the codes of problems that there are', () => {
  const rows = Object.entries(PROBLEMS).map(([code, { status, about }]) => `| \`${code}\` | ${status} | ${about} |`);
  expect(PAGE.slice(PAGE.indexOf('| code |')).trim().split('\n').slice(2)).toEqual(rows);
});

test('the OpenAPI document has every route, with the fields that a request may have', () => {
  expect(openApi(ROUTES)).toMatchObject({
    openapi: '3.1.0',
    paths: {
      '/v1/orders': {
        post: {
          requestBody: {
            content: {
              'application/json': {
                schema: {
                  additionalProperties: false,
                  properties: { totalFen: { type: 'integer' }, protocol: { enum: ['v2', 'v3'] } },
                },
              },
            },
          },
        },
        get: { parameters: expect.arrayContaining([expect.objectContaining({ name: 'cursor', in: 'query' })]) },
      },
      '/v1/orders/{orderId}': {
        get: {
          parameters: [expect.objectContaining({ name: 'orderId', in: 'path', required: true }), expect.anything()],
        },
      },
    },
  });
});
