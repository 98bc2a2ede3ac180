import { expect, it } from 'vitest';
import * as z from 'zod';
import { mappingFile, parseMapping } from '../../src/transfer/mapping.ts';

it('The shipped schema of mapping files says what is read', async () => {
  const shipped = {
    title: 'A mapping of hubspot-crm-mcp import',
    ...z.toJSONSchema(mappingFile, { io: 'input' }),
  };
  await expect(`${JSON.stringify(shipped, null, 2)}\n`).toMatchFileSnapshot('../../docs/mapping.schema.json');
});

it('A mapping may name its schema, and begins with a byte order mark where an editor left one', () => {
  const mapping = {
    $schema: './mapping.schema.json',
    version: 1,
    objectType: 'contacts',
    columns: ['a'],
    key: [{ property: 'email', column: 'a' }],
    properties: { email: { column: 'a' } },
  };
  expect(parseMapping(`\uFEFF${JSON.stringify(mapping)}`)).toMatchObject({
    ignore: [],
    delimiter: ',',
    missing: 'create',
  });
});

it('A mapping that was suggested without a key is refused in words that say what to add', () => {
  const columns = ['Town'];
  const mapping = { version: 1, objectType: 'contacts', columns, key: [], properties: { city: { column: 'Town' } } };
  expect(() => parseMapping(JSON.stringify(mapping))).toThrow('key: name a key: a column that tells records apart');
});
