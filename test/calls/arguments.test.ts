import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { readArguments } from '../../src/calls/arguments.ts';
import { UserError } from '../../src/crm/user-error.ts';

const schema = z.object({
  objectType: z.string(),
  ids: z.array(z.string()).min(1).optional(),
  limit: z.int().max(200).default(10),
  archived: z.boolean().optional(),
  filterGroups: z
    .array(
      z.object({ filters: z.array(z.object({ propertyName: z.string(), values: z.array(z.string()).optional() })) }),
    )
    .optional(),
  records: z.array(z.object({ id: z.string().optional(), properties: z.record(z.string(), z.unknown()) })).optional(),
  refs: z.array(z.union([z.string(), z.object({ idProperty: z.string(), value: z.string() })])).optional(),
  order: z.enum(['ASCENDING', 'DESCENDING']).optional(),
});

const read = (said: Record<string, unknown>) => readArguments(schema, { objectType: 'contacts', ...said });

function refusal(said: Record<string, unknown>): UserError {
  try {
    read(said);
  } catch (error) {
    if (error instanceof UserError) return error;
  }
  throw new Error('It was not refused.');
}

describe('Arguments that a host has bent are straightened', () => {
  it('reads lists and objects that arrive as JSON strings, at any depth', () => {
    const filters = JSON.stringify([{ propertyName: 'email', values: '["a","b"]' }]);
    expect(read({ filterGroups: JSON.stringify([{ filters }]) }).filterGroups).toEqual([
      { filters: [{ propertyName: 'email', values: ['a', 'b'] }] },
    ]);
  });

  it('reads all arguments from one JSON string', () => {
    expect(readArguments(schema, '{"objectType":"deals","limit":5}')).toEqual({ objectType: 'deals', limit: 5 });
  });

  it('takes safe whole numbers for ids, and the numbers and booleans that arrive as text', () => {
    expect(read({ ids: [37765128953, '12'], limit: '25', archived: 'true' })).toMatchObject({
      ids: ['37765128953', '12'],
      limit: 25,
      archived: true,
    });
  });

  it('takes one value where a list may have one', () => {
    expect(read({ ids: 37765128953 }).ids).toEqual(['37765128953']);
    expect(read({ records: { properties: { email: 'a@b.c' } } }).records).toEqual([{ properties: { email: 'a@b.c' } }]);
  });

  it('takes an absent argument that was sent as null for absent', () => {
    expect(read({ ids: null, limit: null, order: null })).toEqual({ objectType: 'contacts', limit: 10 });
  });

  it('finds the member of a union that fits', () => {
    expect(read({ refs: [37765128953, { idProperty: 'email', value: 'a@b.c' }] }).refs).toEqual([
      '37765128953',
      { idProperty: 'email', value: 'a@b.c' },
    ]);
  });

  it('takes one of several words in another case', () => {
    expect(read({ order: 'descending' }).order).toBe('DESCENDING');
    expect(() => readArguments(z.object({ unit: z.enum(['m', 'M']) }), { unit: 'x' })).toThrow(UserError);
  });

  it('leaves alone what the schema takes as it stands', () => {
    const properties = { note: '{"not":"an object here"}', amount: 12, cleared: null, zip: '01234' };
    expect(read({ records: [{ properties }] }).records).toEqual([{ properties }]);
  });

  it('does not touch what the caller holds', () => {
    const said = { objectType: 'contacts', ids: '["1"]' };
    readArguments(schema, said);
    expect(said).toEqual({ objectType: 'contacts', ids: '["1"]' });
  });
});

describe('Arguments that cannot be are refused with what to do', () => {
  it('names an unknown argument and the nearest one, instead of ignoring it', () => {
    const { code, message, details } = refusal({ filterGroup: [] });
    expect(code).toBe('unknown_argument');
    expect(message).toBe('There is no argument "filterGroup". Did you mean "filterGroups"?');
    expect(details).toMatchObject({ property: 'filterGroup', nearest: ['filterGroups'] });
  });

  it('finds unknown names inside lists and objects too', () => {
    const { details } = refusal({ filterGroups: [{ filters: [{ propertyName: 'email', value: ['a'] }] }] });
    expect(details).toMatchObject({ property: 'filterGroups[0].filters[0].value', nearest: ['values'] });
  });

  it('allows any name where names are data', () => {
    expect(read({ records: [{ properties: { anything_at_all: 1 } }] }).records).toHaveLength(1);
  });

  it('says where the value is wrong and what would do', () => {
    expect(refusal({ limit: 500 })).toMatchObject({
      code: 'invalid_arguments',
      message: 'limit is at most 200.',
      details: { property: 'limit' },
    });
    expect(refusal({ ids: [] }).message).toBe('ids takes at least 1 item.');
    expect(refusal({ order: 'UP' }).message).toBe('order must be one of the allowed values.');
    expect(refusal({ archived: 'perhaps' }).message).toBe('archived must be true or false.');
    expect(refusal({ refs: [true] }).message).toBe('refs[0] must be a string, or must be an object.');
    expect(refusal({ order: 'UP' }).details.allowed).toEqual(['ASCENDING', 'DESCENDING']);
    expect(refusal({ objectType: undefined }).message).toBe('objectType is missing.');
  });

  it('does not round an id that came as a number too large to be exact', () => {
    expect(refusal({ ids: [2 ** 53] }).message).toContain('send it as a string');
    expect(refusal({ refs: [2 ** 53] }).message).toContain('send it as a string');
  });

  it.each([[[]], ['text'], [7], [true]])('refuses %j as arguments', (said) => {
    expect(() => readArguments(schema, said)).toThrow(UserError);
  });
});

const deep = (levels: number) => '['.repeat(levels) + ']'.repeat(levels);

describe('Arguments that nobody means well with', () => {
  it('are refused when they are nested too deeply to be worked with, also inside a JSON string', () => {
    for (const levels of [100, 5_000, 200_000]) {
      expect(refusal({ records: [{ properties: { firstname: JSON.parse(deep(levels)) as unknown } }] }).code).toBe(
        'invalid_arguments',
      );
      expect(refusal({ records: `[{"properties":{"firstname":${deep(levels)}}}]` }).code).toBe('invalid_arguments');
      expect(() => readArguments(schema, deep(levels))).toThrow(UserError);
    }
  });

  it('are refused where a tool takes none', () => {
    const none = z.object({});
    expect(readArguments(none, {})).toEqual({});
    for (const name of ['limit', 'constructor', 'toString']) {
      expect(() => readArguments(none, { [name]: 1 })).toThrow(`There is no argument "${name}"`);
    }
  });

  it('are refused when they would be dropped for their name', () => {
    const properties: unknown = JSON.parse('{"firstname":"Ann","__proto__":{"lastname":"Lee"}}');
    expect(refusal({ records: [{ properties }] })).toMatchObject({ code: 'unknown_argument' });
    expect(() => readArguments(z.object({}), JSON.parse('{"__proto__":{}}'))).toThrow(UserError);
  });

  it('names what an object within knows too where it takes nothing else', () => {
    const strict = z.object({
      notes: z.array(z.strictObject({ body: z.string(), attachmentIds: z.string().optional() })),
    });
    const said = { notes: [{ body: 'Hi', attachments: '1' }] };
    expect(() => readArguments(strict, said)).toThrow(
      expect.objectContaining({
        code: 'unknown_argument',
        message: 'There is no argument "attachments" in notes[0]. Did you mean "attachmentIds"?',
        details: expect.objectContaining({ allowed: ['body', 'attachmentIds'], property: 'notes[0].attachments' }),
      }),
    );
  });

  it('are quoted in short', () => {
    const { message, details } = refusal({ ['x'.repeat(100_000)]: 1 });
    expect(message.length).toBeLessThan(300);
    expect(details.nearest).toBeUndefined();
  });
});
