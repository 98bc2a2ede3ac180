import { afterEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../../src/clock.ts';
import { createModel } from '../../../src/enrich/openai/create-model.ts';
import { faultIn, type Summary, type SummaryFacts, writeSummary } from '../../../src/enrich/openai/summary.ts';
import { apiError, completion, type OpenaiServer, openaiServer, type Said } from '../../openai-server.ts';

const facts: SummaryFacts = {
  totals: { contacts: 20_000, grade: 'B', duplicates: 312, share: '12.5 %', asOf: '2026-11-22' },
  findings: [
    { id: 'C02', title: 'Typo in the domain of an address', severity: 'high', figures: { records: 41 } },
    {
      id: 'D01',
      title: 'Open deals whose close date is past',
      severity: 'high',
      figures: { records: 7, amount: 1234.5 },
    },
  ],
};
const template: Summary = { headline: 'The template.', bullets: [{ text: 'It stands.', findingIds: ['C02'] }] };
const said = (text: string, findingIds: readonly string[] = ['C02'], headline = 'Addresses come first.'): Summary => ({
  headline,
  bullets: [{ text, findingIds }],
});

let server: OpenaiServer | undefined;
afterEach(async () => server?.close());

async function written(answer: Said) {
  server = await openaiServer(() => answer);
  const model = createModel({ options: server.options, clock: systemClock, log: () => undefined });
  return { ...(await writeSummary(facts, template, model.run(1))), asked: server.asked };
}

describe('A summary by a model', () => {
  it.each([
    said('Correct 41 addresses of 20,000 contacts.'),
    said('Correct 41 addresses of 20000 contacts, 12.5 % of them duplicates, as of 2026-11-22.'),
    said('Close or move the 7 deals of D01, worth 1,234.5.', ['D01']),
    said('Addresses first, deals after.', ['C02', 'D01']),
  ])('stands where every number is in the data: %j', async (summary) => {
    expect(await written(completion(summary))).toMatchObject({ by: 'model', summary });
  });

  it.each<[string, Summary]>([
    ['a number that is nowhere', said('Correct 42 addresses.')],
    ['a sum', said('There are 48 records to look at.', ['C02', 'D01'])],
    ['a number of a finding that it does not cite', said('Correct 7 addresses.')],
    ['a count turned into a share', said('41 % of addresses are wrong.')],
    ['a share turned into a count', said('12.5 contacts are duplicates.')],
    ['a number as a word', said('Forty-one addresses, in other words dozens, are wrong.')],
    ['a part as a word', said('Half of the addresses are wrong.')],
    ['a number in other digits', said('Correct ٤٢ addresses.')],
    ['a number with a unit in it', said('About 20k contacts.')],
    ['a number in the headline', said('Correct 41 addresses.', ['C02'], '99 problems.')],
    ['a finding that is not there', said('Correct 41 addresses.', ['C99'])],
    ['no finding', said('Correct 41 addresses.', [])],
    ['a finding in the text that it does not list', said('See D01 too.')],
    ['a link', said('Correct 41 addresses at https://evil.example.')],
    ['markup', said('Correct <b>41</b> addresses.')],
    ['nothing', { headline: '', bullets: [] }],
    ['no end', said('long '.repeat(100))],
  ])('with %s is dropped: the template stands', async (_name, summary) => {
    const { by, summary: given, note } = await written(completion(summary));
    expect(by).toBe('template');
    expect(given).toBe(template);
    expect(note).toMatch(/\.$/);
    expect(faultIn(summary, facts)).toBe(note);
  });

  it.each<[string, Said]>([
    ['refuses', completion('', { refusal: 'No.' })],
    ['answers prose', completion('All is well.')],
    ['fails', apiError(401, 'invalid_api_key')],
  ])('that %s leaves the template', async (_name, answer) => {
    expect(await written(answer)).toMatchObject({ by: 'template', summary: template });
  });

  it('is made of aggregates and ids alone', async () => {
    const { asked } = await written(completion(said('Correct 41 addresses.')));
    expect(asked[0]?.data).toEqual(facts);
  });
});
