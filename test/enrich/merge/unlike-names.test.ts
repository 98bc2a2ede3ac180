import { describe, expect, it } from 'vitest';
import type { RecordNow } from '../../../src/enrich/merge/types.ts';
import { unlikeNames } from '../../../src/enrich/merge/unlike-names.ts';

const record = (id: string, properties: Record<string, string>): RecordNow => ({
  id,
  properties,
  sources: {},
  createdAt: 0,
  associations: {},
  openDeals: 0,
  wonDeals: 0,
});
const person = (id: string, firstname: string, lastname: string) => record(id, { firstname, lastname });

describe('A plan of a merge doubts', () => {
  it('names that are of different people, by id alone', () => {
    const records = [
      person('1', 'Robert', 'Featherstone'),
      person('2', 'Amara', 'Okonkwo'),
      person('3', 'Bob', 'Featherstone'),
    ];
    const [note, ...more] = unlikeNames('contacts', records);
    expect(note).toContain('2 and 1 look like different ones');
    expect(note).not.toMatch(/Okonkwo|Featherstone/);
    expect(more).toEqual([]);
  });

  it('nothing where names are forms of one, swapped, or not there', () => {
    const records = [
      person('1', 'Robert', 'Smith'),
      person('2', 'Bob', 'Smith'),
      person('3', 'Smith', 'Robert'),
      person('4', '', ''),
    ];
    expect(unlikeNames('contacts', records)).toEqual([]);
  });

  it('companies of other names, and not those of another legal form', () => {
    const companies = ['Acme GmbH', 'ACME Inc.', 'Globex Corporation'].map((name, at) =>
      record(String(at + 1), { name }),
    );
    expect(unlikeNames('companies', companies)).toEqual([
      'By their names, 3 and 1 look like different ones: make sure that they are one.',
    ]);
  });
});
