import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Graded, gradeOf } from '../../../src/enrich/grade/index.ts';

const full = new Map(
  ['email', 'firstname', 'lastname', 'phone', 'lifecyclestage', 'hubspot_owner_id'].map((name) => [name, 1]),
);
const contacts: Graded = { objectType: 'contacts', records: 200, findings: [], extra: 0, fill: full };
const finding = (ids: readonly string[], severity: 'high' | 'medium' | 'low' = 'high', total = ids.length) => ({
  severity,
  recordIds: ids,
  total,
});
const ids = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => String(from + i));

describe('A grade', () => {
  it('is an A where nothing is wrong, and none where there are no records', () => {
    expect(gradeOf([contacts])).toMatchObject({ letter: 'A', score: 1 });
    expect(gradeOf([{ ...contacts, records: 0 }])).toBeUndefined();
  });

  it('counts a record once however many findings name it, and cosmetic ones not at all', () => {
    const once = gradeOf([{ ...contacts, findings: [finding(ids(0, 40))] }]);
    const thrice = gradeOf([
      { ...contacts, findings: [finding(ids(0, 40)), finding(ids(0, 30), 'medium'), finding(ids(50, 90), 'low')] },
    ]);
    expect(once?.types[0]?.parts[0]).toEqual({ name: 'sound', share: 0.8, weight: 50 });
    expect(thrice).toEqual(once);
  });

  it('takes findings that name more records than they list as met by chance', () => {
    const both = [finding(ids(0, 50), 'high', 100), finding(ids(0, 50), 'medium', 100)];
    expect(gradeOf([{ ...contacts, findings: both }])?.types[0]?.parts[0]?.share).toBe(0.25);
  });

  it('takes no account of findings that are about no records', () => {
    expect(gradeOf([{ ...contacts, findings: [finding([], 'high', 200)] }])?.score).toBe(1);
  });

  it('loses a tenth for each percent of double records, and nothing where none were looked for', () => {
    const { extra: _, ...unsought } = contacts;
    expect(gradeOf([{ ...contacts, extra: 2 }])?.types[0]?.parts[1]?.share).toBeCloseTo(0.9);
    expect(gradeOf([{ ...contacts, extra: 150 }])?.types[0]?.parts[1]?.share).toBe(0);
    expect(gradeOf([unsought])?.types[0]?.parts.map(({ name }) => name)).toEqual(['sound', 'filled']);
  });

  it('has its letters where the formula says', () => {
    const { extra: _, ...rest } = { ...contacts, fill: new Map<string, number>() };
    const letters = [0, 20, 21, 40, 41, 60, 61, 80, 81, 200].map((bad) => {
      const findings = [finding(['0'], 'high', bad)].filter(() => bad > 0);
      return gradeOf([{ ...rest, findings }])?.letter;
    });
    expect(letters.join('')).toBe('AABBCCDDFF');
  });

  it('is the mean of its types, each the same weight', () => {
    const bad = { ...contacts, objectType: 'things', records: 2, findings: [finding(['1', '2'])], fill: full };
    const { extra: _, ...things } = bad;
    expect(gradeOf([contacts, things])).toMatchObject({ score: 0.5, letter: 'F' });
  });

  it('never grows when there is one more finding or one more double', () => {
    const some = fc.record({
      records: fc.integer({ min: 1, max: 500 }),
      extra: fc.integer({ min: 0, max: 50 }),
      named: fc.array(fc.array(fc.integer({ min: 0, max: 60 }).map(String), { maxLength: 30 }), { maxLength: 5 }),
      more: fc.array(fc.integer({ min: 0, max: 60 }).map(String), { maxLength: 30 }),
    });
    fc.assert(
      fc.property(some, ({ records, extra, named, more }) => {
        const findings = named.map((each) => finding([...new Set(each)]));
        const before = gradeOf([{ ...contacts, records, extra, findings }])?.score ?? -1;
        const worse = [...findings, finding([...new Set(more)])];
        expect(gradeOf([{ ...contacts, records, extra: extra + 1, findings: worse }])?.score).toBeLessThanOrEqual(
          before + 1e-9,
        );
        expect(before).toBeGreaterThanOrEqual(0);
        expect(before).toBeLessThanOrEqual(1);
      }),
    );
  });
});
