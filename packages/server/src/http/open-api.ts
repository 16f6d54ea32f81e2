import { z } from 'zod';
import { problemSchema } from '../contract/answers.ts';
import { PROBLEMS } from '../contract/problem.ts';
import type { Route } from './route.ts';

const schemaOf = (schema: z.ZodType, io: 'input' | 'output'): unknown =>
  z.toJSONSchema(schema, { io, unrepresentable: 'any' });

const content = (type: string, schema: unknown): object => ({ content: { [type]: { schema } } });

/** The interface as an OpenAPI 3.1 document, made from the schemas that check requests. @see https://spec.openapis.org/oas/v3.1.0 */
export function openApi(routes: readonly Route[]): unknown {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const route of routes)
    paths[route.path] = { ...paths[route.path], [route.method.toLowerCase()]: operation(route) };
  return {
    openapi: '3.1.0',
    info: { title: 'Orderkeeper', version: '1', description: 'WeChat Pay orders, kept true until they are final.' },
    security: [{ key: [] }],
    paths,
    components: {
      securitySchemes: { key: { type: 'http', scheme: 'bearer' } },
      schemas: {
        ProblemCode: {
          enum: Object.keys(PROBLEMS),
          description: Object.entries(PROBLEMS)
            .map(([code, { status, about }]) => `${code} (${status}): ${about}`)
            .join('\n'),
        },
      },
    },
  };
}

function operation({ method, about, params, query, body, answer }: Route): unknown {
  const write = method === 'POST';
  const success = content('application/json', schemaOf(answer, 'output'));
  return {
    summary: about,
    parameters: [
      ...parameters('path', params),
      ...parameters('query', query),
      ...(write ? [{ name: 'Idempotency-Key', in: 'header', schema: { type: 'string', maxLength: 255 } }] : []),
    ],
    ...(write ? { requestBody: content('application/json', schemaOf(body, 'input')) } : {}),
    responses: {
      '2XX': { description: 'followed', ...success },
      default: {
        description: 'not followed; code says why',
        ...content('application/problem+json', schemaOf(problemSchema, 'output')),
      },
    },
  };
}

function parameters(place: 'path' | 'query', schema: z.ZodType): readonly unknown[] {
  if (!(schema instanceof z.ZodObject)) return [];
  return Object.entries(schema.shape).map(([name, part]) => ({
    name,
    in: place,
    required: place === 'path',
    schema: part instanceof z.ZodType ? schemaOf(part, 'input') : {},
  }));
}
