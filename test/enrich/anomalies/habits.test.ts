/** Portals that are right in their own way: what a business does on purpose is no fault. */

import { describe, expect, it } from 'vitest';
import { dataOf, makePortal } from '../../../bench/anomalies/portal.ts';
import { knownBy } from '../../../src/enrich/anomalies/fingerprint.ts';
import { runChecks } from '../../../src/enrich/anomalies/run.ts';
import type { Finding, PipelineFacts, PortalData } from '../../../src/enrich/anomalies/types.ts';
import { daysAgo, factsOf, findingsOf, NOW, portalWith, proposals, type Values } from './small-portal.ts';

const DAY = 86_400_000;
const stage = (id: string, order: number, closed: boolean, probability: number) => ({
  id,
  label: id,
  order,
  closed,
  probability,
});
const pipeline: PipelineFacts = {
  id: 'p',
  label: 'p',
  stages: [
    stage('asked', 0, false, 0.2),
    stage('likely', 1, false, 0.8),
    stage('won', 2, true, 1),
    stage('lost', 3, true, 0),
  ],
};
const ownersOf = (...ids: string[]) => ids.map((id) => ({ id, email: `${id}@school.org`, archived: false }));

const deals = (count: number, values: (at: number) => Values): Values[] =>
  Array.from({ length: count }, (_, at) => ({
    id: String(1000 + at),
    dealname: `Enrolment of ${['Lena', 'Ole', 'Mia', 'Ben'][at % 4] ?? ''} ${String.fromCharCode(97 + (at % 26), 97 + at / 26)}`,
    dealstage: at % 2 === 0 ? 'likely' : 'won',
    pipeline: 'p',
    amount: '',
    createdate: daysAgo(20 + (at % 5)),
    closedate: at % 2 === 0 ? daysAgo(-20) : daysAgo(5),
    hubspot_owner_id: '1',
    notes_last_updated: daysAgo(2),
    notes_next_activity_date: '',
    ...values(at),
  }));

function dealPortal(rows: readonly Values[], rest: Partial<PortalData> = {}): PortalData {
  return portalWith(
    { deals: rows },
    {
      owners: ownersOf('1', '2'),
      pipelines: new Map([['deals', [pipeline]]]),
      associations: new Map([
        ['deals>contacts', new Map(rows.map(({ id = '' }) => [id, [`c${id}`]]))],
        ['deals>companies', new Map()],
      ]),
      ...rest,
    },
  );
}

const checksOf = (findings: readonly Finding[]) => [...new Set(findings.map(({ check }) => check))].sort();

const twiceIn = (labels: readonly string[]) => {
  const options = labels.map((label) => ({ label, value: label, hidden: false }));
  const facts = factsOf('kind', { type: 'enumeration', hubspotDefined: false, options });
  return findingsOf(
    'P05',
    portalWith(
      { contacts: [{ kind: labels[0] ?? '' }, { kind: labels[1] ?? '' }] },
      { properties: new Map([['contacts', new Map([['kind', facts]])]]) },
    ),
  );
};

const lateDeals = (count: number) =>
  findingsOf('D01', dealPortal(deals(count, () => ({ closedate: daysAgo(3), dealstage: 'likely' }))))[0];
/** Whether so many late deals stay away after so many were dismissed. */
function staysAway(now: number, dismissed: number): boolean {
  const [finding, before] = [lateDeals(now), lateDeals(dismissed)];
  return finding !== undefined && before !== undefined && knownBy(finding).includes(before.fingerprint);
}

describe('A school', () => {
  it('enrols pupils by deals that have neither amount nor company, and nothing is wrong', () => {
    expect(checksOf(runChecks(dealPortal(deals(60, () => ({})))).findings)).toStrictEqual([]);
  });

  it('is told of the few deals that lack what the others have', () => {
    const data = dealPortal(deals(60, (at) => ({ amount: at < 2 ? '' : String(4000 + 13 * at) })));
    expect(findingsOf('D07', data).map(({ recordIds }) => recordIds)).toStrictEqual([['1000']]);
    expect(findingsOf('D11', data).map(({ recordIds }) => recordIds)).toStrictEqual([['1001']]);
  });

  it('has fees: one amount on most deals, another for siblings, and neither is made up nor wild', () => {
    const rows = deals(80, (at) => ({ amount: at % 4 === 0 ? '12000' : '8000' }));
    const linked = new Map(rows.map(({ id = '' }) => [id, ['school']]));
    const data = dealPortal(rows, { associations: new Map([['deals>companies', linked]]) });
    for (const check of ['D08', 'D09', 'D14']) expect([check, findingsOf(check, data)]).toStrictEqual([check, []]);
  });

  it('keeps dates of long ago, and contracts without an end', () => {
    const properties = new Map([
      [
        'companies',
        new Map(
          ['founded_on', 'contract_end'].map((name) => [name, factsOf(name, { type: 'date', hubspotDefined: false })]),
        ),
      ],
    ]);
    const right = { founded_on: '1850-05-01', contract_end: '9999-12-31' };
    expect(findingsOf('O13', portalWith({ companies: [right] }, { properties }))).toStrictEqual([]);
    const wrong = [
      { ...right, founded_on: '0018-05-01' },
      { ...right, contract_end: '1899-12-30' },
    ];
    expect(findingsOf('O13', portalWith({ companies: wrong }, { properties }))).toHaveLength(2);
  });

  it('has departments at one domain, of which each is a company', () => {
    const companies = ['Faculty of Law', 'Faculty of Music'].map((name) => ({ name, domain: 'uni-kiel.de' }));
    expect(findingsOf('O02', portalWith({ companies })).map(({ severity }) => severity)).toStrictEqual(['medium']);
    const twice = ['Acme GmbH', 'ACME'].map((name) => ({ name, domain: 'acme.de' }));
    expect(findingsOf('O02', portalWith({ companies: twice })).map(({ severity }) => severity)).toStrictEqual(['high']);
  });
});

describe('A shop', () => {
  it('calls its orders by their numbers, and has no owners', () => {
    const rows = deals(60, (at) => ({ dealname: `#${1000 + at}`, amount: String(20 + at), hubspot_owner_id: '' }));
    expect(checksOf(runChecks(dealPortal(rows)).findings)).toStrictEqual([]);
  });

  it('has donations of ten and a hundred, which are no placeholders', () => {
    const rows = deals(90, (at) => ({
      amount: ['10', '25', '50', '100', '37'][at % 5] ?? '',
      dealname: `Gift ${at}x`,
    }));
    expect(findingsOf('D09', dealPortal(rows))).toStrictEqual([]);
    const typed = deals(90, (at) => ({
      amount: at % 9 === 0 ? '12345' : String(2000 + 7 * at),
      dealname: `Gift ${at}x`,
    }));
    expect(findingsOf('D09', dealPortal(typed)).map(({ evidence }) => evidence['amount'])).toStrictEqual([12345]);
  });

  it('greets by two first names', () => {
    const contacts = [
      ...Array.from({ length: 5 }, () => ({ firstname: 'José', lastname: 'García' })),
      { firstname: 'María José', lastname: '' },
    ];
    expect(findingsOf('C12', portalWith({ contacts }))).toStrictEqual([]);
  });

  it('says nothing of owners that were not read', () => {
    expect(
      findingsOf(
        'D16',
        dealPortal(
          deals(10, () => ({})),
          { owners: [] },
        ),
      ),
    ).toStrictEqual([]);
  });
});

describe('A portal in another language', () => {
  it('has deals with names in its own letters', () => {
    const rows = deals(4, (at) => ({ dealname: ['Новая школа', '新しい契約', 'عقد جديد', 'Σχολείο'][at] ?? '' }));
    expect(findingsOf('D19', dealPortal(rows))).toStrictEqual([]);
  });

  it('compares subjects of tickets in its own letters', () => {
    const tickets = ['Не работает свет', 'Не работает свет!'].map((subject, at) => ({
      id: String(at + 1),
      subject,
      hs_pipeline_stage: '1',
      createdate: daysAgo(1),
    }));
    const data = portalWith(
      { tickets },
      {
        pipelines: new Map([['tickets', [{ id: '0', label: '', stages: [stage('1', 0, false, 0)] }]]]),
        associations: new Map([['tickets>contacts', new Map(tickets.map(({ id }) => [id, ['9']]))]]),
      },
    );
    expect(findingsOf('T05', data).map(({ recordIds }) => recordIds)).toStrictEqual([['1', '2']]);
  });

  it('has people who are called what others type for nothing', () => {
    const contacts = [
      { firstname: 'Na', lastname: 'Kim' },
      { firstname: 'Jia', lastname: 'Nan' },
    ];
    expect(findingsOf('C11', portalWith({ contacts }))).toStrictEqual([]);
  });
});

describe('Options that differ in what they mean', () => {
  it.each([
    ['Iceland', 'Ireland'],
    ['Zambia', 'Gambia'],
    ['Class A', 'Class B'],
    ['C', 'C++'],
    ['<50 people', '>50 people'],
    ['1-10', '110'],
  ])('leaves %s and %s alone', (...labels) => {
    expect(twiceIn(labels)).toStrictEqual([]);
  });

  it.each([
    ['Referral', 'Refferal'],
    ['Trade fair', 'trade-fair'],
    ['Conference', 'Conferences'],
  ])('tells of %s and %s', (...labels) => {
    expect(twiceIn(labels)).toHaveLength(1);
  });
});

describe('What findings show', () => {
  it('is never a card number or a password, in evidence or in a fix', () => {
    const secrets = ['4111 1111 1111 1111', 'Password: hunter2hunter2'];
    const contacts = secrets.map((secret) => ({ firstname: `  ${secret}  `, lastname: 'Meyer', email: secret }));
    const text = JSON.stringify(runChecks(portalWith({ contacts })).findings);
    expect(text).toContain('hidden');
    for (const secret of [/4111/, /hunter2/]) expect(text).not.toMatch(secret);
  });

  it('is no half of a picture where a text is cut', () => {
    const contacts = [{ firstname: `${'x'.repeat(79)}😀😀`, lastname: 'Meyer' }];
    expect(JSON.stringify(findingsOf('C10', portalWith({ contacts })))).not.toMatch(/\\ud83d/);
  });

  it('is not a column of parcels that happen to pass for cards', () => {
    const facts = factsOf('parcel', { hubspotDefined: false });
    const data = (values: readonly string[]) =>
      portalWith(
        { deals: values.map((parcel) => ({ parcel })) },
        { properties: new Map([['deals', new Map([['parcel', facts]])]]) },
      );
    const parcels = Array.from({ length: 40 }, (_, at) => String(4_111_111_111_111_100n + BigInt(at)));
    expect(findingsOf('P13', data(parcels))).toStrictEqual([]);
    expect(findingsOf('P13', data(['4111111111111111']))).toHaveLength(1);
  });

  it('takes no longer for a text that was made to keep an expression busy', () => {
    const facts = factsOf('note', { hubspotDefined: false });
    const nasty = [`password${' '.repeat(60_000)}x:`, `${'.'.repeat(60_000)}a@`];
    const data = portalWith(
      { contacts: nasty.map((text) => ({ note: text, email: text })) },
      { properties: new Map([['contacts', new Map([['note', facts]])]]) },
    );
    expect(runChecks(data, { checks: ['P13', 'C01'] }).checks).toBe(2);
  });
});

describe('A slip in a provider’s name that somebody has registered', () => {
  it('is a slip, and no throw-away mailbox', () => {
    const data = portalWith({ contacts: [{ email: 'ann@gmai.com' }] });
    expect(proposals(findingsOf('C02', data)[0])).toStrictEqual({ '101': { email: 'ann@gmail.com' } });
    expect(findingsOf('C03', data)).toStrictEqual([]);
  });
});

describe('A currency that the portal does not have', () => {
  it('is not made another amount by the fix', () => {
    const rows = deals(1, () => ({ amount: '500', deal_currency_code: 'GBP' }));
    expect(findingsOf('D18', dealPortal(rows)).map(({ fix }) => fix?.tool)).toStrictEqual(['log_activity']);
  });
});

describe('Fingerprints as time passes', () => {
  it('stay what they are of a portal in which nothing changes', () => {
    const data = dataOf(makePortal({ contacts: 2000, companies: 400, deals: 800, tickets: 400 }, 5));
    // A fortnight during which nobody works: far more is late each day, and what is told stays known by what it was.
    const fingerprints = (days: number) =>
      new Map(
        runChecks(
          { ...data, now: NOW + days * DAY },
          { checks: ['D01', 'D03', 'D13', 'T02', 'T03', 'D12'] },
        ).findings.map(({ check, fingerprint }) => [check, fingerprint]),
      );
    const [before, after] = [fingerprints(60), fingerprints(61)];
    expect([...before.keys()]).toContain('D01');
    expect(after).toStrictEqual(before);
  });

  it('stay away where there are one more or fewer, and are news when there are more than ten times as many', () => {
    for (const [now, dismissed] of [
      [13, 12],
      [10, 9],
      [9, 10],
      [100, 99],
      [5, 250],
      [90, 9],
    ] as const)
      expect([now, dismissed, staysAway(now, dismissed)]).toStrictEqual([now, dismissed, true]);
    expect(staysAway(100, 9)).toBe(false);
    expect(staysAway(1000, 12)).toBe(false);
  });

  it('of sparse sources follow the calendar, not the day on which somebody looks', () => {
    const start = Date.UTC(2026, 8, 7, 12);
    const calm = Array.from({ length: 40 }, (_, week) => ({
      createdate: new Date(start - (week + 1) * 7 * DAY).toISOString(),
    }));
    const burst = Array.from({ length: 25 }, () => ({ createdate: new Date(start + 2 * DAY).toISOString() }));
    const of = (now: number) =>
      findingsOf('P01', portalWith({ contacts: [...calm, ...burst] }, { now })).map(({ fingerprint, severity }) => [
        fingerprint,
        severity,
      ]);
    const looks = [8, 9, 10, 12, 15].map((days) => of(start + days * DAY));
    expect(looks[0]).toHaveLength(1);
    for (const look of looks) expect(look).toStrictEqual(looks[0]);
    expect(looks[0]?.[0]?.[1]).toBe('low');
  });
});
