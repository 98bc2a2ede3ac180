import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { defaultScoreRules } from '../../../src/enrich/scores/default-rules.ts';
import { matches } from '../../../src/enrich/scores/matches.ts';
import { parseScoreRules, scoreRulesFile } from '../../../src/enrich/scores/rules.ts';
import { scoreOf } from '../../../src/enrich/scores/score.ts';
import type { ScoreFilter, ScoreModel, ScoreRule } from '../../../src/enrich/scores/types.ts';

const now = Date.UTC(2026, 10, 22);
const daysAgo = (days: number) => new Date(now - days * 86_400_000).toISOString();

const points = fc.double({ min: -50, max: 50, noNaN: true });
const rule = fc.record({
  says: fc.constantFrom('one', 'two', 'three'),
  points,
  filters: fc.constantFrom<readonly ScoreFilter[]>([], [{ propertyName: 'a', operator: 'HAS_PROPERTY' }]),
  decay: fc.option(fc.record({ propertyName: fc.constant('seen'), halfLifeDays: fc.integer({ min: 1, max: 400 }) }), {
    nil: undefined,
  }),
});
const group = fc.record({
  name: fc.constantFrom('fit', 'interest', 'against'),
  cap: fc.option(fc.integer({ min: 0, max: 60 }), { nil: undefined }),
  floor: fc.option(fc.integer({ min: -60, max: 0 }), { nil: undefined }),
  rules: fc.array(rule, { minLength: 1, maxLength: 6 }),
});
const model: fc.Arbitrary<ScoreModel> = fc.record({
  objectType: fc.constant('contacts'),
  base: fc.integer({ min: -10, max: 10 }),
  min: fc.constant(0),
  max: fc.constant(100),
  bands: fc.constant({ A: 60, B: 30 }),
  groups: fc.array(group, { minLength: 1, maxLength: 4 }),
});
const alike: ScoreRule = { says: 'three', points: 50, filters: [] };
const forAndAgainst: ScoreModel = {
  objectType: 'contacts',
  base: 0,
  min: 0,
  max: 100,
  bands: { A: 60, B: 30 },
  groups: [{ name: 'fit', rules: [alike, { ...alike, points: -50 }] }],
};
const values = fc.record({
  a: fc.constantFrom('', 'x'),
  seen: fc.constantFrom('', daysAgo(0), daysAgo(45), daysAgo(-3)),
});

describe('A score', () => {
  it('does not depend on the order of rules and groups', () => {
    fc.assert(
      fc.property(model, values, (rules, record) => {
        const turned = {
          ...rules,
          groups: rules.groups.toReversed().map((each) => ({ ...each, rules: each.rules.toReversed() })),
        };
        expect(scoreOf(record, turned, now)).toEqual(scoreOf(record, rules, now));
      }),
      { examples: [[forAndAgainst, { a: '', seen: '' }]] },
    );
  });

  it('stays within its limits and those of its groups, and its reasons add up to it', () => {
    fc.assert(
      fc.property(model, values, (rules, record) => {
        const { score, reasons } = scoreOf(record, rules, now);
        expect(score).toBeGreaterThanOrEqual(0);
        expect(score).toBeLessThanOrEqual(100);
        const sum = reasons.reduce((total, reason) => total + Math.round(reason.points * 10), 0);
        expect(sum).toBe(Math.round(score * 10));
        const [only] = rules.groups;
        if (rules.groups.length > 1 || only === undefined) return;
        const own = reasons.filter((reason) => reason.group === only.name);
        const together = own.reduce((total, reason) => total + Math.round(reason.points * 10), 0) / 10;
        expect(together).toBeLessThanOrEqual(only.cap ?? Number.POSITIVE_INFINITY);
        expect(together).toBeGreaterThanOrEqual(only.floor ?? Number.NEGATIVE_INFINITY);
      }),
    );
  });

  it('fades by half with every half-life, and counts nothing without a date', () => {
    const fading: ScoreModel = {
      objectType: 'contacts',
      base: 0,
      min: 0,
      max: 100,
      bands: { A: 20, B: 10 },
      groups: [
        {
          name: 'interest',
          rules: [{ says: 'Seen', points: 40, filters: [], decay: { propertyName: 'seen', halfLifeDays: 30 } }],
        },
      ],
    };
    const at = (seen: string) => scoreOf({ seen }, fading, now);
    expect(at(daysAgo(0))).toMatchObject({ score: 40, band: 'A' });
    expect(at(daysAgo(30))).toMatchObject({ score: 20, band: 'A' });
    expect(at(daysAgo(60))).toMatchObject({ score: 10, band: 'B' });
    expect(at(daysAgo(-10))).toMatchObject({ score: 40 });
    expect(at('')).toEqual({ score: 0, band: 'C', reasons: [] });
  });

  it.each<[string, ScoreFilter, boolean]>([
    ['Berlin', { propertyName: 'p', operator: 'EQ', value: 'berlin' }, true],
    ['a;b', { propertyName: 'p', operator: 'IN', values: ['b'] }, true],
    ['a', { propertyName: 'p', operator: 'NOT_IN', values: ['b'] }, true],
    ['', { propertyName: 'p', operator: 'NEQ', value: 'b' }, false],
    ['', { propertyName: 'p', operator: 'NOT_HAS_PROPERTY' }, true],
    ['9', { propertyName: 'p', operator: 'LT', value: 10 }, true],
    ['10', { propertyName: 'p', operator: 'EQ', value: '10.0' }, true],
    ['abc', { propertyName: 'p', operator: 'GT', value: 10 }, false],
    ['15', { propertyName: 'p', operator: 'BETWEEN', value: 10, highValue: 15 }, true],
    [daysAgo(5), { propertyName: 'p', operator: 'GTE', value: '-7d' }, true],
    [daysAgo(9), { propertyName: 'p', operator: 'GTE', value: '-7d' }, false],
    ['2026-01-31', { propertyName: 'p', operator: 'LT', value: '2026-02-01' }, true],
    ['Head of Sales', { propertyName: 'p', operator: 'CONTAINS_TOKEN', value: 'sales' }, true],
    ['Wholesale', { propertyName: 'p', operator: 'CONTAINS_TOKEN', value: 'sales' }, false],
    ['Wholesale', { propertyName: 'p', operator: 'CONTAINS_TOKEN', value: '*sale' }, true],
    ['true', { propertyName: 'p', operator: 'EQ', value: true }, true],
  ])('compares %j as %j: %s', (stored, filter, expected) => {
    expect(matches(stored, filter, now)).toBe(expected);
  });
});

const of = (objectType: string, more: object = {}) => ({
  objectType,
  groups: [{ name: 'g', rules: [{ says: 's', points: 1 }] }],
  ...more,
});
const parse = (models: readonly object[]) => parseScoreRules(JSON.stringify({ version: 1, models }));

describe('The rules file', () => {
  it('has a schema that is shipped, and the shipped rules keep to it', async () => {
    const schema = z.toJSONSchema(scoreRulesFile, { io: 'input', target: 'draft-2020-12' });
    const shipped = { ...schema, title: 'Rules of score_leads of hubspot-crm-mcp' };
    await expect(`${JSON.stringify(shipped, null, 2)}\n`).toMatchFileSnapshot('../../../docs/score-rules.schema.json');
    expect(parseScoreRules(JSON.stringify(defaultScoreRules))).toEqual(defaultScoreRules);
  });

  it.each([
    ['{', 'not JSON'],
    ['{"version": 2, "models": []}', 'version'],
    [{ filters: [{ propertyName: 'a', operator: 'EQ' }] }, 'EQ needs value'],
    [{ filters: [{ propertyName: 'a', operator: 'IN', value: 'b' }] }, 'IN needs values'],
    [{ filters: [{ propertyName: 'a', operator: 'LIKE', value: 'b' }] }, 'operator'],
    [{ decay: { propertyName: 'a', halfLifeDays: 0 } }, 'halfLifeDays'],
    [{ point: 3 }, 'point'],
  ])('with a fault says where: %j', (fault, words) => {
    const said =
      typeof fault === 'string'
        ? fault
        : JSON.stringify({
            version: 1,
            models: [{ objectType: 'contacts', groups: [{ name: 'g', rules: [{ says: 's', points: 1, ...fault }] }] }],
          });
    expect(() => parseScoreRules(said)).toThrow(words);
  });

  it('has one model for a type, and bands in their order', () => {
    expect(() => parse([of('contacts'), of('contacts')])).toThrow('two models for contacts');
    expect(() => parse([of('contacts', { bands: { A: 1, B: 2 } })])).toThrow('band B begins above band A');
    expect(() => parse([of('contacts', { min: 5, max: 1 })])).toThrow('min is above max');
  });
});
