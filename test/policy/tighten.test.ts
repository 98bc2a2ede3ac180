import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { severity } from '../../src/policy/decide.ts';
import { createPolicy, type Policy, type WriteSummary } from '../../src/policy/index.ts';
import { operations, type PolicyFile, toolsetNames } from '../../src/policy/policy-file.ts';
import { PROFILES } from '../../src/policy/profiles.ts';
import { tools } from '../../tools/index.ts';

const names = ['contacts', 'companies', 'deals', 'p1_cars'];
const properties = ['email', 'amount', 'dealname', 'hubspot_owner_id', 'hs_email_domain'];
const patterns = fc.constantFrom(...names, 'c*', '*');
const propertyPatterns = fc.constantFrom(...properties, 'hs_*', '*', '*a*');
const some = <T>(value: fc.Arbitrary<T>) => fc.array(value, { minLength: 1, maxLength: 3 });

const ruleOf = <Verdict extends string>(...verdicts: Verdict[]) =>
  fc.record(
    {
      verdict: fc.constantFrom(...verdicts),
      objectTypes: some(patterns),
      properties: some(propertyPatterns),
      operations: some(fc.constantFrom(...operations)),
      rowsAbove: fc.nat(20),
      tainted: fc.constant(true as const),
    },
    { requiredKeys: ['verdict'] },
  );
const selector = fc.oneof(
  propertyPatterns,
  fc.tuple(patterns, propertyPatterns).map(([type, property]) => `${type}.${property}`),
);
const scope = {
  profile: fc.constantFrom(...PROFILES),
  toolsets: some(fc.constantFrom(...toolsetNames)),
  readOnly: fc.boolean(),
};
const access = fc.constantFrom('read', 'mask', 'deny');
const tightening = fc.record(
  {
    ...scope,
    rules: fc.array(ruleOf('deny', 'approve'), { maxLength: 3 }),
    properties: fc.dictionary(selector, fc.record({ access }), { maxKeys: 3 }),
  },
  { requiredKeys: [] },
);
const file: fc.Arbitrary<PolicyFile> = fc
  .record(
    {
      ...scope,
      otherwise: fc.constantFrom('deny', 'approve', 'allow'),
      rules: fc.array(ruleOf('deny', 'approve', 'allow'), { maxLength: 4 }),
      taint: fc.record(
        { verdict: fc.constantFrom('deny', 'approve', 'allow'), rowsAbove: fc.nat(5) },
        { requiredKeys: [] },
      ),
      approval: fc.record({ archiveAbove: fc.nat(9), bulkAbove: fc.nat(30) }, { requiredKeys: [] }),
      properties: fc.dictionary(selector, fc.record({ access: fc.constantFrom('allow', 'read', 'mask', 'deny') }), {
        maxKeys: 4,
      }),
      sandboxFirst: fc.record({ rowsAbove: fc.nat(20) }),
    },
    { requiredKeys: [] },
  )
  .map((said) => ({ version: 1, ...said }));
const write: fc.Arbitrary<WriteSummary> = fc.record({
  operation: fc.constantFrom('create', 'update', 'upsert', 'archive', 'merge', 'associate', 'dissociate', 'define'),
  objectType: fc.constantFrom(...names),
  properties: fc.subarray(properties),
  rows: fc.integer({ min: 1, max: 40 }),
  earlier: fc.nat(9),
  tainted: fc.boolean(),
  sandbox: fc.boolean(),
});

const ACCESS = ['allow', 'read', 'mask', 'deny'];

/** What the one lets through and the other does not. */
function looserThan(other: Policy, one: Policy, each: WriteSummary): string[] {
  const looserAt = (property: string) =>
    ACCESS.indexOf(one.access(each.objectType, property)) < ACCESS.indexOf(other.access(each.objectType, property));
  return [
    ...(severity(one.decide(each)) < severity(other.decide(each)) ? ['the write'] : []),
    ...properties.filter(looserAt),
    ...tools.filter((tool) => other.refusesTool(tool) && !one.refusesTool(tool)).map(({ name }) => name),
  ];
}

describe('What a request says of the policy', () => {
  it('allows only what the policy allows, and what it says itself holds', () => {
    fc.assert(
      fc.property(file, tightening, tightening, write, (operators, first, second, each) => {
        const policy = createPolicy(operators);
        const once = policy.tightened(first);
        expect(looserThan(policy, once, each)).toEqual([]);
        expect(looserThan(once, once.tightened(second), each)).toEqual([]);
        const { rules = [], properties: said = {} } = first;
        const alone = createPolicy({ version: 1, ...NOTHING_ASKED, rules, properties: said });
        expect(looserThan(alone, once, each)).toEqual([]);
      }),
      { numRuns: 400 },
    );
  });

  it.each([
    { rules: [{ verdict: 'allow' }] },
    { properties: { email: { access: 'allow' } } },
    { properties: { email: {} } },
    { approval: { unasked: ['merge'] } },
    { budgets: { writesPerDay: 1_000 } },
    { otherwise: 'allow' },
    { readonly: true },
    { readOnly: 'yes' },
    { toolsets: [] },
    { toolsets: 'crm' },
    { profile: 'admin' },
    'read-only',
    null,
    [],
  ])('is refused when it is %j', (said) => {
    expect(() => createPolicy().tightened(said)).toThrow(expect.objectContaining({ name: 'PolicyFileError' }));
  });
});

const NOTHING_ASKED = {
  approval: { unasked: ['archive', 'archiveMany', 'merge', 'definition', 'removeDefinition', 'bulk', 'tainted'] },
  taint: { verdict: 'allow' },
} satisfies Partial<PolicyFile>;
