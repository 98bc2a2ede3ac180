import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { assert, asyncProperty } from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { differing, project, stateOf } from './portal-state.ts';
import { furnish, write, writes } from './random-writes.ts';
import { create, read } from './records.ts';
import { type Talk, talkTo } from './talk.ts';

describe('a snapshot', () => {
  test('is gone back to whole: records, links, definitions, lists and what search finds', async () => {
    const talk = await talkTo();
    const { control } = talk.portal;
    const ada = await create(talk, 'contacts', { email: 'ada@example.com', firstname: 'Ada' });
    const acme = await create(talk, 'companies', { name: 'Acme' });
    const search = () =>
      talk('POST', '/crm/v3/objects/contacts/search', {
        filterGroups: [{ filters: [{ propertyName: 'firstname', operator: 'EQ', value: 'Ada' }] }],
      });
    expect((await search()).body).toMatchObject({ total: 1 });
    const before = stateOf(talk);
    control.snapshot('before');
    await talk('PATCH', `/crm/v3/objects/contacts/${ada}`, {
      properties: { firstname: 'Eve', email: 'eve@example.com' },
    });
    await talk('PUT', `/crm/v4/objects/contacts/${ada}/associations/default/companies/${acme}`);
    await create(talk, 'contacts', { email: 'ada@example.com', firstname: 'Ada' });
    await talk('DELETE', `/crm/v3/objects/companies/${acme}`);
    await talk('POST', '/crm/v3/properties/contacts/groups', { name: 'own', label: 'Own', displayOrder: 1 });
    expect(stateOf(talk)).not.toEqual(before);

    control.restore('before');
    expect(stateOf(talk)).toEqual(before);
    expect(await read(talk, 'contacts', ada, 'firstname')).toBe('Ada');
    expect((await search()).body).toMatchObject({ total: 1, results: [{ id: ada }] });
    // The value is free again, and the id that was given in between is given again.
    expect((await talk('POST', '/crm/v3/objects/contacts', { properties: { email: 'eve@example.com' } })).status).toBe(
      201,
    );
    expect((await talk('POST', '/crm/v3/objects/contacts', { properties: { email: 'ada@example.com' } })).status).toBe(
      409,
    );
  });

  test('stays after it was restored; an older one takes the newer ones with it; one of the same name is taken anew', async () => {
    const talk = await talkTo();
    const { control } = talk.portal;
    const rename = (id: string, firstname: string) =>
      talk('PATCH', `/crm/v3/objects/contacts/${id}`, { properties: { firstname } });
    const ada = await create(talk, 'contacts', { firstname: 'zero' });
    const name = () => read(talk, 'contacts', ada, 'firstname');
    control.snapshot('zero');
    await rename(ada, 'one');
    control.snapshot('one');
    await rename(ada, 'two');
    control.snapshot('two');
    expect(control.snapshots()).toEqual(['zero', 'one', 'two']);

    control.restore('one');
    expect([await name(), ...control.snapshots()]).toEqual(['one', 'zero', 'one']);
    await rename(ada, 'other');
    control.restore('one');
    expect(await name()).toBe('one');

    await rename(ada, 'later');
    control.snapshot('zero');
    expect(control.snapshots()).toEqual(['one', 'zero']);
    await rename(ada, 'last');
    control.restore('zero');
    expect(await name()).toBe('later');
    control.restore('one');
    expect([await name(), ...control.snapshots()]).toEqual(['one', 'one']);
    expect(() => control.restore('zero')).toThrow('There is no snapshot "zero": there are "one".');
    expect(() => control.diff('never')).toThrow('There is no snapshot "never"');
  });

  test('keeps what it needs when a newer one is taken anew', async () => {
    const talk = await talkTo();
    const { control } = talk.portal;
    const ada = await create(talk, 'contacts', { firstname: 'zero' });
    const rename = (firstname: string) =>
      talk('PATCH', `/crm/v3/objects/contacts/${ada}`, { properties: { firstname } });
    control.snapshot('older');
    control.snapshot('newer');
    await rename('one');
    control.snapshot('newer');
    expect(control.diff('older').records.updated).toMatchObject([
      { properties: { firstname: { before: 'zero', after: 'one' } } },
    ]);
    await rename('two');
    control.restore('older');
    expect(await read(talk, 'contacts', ada, 'firstname')).toBe('zero');
  });

  test('in a file is there again when the file is opened, with what changed since', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'snapshot-'));
    try {
      const file = join(folder, 'portal.db');
      const first = await talkTo({ file });
      const ada = await create(first, 'contacts', { firstname: 'Ada' });
      first.portal.control.snapshot('kept');
      await first('PATCH', `/crm/v3/objects/contacts/${ada}`, { properties: { firstname: 'Eve' } });
      first.portal.close();

      const second = await talkTo({ file });
      await second('PATCH', `/crm/v3/objects/contacts/${ada}`, { properties: { lastname: 'Moneypenny' } });
      expect(second.portal.control.diff('kept').records.updated).toEqual([
        {
          objectType: 'contacts',
          id: ada,
          properties: {
            firstname: { before: 'Ada', after: 'Eve' },
            lastname: { before: null, after: 'Moneypenny' },
          },
        },
      ]);
      second.portal.control.restore('kept');
      expect(await read(second, 'contacts', ada, 'firstname')).toBe('Ada');
      second.portal.close();
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

describe('a difference', () => {
  test('says what was written and nothing else, and what followed from it apart', async () => {
    const talk = await talkTo();
    const { control } = talk.portal;
    const ada = await create(talk, 'contacts', { firstname: 'Ada', phone: '1' });
    const bob = await create(talk, 'contacts', { firstname: 'Bob' });
    const acme = await create(talk, 'companies', { name: 'Acme' });
    control.snapshot('before');
    expect(differing(control.diff('before'))).toEqual({});

    await talk('PATCH', `/crm/v3/objects/contacts/${ada}`, { properties: { firstname: 'Eve', phone: '' } });
    await talk('PATCH', `/crm/v3/objects/contacts/${bob}`, { properties: { firstname: 'Rob' } });
    await talk('PATCH', `/crm/v3/objects/contacts/${bob}`, { properties: { firstname: 'Bob' } });
    await talk('PUT', `/crm/v4/objects/companies/${acme}/associations/default/contacts/${ada}`);
    const deal = await create(talk, 'deals', { dealname: 'Beans', dealstage: 'closedwon' });
    await talk('DELETE', `/crm/v3/objects/contacts/${bob}`);
    await talk('POST', '/crm/v3/properties/contacts/groups', { name: 'own', label: 'Own', displayOrder: 1 });

    const { records, associations, lists, definitions } = control.diff('before');
    expect({ ...records, calculated: [] }).toEqual({
      created: [
        {
          objectType: 'deals',
          id: deal,
          properties: expect.objectContaining({ dealname: 'Beans', dealstage: 'closedwon', pipeline: 'default' }),
        },
      ],
      updated: [
        {
          objectType: 'contacts',
          id: ada,
          properties: { firstname: { before: 'Ada', after: 'Eve' }, phone: { before: '1', after: null } },
        },
      ],
      archived: [{ objectType: 'contacts', id: bob }],
      restored: [],
      merged: [],
      deleted: [],
      calculated: [],
    });
    expect(associations).toEqual({
      added: [
        {
          from: { objectType: 'contacts', id: ada },
          to: { objectType: 'companies', id: acme },
          category: 'HUBSPOT_DEFINED',
          typeId: 279,
          label: null,
        },
      ],
      removed: [],
    });
    expect(records.calculated).toContainEqual(
      expect.objectContaining({
        objectType: 'companies',
        id: acme,
        properties: expect.objectContaining({ num_associated_contacts: { before: '0', after: '1' } }),
      }),
    );
    expect(lists).toEqual({ added: [], changed: [], removed: [], members: [] });
    expect(definitions).toEqual({
      propertyGroups: {
        added: [
          {
            objectType: 'contacts',
            name: 'own',
            definition: { name: 'own', label: 'Own', displayOrder: 1, archived: false },
          },
        ],
        changed: [],
        removed: [],
      },
    });
  });

  test('tells of a property that is named as what every object of JavaScript has', async () => {
    const talk = await talkTo();
    const { control } = talk.portal;
    const definition = { label: 'Builder', groupName: 'contactinformation', type: 'string', fieldType: 'text' };
    expect((await talk('POST', '/crm/v3/properties/contacts', { name: 'constructor', ...definition })).status).toBe(
      201,
    );
    const id = await create(talk, 'contacts', { email: 'ada@example.com' });
    control.snapshot('before');
    await talk('PATCH', `/crm/v3/objects/contacts/${id}`, { properties: { constructor: 'Acme' } });
    const came = { properties: { constructor: { before: null, after: 'Acme' } } };
    expect(control.diff('before').records.updated).toMatchObject([came]);
    control.snapshot('between');
    await talk('PATCH', `/crm/v3/objects/contacts/${id}`, { properties: { constructor: '' } });
    const went = { properties: { constructor: { before: 'Acme', after: null } } };
    expect(control.diff('between').records.updated).toMatchObject([went]);
  });

  test('names merges, list members and the members of a definition that changed', async () => {
    const talk = await talkTo();
    const { control } = talk.portal;
    const [ada, eve] = [
      await create(talk, 'contacts', { firstname: 'Ada' }),
      await create(talk, 'contacts', { firstname: 'Eve' }),
    ];
    await talk('POST', '/crm/v3/lists', { name: 'Some', objectTypeId: '0-1', processingType: 'MANUAL' });
    await talk('POST', '/crm/v3/properties/contacts/groups', { name: 'own', label: 'Own', displayOrder: 1 });
    control.snapshot('before');
    await talk('PUT', '/crm/v3/lists/1/memberships/add', [ada]);
    await talk('PATCH', '/crm/v3/properties/contacts/groups/own', { label: 'Owned' });
    await talk('POST', '/crm/v3/objects/contacts/merge', { primaryObjectId: ada, objectIdToMerge: eve });
    const { records, lists, definitions } = control.diff('before');
    expect(records.merged.map(({ id }) => id)).toContain(eve);
    expect(lists.members).toEqual([expect.objectContaining({ listId: '1' })]);
    expect(definitions['propertyGroups']?.changed).toEqual([
      { objectType: 'contacts', name: 'own', changes: { label: { before: 'Own', after: 'Owned' } } },
    ]);
  });
});

describe('random writes', () => {
  let talk: Talk;
  beforeAll(async () => {
    talk = await talkTo({ tier: 'enterprise' });
    await furnish(talk);
    talk.portal.control.snapshot('furnished');
  });

  test('are undone by restoring, and the difference turns the old portal into the new one', {
    timeout: 60_000,
  }, async () => {
    const { control } = talk.portal;
    await assert(
      asyncProperty(writes(25), writes(25), writes(10), async (first, second, third) => {
        control.restore('furnished');
        await write(talk, first);
        const before = stateOf(talk);
        control.snapshot('before');
        await write(talk, second);
        const after = stateOf(talk);
        expect(project(before, control.diff('before'))).toEqual(after.facts);
        control.snapshot('after');
        await write(talk, third);
        control.restore('after');
        expect(stateOf(talk)).toEqual(after);
        expect(differing(control.diff('after'))).toEqual({});
        await write(talk, third);
        // Retaking the newer one must not lose what the older one needs.
        control.snapshot('after');
        control.restore('before');
        expect(stateOf(talk)).toEqual(before);
      }),
      { numRuns: 12 },
    );
  });
});
