import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { affected } from '../../../src/enrich/anomalies/affected.ts';
import { checks } from '../../../src/enrich/anomalies/checks.ts';
import { largestP } from '../../../src/enrich/anomalies/false-discovery.ts';
import { fingerprintsOf } from '../../../src/enrich/anomalies/fingerprint.ts';
import { needsOf } from '../../../src/enrich/anomalies/needs.ts';
import { parseRules, RulesError, rulesFile } from '../../../src/enrich/anomalies/rules.ts';
import { chosenChecks, runChecks, runChecksInTurn, UnknownCheckError } from '../../../src/enrich/anomalies/run.ts';
import type { FindingDraft, Rules } from '../../../src/enrich/anomalies/types.ts';
import { checkOf, factsOf, findingsOf, portalWith, tableWith, type Values } from './small-portal.ts';

const fingerprintOf = (...said: Parameters<typeof fingerprintsOf>) => fingerprintsOf(...said).fingerprint;

describe('The list of checks', () => {
  it('has each id once, with a title and what it takes', () => {
    const ids = checks.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(checks.filter(({ title, about }) => title.length < 8 || title.length > 90 || about.length < 20)).toEqual([]);
  });
  it('has ids as the catalogue writes them', () => {
    expect(checks.map(({ id }) => id).filter((id) => !/^[A-Z]\d\d$/.test(id))).toEqual([]);
  });
});

function draftOf(ids: readonly string[], more: Partial<FindingDraft> = {}): FindingDraft {
  const table = tableWith(
    'contacts',
    ids.map((id) => ({ id, email: '' })),
  );
  return { ...affected(table, [...ids.keys()]), evidence: {}, note: '', ...more };
}

describe('A fingerprint', () => {
  const check = checkOf('C01');
  const ids = fc.uniqueArray(fc.integer({ min: 1, max: 1e9 }).map(String), { minLength: 1, maxLength: 120 });

  it('is of the records, in whatever order they come', () => {
    fc.assert(
      fc.property(ids, fc.integer(), (some, seed) => {
        const turned = some.toSorted((a, b) => ((Number(a) * (seed | 1)) % 1013) - ((Number(b) * (seed | 1)) % 1013));
        expect(fingerprintOf(check, draftOf(turned))).toBe(fingerprintOf(check, draftOf(some)));
      }),
      { numRuns: 50 },
    );
  });
  it('is another when a record joins, be it beyond those that are named', () => {
    fc.assert(
      fc.property(ids, (some) => {
        const [first = '', ...rest] = some;
        expect(fingerprintOf(check, draftOf([...rest, `${first}0`, first]))).not.toBe(
          fingerprintOf(check, draftOf(some)),
        );
      }),
      { numRuns: 50 },
    );
  });
  it('with a subject is of the subject alone', () => {
    fc.assert(
      fc.property(ids, ids, fc.string(), fc.string(), (some, others, subject, other) => {
        const one = fingerprintOf(check, draftOf(some, { subject }));
        expect(fingerprintOf(check, draftOf(others, { subject }))).toBe(one);
        expect(fingerprintOf(check, draftOf(some, { subject: `${subject}${other}!` }))).not.toBe(one);
      }),
      { numRuns: 50 },
    );
  });
  it('differs by check, version, type and kind', () => {
    const one = draftOf(['1']);
    const all = [
      fingerprintOf(check, one),
      fingerprintOf({ ...check, version: 2 }, one),
      fingerprintOf({ ...check, id: 'X01' }, one),
      fingerprintOf({ ...check, objectType: 'deals' }, one),
      fingerprintOf(check, { ...one, kind: 'a' }),
      fingerprintOf(check, { ...one, subject: '' }),
    ];
    expect(new Set(all).size).toBe(all.length);
  });
});

const shop = (at: number) => ({
  industry: 'RETAIL',
  name: `S${at}`,
  numberofemployees: String(Math.round(100 * 1.05 ** ((at * 37) % 41))),
});

describe('The control of false discoveries', () => {
  const ps = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 60 });
  it('gives the steps of the worked example of Benjamini and Hochberg (1995)', () => {
    const example = [
      0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.324, 0.4262, 0.5719, 0.6528, 0.759, 1,
    ];
    expect(largestP(example, 15, 0.05)).toBe(0.0095);
  });
  it('lets no more stand when more was tested, and no p above the rate', () => {
    fc.assert(
      fc.property(ps, fc.nat(500), (some, more) => {
        const limit = largestP(some, some.length);
        expect(largestP(some, some.length + more)).toBeLessThanOrEqual(limit);
        expect(limit).toBeLessThanOrEqual(0.01);
      }),
    );
  });
  it('is no stricter than dividing by all tests, and lets a run of small ones stand together', () => {
    fc.assert(
      fc.property(ps, (some) => {
        const limit = largestP(some, some.length);
        expect(some.filter((p) => p <= 0.01 / some.length && p > limit)).toEqual([]);
      }),
    );
  });
  it('leaves out what could be chance, and counts it', () => {
    const records = Array.from({ length: 2000 }, (_, at) => shop(at));
    const run = (numberofemployees: string) =>
      runChecks(portalWith({ companies: [...records, { ...shop(1), numberofemployees }] }), { checks: ['O05'] });
    // Both lie beyond the threshold of four deviations; among two thousand companies the nearer one is no surprise.
    expect(run('6500')).toMatchObject({ findings: [], suppressed: 1 });
    expect(run('60000000')).toMatchObject({ findings: [{ recordIds: ['2101'] }], suppressed: 0 });
  });
});

function seenIn(contacts: readonly Values[]) {
  const { findings } = runChecks(portalWith({ contacts }));
  return findings.map(({ fingerprint, total, severity }) => [fingerprint, total, severity]);
}

describe('A run', () => {
  const contact = fc.record({
    email: fc.constantFrom('ann@acme.com', 'bob@gmial.com', 'info@acme.com', 'broken@', '', 'x@mailinator.com'),
    firstname: fc.constantFrom('Ann', 'BOB', 'Test', ' Cy', ''),
    lastname: fc.constantFrom('Berg', 'DOE', 'n/a', ''),
    phone: fc.constantFrom('', '123', '+4930901820', '030 901820'),
  });
  it('puts the gravest first, then money, then the number of records', () => {
    fc.assert(
      fc.property(fc.array(contact, { maxLength: 60 }), (contacts) => {
        const { findings } = runChecks(portalWith({ contacts }));
        const keys = findings.map(({ severity, amount = 0, total }) => [
          ['high', 'medium', 'low'].indexOf(severity),
          -amount,
          -total,
        ]);
        const inOrder = keys.toSorted(
          ([a1 = 0, a2 = 0, a3 = 0], [b1 = 0, b2 = 0, b3 = 0]) => a1 - b1 || a2 - b2 || a3 - b3,
        );
        expect(keys).toEqual(inOrder);
      }),
      { numRuns: 30 },
    );
  });
  it('gives the same findings in whatever order the records come', () => {
    fc.assert(
      fc.property(fc.array(contact, { maxLength: 40 }), (contacts) => {
        const named = contacts.map((values, at): Values => ({ ...values, id: String(at + 1) }));
        expect(seenIn(named.toReversed())).toEqual(seenIn(named));
      }),
      { numRuns: 30 },
    );
  });
  it('names fifty records at most and counts all', () => {
    const { findings } = runChecks(
      portalWith({ contacts: Array.from({ length: 130 }, () => ({ email: 'broken@' })) }),
      { checks: ['C01'] },
    );
    expect(findings.map(({ recordIds, total }) => [recordIds.length, total])).toEqual([[50, 130]]);
  });
  it('says of each check that could not run what it lacks', () => {
    const { notRun, checks: ran } = runChecks(portalWith({ contacts: [{ email: 'a@b.de' }] }), {
      checks: ['C01', 'C07', 'O02', 'R01'],
    });
    expect([ran, notRun]).toEqual([
      1,
      [
        { check: 'C07', missing: ['contacts.phone'] },
        { check: 'O02', missing: ['companies'] },
        { check: 'R01', missing: ['rules file'] },
      ],
    ]);
  });
  it('runs what is asked for, of the types asked for, and not what is off', () => {
    expect(() => chosenChecks({ checks: ['C01', 'C99'] })).toThrow(UnknownCheckError);
    expect(chosenChecks({ checks: ['C01', 'O02'], objectTypes: ['companies'] }).map(({ id }) => id)).toEqual(['O02']);
    expect(chosenChecks({ checks: ['C01', 'C02'] }, ['C01']).map(({ id }) => id)).toEqual(['C02']);
  });
});

const facts = (...names: string[]) => new Map(names.map((name) => [name, factsOf(name)]));

describe('A run that gives way', () => {
  const data = portalWith({ contacts: [{ email: 'not an address', firstname: 'ADA' }] });
  it('pauses before every check, tells how far it is, and finds the same', async () => {
    const told: number[] = [];
    const total = chosenChecks({}).length;
    const report = await runChecksInTurn(data, {}, async (done, of) => {
      await Promise.resolve();
      told.push(done);
      expect(of).toBe(total);
    });
    expect(told).toEqual(Array.from({ length: total + 1 }, (_, done) => done));
    expect(report).toEqual(runChecks(data));
  });
  it('ends where a pause throws', async () => {
    const run = runChecksInTurn(data, {}, (done) =>
      done < 3 ? Promise.resolve() : Promise.reject(new Error('no more')),
    );
    await expect(run).rejects.toThrow('no more');
  });
});

describe('What a snapshot has to read', () => {
  it('is what the portal has of what the checks need and use', () => {
    const properties = new Map([
      ['contacts', facts('email', 'lifecyclestage', 'hs_v2_date_entered_lead', 'unrelated')],
      ['companies', facts('domain')],
    ]);
    const needs = needsOf([checkOf('C02'), checkOf('C16'), checkOf('C20')], { properties });
    expect(needs).toEqual({
      properties: new Map([
        ['contacts', ['email', 'hs_v2_date_entered_lead', 'lifecyclestage']],
        ['companies', ['domain']],
      ]),
      associations: [],
      history: new Map(),
    });
  });
});

describe('The rules file', () => {
  const rules: Rules = parseRules(
    '{"version":1,"naming":[{"objectType":"deals","property":"dealname","pattern":"[A-Z]{2} - .+","says":"Begins with the country"}],"off":["C13"]}',
  );
  it('has a schema that is shipped, which it may name, and begins with a byte order mark where an editor left one', async () => {
    const schema = z.toJSONSchema(rulesFile, { io: 'input', target: 'draft-2020-12' });
    const shipped = { ...schema, title: 'Rules for the checks of hubspot-crm-mcp' };
    await expect(`${JSON.stringify(shipped, null, 2)}\n`).toMatchFileSnapshot(
      '../../../docs/quality-rules.schema.json',
    );
    expect(parseRules('\uFEFF{"$schema":"./quality-rules.schema.json","version":1}')).toEqual({ version: 1 });
  });
  it('sets naming conventions for any type', () => {
    const data = portalWith(
      { deals: ['DE - Acme', 'Acme', '', 'xDE - Acme'].map((dealname) => ({ dealname })) },
      { rules },
    );
    const [finding] = findingsOf('R01', data);
    expect(finding).toMatchObject({
      objectType: 'deals',
      recordIds: ['102', '104'],
      evidence: { rule: 'Begins with the country' },
    });
    expect(needsOf([checkOf('R01')], { ...data }).properties.get('deals')).toEqual(['dealname']);
  });
  it('puts checks off', () => {
    const { notRun, findings } = runChecks(portalWith({ contacts: [{ email: '', phone: '' }] }, { rules }));
    expect([...notRun.map(({ check }) => check), ...findings.map(({ check }) => check)]).not.toContain('C13');
  });
  it.each([
    ['{', 'not JSON'],
    ['{"version":2}', 'version'],
    ['{"version":1,"names":[]}', 'names'],
    ['{"version":1,"off":["Z99"]}', 'Z99'],
    ['{"version":1,"naming":[{"objectType":"deals","property":"dealname","pattern":"(a","says":"x"}]}', 'RE2'],
  ])('is refused with the reason: %s', (text, reason) => {
    expect(() => parseRules(text)).toThrow(RulesError);
    expect(() => parseRules(text)).toThrow(reason);
  });
});
