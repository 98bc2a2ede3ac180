/** What any of the tools sends to a model: nothing that says who it is, nothing sensitive, nothing that the policy hides. */

import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { seededRandom, systemClock } from '../../src/clock.ts';
import { createPortal, type Portal } from '../../src/portal/index.ts';
import { type Connection, connect, type HarnessOptions } from '../harness.ts';
import { completion, judging, type OpenaiServer, openaiServer } from '../openai-server.ts';

let connection: Connection | undefined;
let server: OpenaiServer | undefined;
/** One for all, with somebody in it of whom nothing is to be told. */
let portal: Portal;
let her: { readonly contact: string; readonly ticket: string };
beforeAll(async () => {
  portal = await createPortal({ clock: systemClock, random: seededRandom(1), seed: 'demo', limits: 'off' });
  connection = await connect({ portal });
  her = await fill(connection);
  await connection.close();
});
afterAll(() => portal.close());
afterEach(async () => {
  await connection?.close();
  await server?.close();
  connection = undefined;
  server = undefined;
});

type Redaction = 'none' | 'pseudonymised' | 'features';

const articles = [
  {
    title: 'Passwords, by rosa.park@help.example',
    text: 'Open Settings to reset your password. Otherwise write to rosa.park@help.example or call +1 (415) 555-0188.',
  },
];
const dull = { answerable: true, sentences: [{ text: 'Open Settings to reset your password.', articles: [1] }] };
const readings = { intent: 'support', sentiment: 'neutral', urgency: 'normal', language: 'en', confidence: 0.9 };

/** Answers whatever is asked, in the form that is asked for. */
async function office(
  redaction: Redaction,
  harness: Partial<HarnessOptions> = {},
  { draft = dull, hide = [] }: { draft?: unknown; hide?: readonly string[] } = {},
) {
  const pairs = judging(() => 'different');
  server = await openaiServer(
    (asked) => {
      const { name } = Object(Object(asked.body['response_format']).json_schema);
      if (name === 'judge_pairs') return pairs(asked);
      return completion(name === 'analyze_message' ? readings : name === 'draft_reply' ? draft : { values: [] });
    },
    { redaction },
  );
  connection = await connect({
    config: { toolsets: ['crm', 'quality'], deadlineMs: 60_000 },
    model: server.options,
    portal: sensitive(portal, hide),
    ...harness,
  });
  return { ...connection, asked: server.asked };
}

const person = {
  firstname: 'Zoe',
  lastname: 'Quillfeather',
  email: 'zoe.quillfeather@brightwater.example',
  phone: '+1 415 555 0100',
  company: 'Brightwater',
  city: 'ask zoe at 415 55 50 100',
  state: 'zq@brightwater.example',
  country: 'https://brightwater.example/zoe',
  website: 'zoe.quillfeather',
  jobtitle:
    'Alchemist at Brightwater, Zoe Quillfeather, zoe.quillfeather@brightwater.example, 415 555 0100, brightwater.example/zoe',
};
const secrets = /zoe|quill|brightwater|zq@|415|555|0100|rosa|park|0188/i;

const letter = `Dear Rosa,
I cannot log in: zoe.quillfeather@brightwater.example, zoe (at) brightwater.example, zoe @ brightwater.example, 415 555 0100,
https://brightwater.example/zoe?mail=zoe.quillfeather. My boss is Mr. Park.
Kind regards
Zoe Quillfeather
Brightwater`;

async function fill({ hubspot, call }: Connection) {
  const one = await hubspot.objects.create('contacts', { properties: person });
  await hubspot.objects.create('contacts', {
    properties: { ...person, email: 'z.quillfeather@gmail.com', firstname: 'Z.', jobtitle: '', phone: '' },
  });
  const ticket = await hubspot.objects.create('tickets', {
    properties: { subject: 'Login of Zoe', content: letter, hs_pipeline: '0', hs_pipeline_stage: '1' },
  });
  await call('associate_records', {
    fromObjectType: 'tickets',
    toObjectType: 'contacts',
    pairs: [{ from: ticket.id, to: one.id }],
  });
  return { contact: one.id, ticket: ticket.id };
}

async function askAll({ call }: Pick<Connection, 'call'>) {
  const { contact, ticket } = her;
  const suggesting = { objectType: 'contacts', ids: [contact], properties: ['hs_role'], useModel: true };
  return {
    suggested: await call('suggest_values', suggesting),
    analyzed: await call('analyze_message', { recordId: ticket }),
    drafted: await call('draft_reply', { recordId: ticket, articles, tone: 'as rosa.park@help.example' }),
  };
}

const judge = ({ call }: Pick<Connection, 'call'>) => call('judge_duplicates', { objectType: 'contacts', maxUsd: 1 });

const names = () =>
  new Set(server?.asked.map(({ body }) => Object(Object(body['response_format']).json_schema).name) ?? []);
/** What was sent, without what is ours. */
const sent = () => server?.asked.map(({ data }) => JSON.stringify(data)).join('\n') ?? '';
/** Of others there are in the portal whose numbers and places have something of hers. */
const sentOfHer = () =>
  server?.asked
    .filter(({ pairs }) => pairs.length === 0)
    .map(({ data }) => JSON.stringify(data))
    .join('\n') ?? '';

describe('What leaves to a model', () => {
  it('says with pseudonyms nothing of who it is, through any tool', async () => {
    const crm = await office('pseudonymised');
    await judge(crm);
    const all = await askAll(crm);
    expect(Object.values(all).map(({ isError }) => isError)).toEqual([false, false, false]);
    expect([...names()].toSorted((a, b) => a.localeCompare(b))).toEqual([
      'analyze_message',
      'draft_reply',
      'judge_pairs',
      'suggest_values',
    ]);
    await crm.call('analyze_message', { text: letter });
    expect(sent()).toContain('Alchemist');
    expect(sentOfHer()).not.toMatch(secrets);
    expect(sent()).not.toMatch(/zoe|quill|brightwater|0188/i);
    expect(server?.asked.every(({ body }) => body['store'] === false)).toBe(true);
  });

  it('is, where only features may leave, how pairs compare', async () => {
    const crm = await office('features');
    await judge(crm);
    await askAll(crm);
    expect([...names()]).toEqual(['judge_pairs']);
    expect(sentOfHer()).not.toMatch(secrets);
    expect(sent()).not.toMatch(/zoe|quill|brightwater|0188/i);
  });

  it('gives addresses and numbers of articles back to the draft, and none that it was not shown', async () => {
    const draft = {
      answerable: true,
      sentences: [
        { text: 'Open Settings to reset your password.', articles: [1] },
        { text: 'Write to address1@article.invalid or call number2@article.invalid.', articles: [1] },
        { text: 'Or to address9@article.invalid.', articles: [1] },
      ],
    };
    const crm = await office('pseudonymised', {}, { draft });
    const { data } = await crm.call('draft_reply', { text: 'How can I reset my password?', articles });
    expect(data['draft']).toContain('Write to rosa.park@help.example or call +1 (415) 555-0188.');
    expect(data['draft']).not.toMatch(/invalid/);
  });

  it('is nothing of what HubSpot calls sensitive, nor how it compares', async () => {
    const crm = await office('none', {}, { hide: ['phone', 'lastname', 'jobtitle', 'company', 'content'] });
    const judged = await judge(crm);
    const { analyzed, drafted } = await askAll(crm);
    expect(sent()).not.toMatch(/alchemist|"phone"|log in/i);
    const told = server?.asked.flatMap(({ pairs }) => pairs.map((pair) => JSON.stringify(Object(pair).compared ?? [])));
    expect(told?.join('')).not.toMatch(/phone|name/);
    expect(told).not.toEqual([]);
    expect(sent()).not.toContain('Login of Zoe');
    expect(analyzed.data['note']).toMatch(/sensitive/);
    expect(drafted.data['note']).toMatch(/sensitive/);
    expect(judged.isError).toBe(false);
    const compared = server?.asked.flatMap(({ pairs }) => pairs.flatMap((pair) => Object.keys(Object(pair.a))));
    expect(compared).not.toContain('lastname');
  });

  it.each(['deny', 'mask'] as const)('is nothing of what the policy says to %s', async (access) => {
    const crm = await office('none', {
      policy: {
        properties: Object.fromEntries(
          ['contacts.jobtitle', 'contacts.company', 'contacts.email', 'tickets.content'].map((name) => [
            name,
            { access },
          ]),
        ),
      },
    });
    await askAll(crm);
    const tickets = server?.asked.map(({ data }) => Object(data).message).filter((each) => /Login of Zoe/.test(each));
    expect(tickets?.length).toBe(2);
    expect(tickets?.join('')).not.toMatch(/log in/);
    const others = server?.asked.filter(({ data }) => Object(data).message === undefined).map(({ raw }) => raw);
    expect(others?.join('')).not.toMatch(/alchemist|zoe\.quillfeather@|•|\*\*\*/i);
  });
});

/** A portal whose definitions call these properties sensitive. */
function sensitive(real: Portal, properties: readonly string[]): Portal {
  return {
    ...real,
    async fetch(request) {
      const response = await real.fetch(request);
      if (properties.length === 0 || !request.url.includes('/properties/')) return response;
      const body: unknown = JSON.parse(String(response.body), (_key, value: unknown) =>
        properties.includes(String(Object(value).name)) ? { ...Object(value), dataSensitivity: 'sensitive' } : value,
      );
      return { ...response, body: JSON.stringify(body) };
    },
  };
}
