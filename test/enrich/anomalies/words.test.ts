import { describe, expect, it } from 'vitest';
import type { PortalData } from '../../../src/enrich/anomalies/types.ts';
import { daysAgo, findingsOf, portalWith } from './small-portal.ts';

/** Deals of somebody who has left, one for each company with its owner. */
function orphans(owners: readonly string[]): PortalData {
  const deals = owners.map((_, at) => ({
    id: String(1000 + at),
    dealstage: 'likely',
    pipeline: 'p',
    createdate: daysAgo(20),
    hubspot_owner_id: 'gone',
  }));
  const companies = owners.map((hubspot_owner_id, at) => ({
    id: String(5000 + at),
    name: `C${at}`,
    hubspot_owner_id,
  }));
  return portalWith(
    { deals, companies },
    {
      owners: ['1', '2'].map((id) => ({ id, email: `${id}@firm.org`, archived: false })),
      pipelines: new Map([['deals', [{ id: 'p', label: 'Sales', stages: [stage('likely', false)] }]]]),
      associations: new Map([['deals>companies', new Map(deals.map(({ id }, at) => [id, [String(5000 + at)]]))]]),
    },
  );
}

const stage = (id: string, closed: boolean) => ({ id, label: id, order: 1, closed });

describe('What a finding says', () => {
  it.each([
    [['1', '2', '1'], 'The owners of the deals’ companies.'],
    [
      ['1', 'gone', '2'],
      'The owners of the deals’ companies, for 2 of these; of the others no company has an owner who works here.',
    ],
  ])('of owners %s counts no deals that are not there', (owners, note) => {
    expect(findingsOf('D16', orphans(owners)).map(({ fix }) => fix?.note)).toStrictEqual([note]);
  });

  it('names pipeline and priority of tickets as people do', () => {
    const tickets = Array.from({ length: 31 }, (_, at) => ({
      id: String(at + 1),
      hs_pipeline: '77',
      hs_ticket_priority: '',
      hs_pipeline_stage: at === 30 ? '1' : '4',
      createdate: daysAgo(90),
      closed_date: at === 30 ? '' : daysAgo(89),
    }));
    const pipelines = new Map([
      ['tickets', [{ id: '77', label: 'Support', stages: [stage('1', false), stage('4', true)] }]],
    ]);
    expect(findingsOf('T01', portalWith({ tickets }, { pipelines })).map(({ evidence }) => evidence)).toStrictEqual([
      { pipeline: 'Support', priority: 'none', tickets: 1 },
    ]);
  });

  it('names pipeline and stage of deals as people do', () => {
    const stages = [{ ...stage('88', false), label: 'Offer sent' }];
    const pipelines = new Map([['deals', [{ id: '77', label: 'Renewals', stages }]]]);
    const deal = { id: '1', pipeline: '77', dealstage: '88', hs_v2_date_entered_88: daysAgo(90) };
    const found = findingsOf('D02', portalWith({ deals: [deal] }, { pipelines }));
    expect(found.map(({ evidence }) => evidence)).toStrictEqual([{ stage: 'Offer sent', pipeline: 'Renewals' }]);
  });
});
