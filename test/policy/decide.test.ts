import { describe, expect, it } from 'vitest';
import { createPolicy, type WriteSummary } from '../../src/policy/index.ts';
import type { PolicyFile } from '../../src/policy/policy-file.ts';

const write = (said: Partial<WriteSummary>): WriteSummary => ({
  operation: 'update',
  objectType: 'contacts',
  properties: [],
  rows: 1,
  tainted: false,
  sandbox: false,
  ...said,
});
const decide = (file: Omit<PolicyFile, 'version'>, said: Partial<WriteSummary>) =>
  createPolicy({ version: 1, ...file }).decide(write(said));
const approve = (reason: string, withoutForm: string) => ({ verdict: 'approve', reason, withoutForm });

describe('Without a policy file', () => {
  it.each([
    [{ properties: ['email'] }, { verdict: 'allow' }],
    [{ operation: 'create', rows: 100 }, { verdict: 'allow' }],
    [{ operation: 'create', rows: 101 }, approve('bulk', 'token')],
    [{ operation: 'archive', rows: 5 }, approve('archive', 'token')],
    [{ operation: 'archive', rows: 6 }, approve('archive', 'refuse')],
    [{ operation: 'merge' }, approve('merge', 'refuse')],
    [{ operation: 'archive', rows: 2, earlier: 3 }, approve('archive', 'token')],
    [{ operation: 'archive', rows: 2, earlier: 4 }, approve('archive', 'refuse')],
    [{ operation: 'update', rows: 100, earlier: 1000 }, { verdict: 'allow' }],
    [{ operation: 'define' }, approve('definition', 'token')],
    [{ operation: 'define', removesDefinition: true }, approve('definition', 'refuse')],
    [{ operation: 'associate', toObjectType: 'companies' }, { verdict: 'allow' }],
    [{ tainted: true, properties: ['jobtitle'] }, { verdict: 'allow' }],
    [{ tainted: true, properties: ['jobtitle', 'email'] }, approve('tainted', 'token')],
    [{ tainted: true, objectType: 'deals', properties: ['amount'] }, approve('tainted', 'token')],
    [{ tainted: true, properties: ['hubspot_owner_id'] }, approve('tainted', 'token')],
    [{ tainted: true, rows: 11 }, approve('tainted', 'refuse')],
    [{ tainted: true, rows: 10, earlier: 90 }, { verdict: 'allow' }],
    [{ tainted: true, rows: 10, earlier: 91 }, approve('tainted', 'refuse')],
    [{ tainted: true, operation: 'archive' }, approve('tainted', 'refuse')],
    [{ tainted: true, objectType: 'companies', properties: ['iban'] }, approve('tainted', 'token')],
    [{ tainted: true, objectType: 'companies', properties: ['billing_email'] }, approve('tainted', 'token')],
    [{ tainted: true, properties: ['associatedcompanyid'] }, approve('tainted', 'token')],
    [{ tainted: true, objectType: 'emails', properties: ['hs_email_text'] }, { verdict: 'allow' }],
    [{ tainted: true, operation: 'associate', toObjectType: 'companies' }, approve('tainted', 'token')],
    [{ tainted: true, operation: 'associate', toObjectType: 'deals' }, { verdict: 'allow' }],
    [{ tainted: true, operation: 'archive', rows: 6 }, approve('archive', 'refuse')],
  ] as const)('a write of %j is judged so', (said, decision) => {
    expect(decide({}, said)).toEqual(decision);
  });
});

describe('Rules', () => {
  const rules: PolicyFile['rules'] = [
    { verdict: 'allow', objectTypes: ['deals'] },
    { verdict: 'approve', objectTypes: ['deals'], properties: ['amount'] },
    { verdict: 'deny', objectTypes: ['deals'], properties: ['hs_*'], because: 'HubSpot sets these.' },
  ];

  it('are heard all, and the strictest is followed', () => {
    expect(decide({ rules }, { objectType: 'deals', properties: ['dealname'] })).toEqual({ verdict: 'allow' });
    expect(decide({ rules }, { objectType: 'deals', properties: ['dealname', 'amount'] })).toEqual(
      approve('policy', 'token'),
    );
    const denied = decide({ rules }, { objectType: 'deals', properties: ['amount', 'hs_priority'] });
    expect(denied).toMatchObject({ verdict: 'refuse', code: 'denied_by_policy' });
    expect(JSON.stringify(denied)).toContain('hs_priority');
    expect(JSON.stringify(denied)).toContain('HubSpot sets these.');
    expect(decide({ rules }, { objectType: 'tickets', properties: ['hs_priority'] })).toEqual({ verdict: 'allow' });
  });

  it.each([
    [1, 'no deals', 'create deals (1 row). no deals. Nothing was sent.'],
    [2, 'Ask Ann!', 'create deals (2 rows). Ask Ann! Nothing was sent.'],
    [2, undefined, 'create deals (2 rows). Nothing was sent.'],
  ])('that deny %i rows because %s say so in sentences', (rows, because, words) => {
    const rules: PolicyFile['rules'] = [{ verdict: 'deny', objectTypes: ['deals'], ...(because && { because }) }];
    const denied = decide({ rules }, { operation: 'create', objectType: 'deals', rows, properties: [] });
    expect(denied).toMatchObject({ message: `The policy of this server does not allow to ${words}` });
  });

  it('that allow do so property by property where the rest is denied', () => {
    const file = {
      otherwise: 'deny',
      rules: [{ verdict: 'allow', objectTypes: ['contacts'], operations: ['update'], properties: ['phone'] }],
    } satisfies Omit<PolicyFile, 'version'>;
    expect(decide(file, { properties: ['phone'] })).toEqual({ verdict: 'allow' });
    expect(decide(file, { properties: ['phone', 'email'] })).toMatchObject({ verdict: 'refuse' });
    expect(decide(file, { operation: 'create', properties: ['phone'] })).toMatchObject({ verdict: 'refuse' });
    expect(decide(file, { operation: 'archive' })).toMatchObject({ verdict: 'refuse' });
  });

  it('may be about many rows, about sessions that read strangers, and about definitions that are removed', () => {
    const many = { rules: [{ verdict: 'deny', rowsAbove: 10 }] } satisfies Omit<PolicyFile, 'version'>;
    expect([10, 11].map((rows) => decide(many, { rows }).verdict)).toEqual(['allow', 'refuse']);
    const tainted = { rules: [{ verdict: 'deny', tainted: true }] } satisfies Omit<PolicyFile, 'version'>;
    expect([false, true].map((read) => decide(tainted, { tainted: read }).verdict)).toEqual(['allow', 'refuse']);
    const removal = { rules: [{ verdict: 'deny', operations: ['removeDefinition'] }] } satisfies Omit<
      PolicyFile,
      'version'
    >;
    const define = { operation: 'define' } as const;
    expect(decide(removal, define).verdict).toBe('approve');
    expect(decide(removal, { ...define, removesDefinition: true }).verdict).toBe('refuse');
  });

  it('know a custom object by its name, with its portal before it or without', () => {
    const file = { rules: [{ verdict: 'deny', objectTypes: ['cars'] }] } satisfies Omit<PolicyFile, 'version'>;
    expect(['cars', 'p48213907_cars', 'racecars'].map((objectType) => decide(file, { objectType }).verdict)).toEqual([
      'refuse',
      'refuse',
      'allow',
    ]);
  });

  it('about a type are heard at both ends of an association', () => {
    const file = { rules: [{ verdict: 'deny', objectTypes: ['companies'] }] } satisfies Omit<PolicyFile, 'version'>;
    expect(decide(file, { operation: 'associate', toObjectType: 'companies' }).verdict).toBe('refuse');
  });
});

describe('The approval section', () => {
  it('sets thresholds, what happens without a form, and what needs nobody', () => {
    const approval: PolicyFile['approval'] = {
      archiveAbove: 50,
      bulkAbove: 2,
      withoutForm: { merge: 'token', archive: 'allow' },
      unasked: ['definition'],
    };
    expect(decide({ approval }, { operation: 'define', removesDefinition: true })).toEqual(
      approve('definition', 'refuse'),
    );
    expect(decide({ approval }, { operation: 'archive', rows: 2 })).toEqual(approve('archive', 'allow'));
    expect(decide({ approval }, { operation: 'archive', rows: 3 })).toEqual(approve('bulk', 'token'));
    expect(decide({ approval }, { operation: 'merge' })).toEqual(approve('merge', 'token'));
    expect(decide({ approval }, { operation: 'define' })).toEqual({ verdict: 'allow' });
  });
});

describe('Sandbox first', () => {
  const sandboxFirst = { rowsAbove: 10 };
  it.each([
    [{ rows: 10 }, 'allow'],
    [{ rows: 11 }, 'refuse'],
    [{ rows: 11, sandbox: true }, 'allow'],
    [{ rows: 11, rehearsed: true }, 'allow'],
  ] as const)('%j is judged so', (said, verdict) => {
    expect(decide({ sandboxFirst }, said).verdict).toBe(verdict);
  });
});
