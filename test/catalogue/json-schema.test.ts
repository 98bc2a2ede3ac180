import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { jsonSchema } from '../../src/catalogue/json-schema.ts';

describe('An input as a model reads it', () => {
  const input = z.strictObject({
    rows: z.array(z.strictObject({ id: z.string() })).min(1),
    limit: z.int().min(1).max(50).default(20),
    least: z.number().min(7).optional(),
    values: z.record(z.string(), z.unknown()).optional(),
  });

  it('says once that strange names are refused, and leaves out what goes without saying', () => {
    expect(jsonSchema(input, 'input')).toEqual({
      type: 'object',
      properties: {
        rows: { type: 'array', items: { type: 'object', properties: { id: { type: 'string' } }, required: ['id'] } },
        limit: { type: 'integer', default: 20, maximum: 50 },
        least: { type: 'number', minimum: 7 },
        values: { type: 'object' },
      },
      required: ['rows'],
      additionalProperties: false,
    });
  });

  it('has the words of a schema that says how it is to be shown, also where it may be left out', () => {
    const ref = z
      .union([z.string(), z.strictObject({ id: z.string() })])
      .meta({ shown: { type: ['string', 'object'] } });
    const shown = jsonSchema(z.strictObject({ ref, refs: z.array(ref), other: ref.optional() }), 'input');
    expect(shown['properties']).toEqual({
      ref: { type: ['string', 'object'] },
      refs: { type: 'array', items: { type: ['string', 'object'] } },
      other: { type: ['string', 'object'] },
    });
  });
});

describe('An output', () => {
  it('keeps all that a client may check it by', () => {
    const output = z.object({ rows: z.array(z.object({ id: z.string() })).min(1) });
    expect(jsonSchema(output, 'output')['properties']).toMatchObject({
      rows: { minItems: 1, items: { additionalProperties: false } },
    });
  });
});
