import { afterEach, describe, expect, it } from 'vitest';
import { type Connection, connect, type HarnessOptions } from '../harness.ts';
import { completion, type OpenaiServer, openaiServer } from '../openai-server.ts';

let connection: Connection | undefined;
let server: OpenaiServer | undefined;
afterEach(async () => {
  await connection?.close();
  await server?.close();
  connection = undefined;
  server = undefined;
});

async function office(options: HarnessOptions = {}): Promise<Connection> {
  connection = await connect({ config: { toolsets: ['crm', 'quality'] }, ...options });
  return connection;
}

const articles = [
  {
    title: 'Resetting your password',
    text: 'To reset your password, open Settings and choose Security. The link that we send is valid for 24 hours.\n\nAdministrators can reset passwords of others.',
    url: 'https://help.example.com/password',
  },
  { title: 'Opening hours', text: 'Our office is open from Monday to Friday. Parking is behind the building.' },
];
const text = 'Hello, how can I reset my password? The old link no longer works.';

describe('draft_reply', () => {
  it('without a model takes the best passages word for word, says so, and cites them', async () => {
    const crm = await office();
    const before = crm.requests.length;
    const { data } = await crm.call('draft_reply', { text, articles });
    expect(data).toMatchObject({ by: 'template', language: 'en' });
    expect(data['draft']).toMatch(/^Hello,\n\n/);
    expect(data['draft']).toContain('open Settings and choose Security');
    expect(data['draft']).not.toContain('Parking');
    expect(data['citations']).toMatchObject([{ articles: [1] }, { articles: [1] }]);
    expect(data['sources']).toEqual([{ article: 1, title: 'Resetting your password', url: articles[0]?.url }]);
    expect(data['note']).toMatch(/template/);
    expect(crm.requests.slice(before)).toEqual([]);
  });

  it('gives no draft where no article is about it', async () => {
    const crm = await office();
    const { data } = await crm.call('draft_reply', { text: 'Do you deliver elephants to Mongolia?', articles });
    expect(data['draft']).toBe(undefined);
    expect(data['note']).toMatch(/Nothing in the articles answers/);
  });

  it('greets the contact of a ticket by name, in the language of the ticket', async () => {
    const crm = await office();
    const { id } = await crm.hubspot.objects.create('tickets', {
      properties: {
        subject: 'Passwort',
        content: 'Guten Tag, wie kann ich mein Passwort (password) und die Security Settings zurücksetzen?',
        hs_pipeline: '0',
        hs_pipeline_stage: '1',
      },
    });
    const { id: contact } = await crm.hubspot.objects.create('contacts', {
      properties: { firstname: 'Jürgen', email: 'j@acme.de' },
    });
    await crm.call('associate_records', {
      fromObjectType: 'tickets',
      toObjectType: 'contacts',
      pairs: [{ from: id, to: contact }],
    });
    const { data } = await crm.call('draft_reply', { recordId: id, articles });
    expect(data['language']).toBe('de');
    expect(data['draft']).toMatch(/^Guten Tag Jürgen,/);
  });

  const greeting = { text: 'Hello,', articles: [] };
  const sound = { text: 'Open Settings and choose Security to reset your password.', articles: [1] };
  const more = { text: 'Administrators can do it too.', articles: [1] };
  const end = { text: 'Kind regards', articles: [] };

  it('takes the draft of a model that rests on the articles', async () => {
    server = await openaiServer(() => completion({ answerable: true, sentences: [greeting, sound, end] }));
    const crm = await office({ model: server.options });
    const { data } = await crm.call('draft_reply', { text, articles, tone: 'formal' });
    expect(data).toMatchObject({
      by: 'model:gpt-test',
      draft: `Hello,\n\n${sound.text}`,
      citations: [{ sentence: sound.text, articles: [1] }],
    });
    expect(Object(server.asked[0]?.data).tone).toBe('formal');
  });

  it.each([
    ['a number', { text: 'It takes 48 hours.', articles: [1] }],
    ['a number in words', { text: 'It takes two days.', articles: [1] }],
    ['a link', { text: 'See https://evil.example/x for more.', articles: [1] }],
    ['a bare address', { text: 'Write to help@evil.example.', articles: [1] }],
    ['a promise', { text: 'We refund the whole year.', articles: [1] }],
    ['an article that is not there', { text: 'Parking is free.', articles: [3] }],
    ['a promise about a number of the message', { text: 'Your link of 5000 is valid for free.', articles: [1] }],
    ['an assertion without an article', { text: `It is so because ${'of many things '.repeat(9)}.`, articles: [] }],
  ])('strikes %s that no article has', async (_what, wrong) => {
    server = await openaiServer(() => completion({ answerable: true, sentences: [greeting, sound, more, wrong, end] }));
    const crm = await office({ model: server.options });
    const { data } = await crm.call('draft_reply', { text, articles });
    expect(data['by']).toBe('model:gpt-test');
    expect(data['draft']).toContain(sound.text);
    expect(data['draft']).not.toContain(wrong.text);
    expect(data['note']).toMatch(/1 sentences of the model's were struck/);
  });

  it('has no sentence of a model without an article, not even first or last', async () => {
    const courtesies = ['Your account was deleted.', 'You owe us nothing.', 'See you on Sunday.'];
    const said = courtesies.map((each) => ({ text: each, articles: [] }));
    const sentences = [...said.slice(0, 2), sound, ...said.slice(2)];
    server = await openaiServer(() => completion({ answerable: true, sentences }));
    const crm = await office({ model: server.options });
    const { data } = await crm.call('draft_reply', { text, articles });
    expect(data['draft']).toBe(`Hello,\n\n${sound.text}`);
  });

  it('stands by the template when most of the draft is made up, and gives none when the model finds no answer', async () => {
    const wrong = { text: 'You get 100 dollars.', articles: [1] };
    server = await openaiServer((_asked, nth) =>
      completion(
        nth === 0
          ? { answerable: true, sentences: [greeting, sound, wrong, wrong, end] }
          : { answerable: false, sentences: [] },
      ),
    );
    const crm = await office({ model: server.options });
    const first = await crm.call('draft_reply', { text, articles });
    expect(first.data).toMatchObject({ by: 'template', draft: expect.stringContaining('Security') });
    expect(first.data['note']).toMatch(/did not rest on the articles/);
    const second = await crm.call('draft_reply', { text, articles });
    expect(second.data['draft']).toBe(undefined);
  });
});
