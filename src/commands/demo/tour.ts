/** The main job, told as a conversation: an agent finds its way, answers questions, writes, and cleans up. */

import { CommandFailure } from '../../command.ts';
import type { ToolAnswer } from './agent.ts';
import { refusalOf, rowsOf, writesOf } from './answers.ts';
import type { Transcript } from './transcript.ts';

export async function showTour(stage: {
  readonly transcript: Transcript;
  readonly ended: () => boolean;
}): Promise<void> {
  const { transcript, ended } = stage;
  const tryOut = (question: string, tool: string, args: Record<string, unknown>): Promise<ToolAnswer> => {
    if (ended()) throw new CommandFailure(`Stopped, as you asked. ${transcript.summary()}`);
    return transcript.ask(question, tool, args);
  };
  const ask = async (question: string, tool: string, args: Record<string, unknown>): Promise<ToolAnswer> => {
    const answer = await tryOut(question, tool, args);
    const refused = refusalOf(answer);
    if (refused !== undefined) throw new CommandFailure(`${tool} failed: ${refused.message}`);
    return answer;
  };

  const account = await ask('Which account is this?', 'get_account', {});
  const currency = String(account.data?.['companyCurrency']);
  // Amounts are in the currency of their deal, so only those of one currency can be added up and compared.
  const openDeals = [
    {
      filters: [
        { propertyName: 'hs_is_closed', operator: 'EQ', value: false },
        { propertyName: 'deal_currency_code', operator: 'EQ', value: currency },
      ],
    },
  ];
  await ask(`How much money is in each stage of the open deals in ${currency}?`, 'aggregate_records', {
    objectType: 'deals',
    metrics: ['count', 'sum:amount'],
    groupBy: ['pipeline', 'dealstage'],
    filterGroups: openDeals,
  });
  const deals = await ask('Which are the five largest, and whose are they?', 'search_records', {
    objectType: 'deals',
    filterGroups: openDeals,
    sorts: [{ propertyName: 'amount', direction: 'DESCENDING' }],
    properties: ['dealname', 'amount', 'dealstage', 'closedate', 'hubspot_owner_id'],
    associations: [{ objectType: 'companies', properties: ['name'] }],
    limit: 5,
  });
  const deal = String(rowsOf(deals)[0]?.['id']);
  await ask('Which properties of contacts have to do with phones?', 'list_properties', {
    objectType: 'contacts',
    find: 'phone',
  });

  const company = idOf(
    await ask('We met Keller Optics at a fair: put them in.', 'create_records', {
      objectType: 'companies',
      records: [
        { properties: { name: 'Keller Optics', domain: 'keller-optics.example', industry: 'Medical Devices' } },
      ],
    }),
  );
  const contact = idOf(
    await ask('And Nora Keller, who works there.', 'create_records', {
      objectType: 'contacts',
      records: [
        {
          properties: { email: 'nora@keller-optics.example', firstname: 'Nora', lastname: 'Keller' },
          associations: [{ toObjectType: 'companies', to: company }],
        },
      ],
    }),
  );
  await tryOut('She is a customer now. (The agent misspells the property.)', 'update_records', {
    objectType: 'contacts',
    records: [{ id: contact, properties: { lifecycle_stages: 'Customer' } }],
  });
  await ask('So it takes the name that the answer gave.', 'update_records', {
    objectType: 'contacts',
    records: [
      { id: { idProperty: 'email', value: 'nora@keller-optics.example' }, properties: { lifecyclestage: 'Customer' } },
    ],
  });
  await ask('Connect them with the largest deal.', 'associate_records', {
    fromObjectType: 'contacts',
    toObjectType: 'deals',
    pairs: [{ from: contact, to: deal }],
  });
  await ask('Note what was said.', 'log_note', {
    notes: [
      {
        body: 'Met at the fair. Wants an offer for 40 seats before the end of the month.',
        associations: [
          { toObjectType: 'contacts', to: contact },
          { toObjectType: 'deals', to: deal },
        ],
      },
    ],
  });
  await ask('What do we know about her?', 'get_records', {
    objectType: 'contacts',
    ids: [contact],
    properties: ['firstname', 'lastname', 'email', 'lifecyclestage'],
    associations: [
      { objectType: 'companies', properties: ['name'] },
      { objectType: 'deals', properties: ['dealname'] },
      { objectType: 'notes', properties: ['hs_note_body'] },
    ],
  });
  await ask('This was a demo: take her out again.', 'archive_records', { objectType: 'contacts', ids: [contact] });
  transcript.say(`\n${transcript.summary()}`);
}

/** The id of the one record that a call has written. */
function idOf(answer: ToolAnswer): string {
  const { applied, failed } = writesOf(answer);
  const id = rowsOf(answer)[0]?.['id'];
  if (applied !== 1 || typeof id !== 'string') {
    throw new CommandFailure(`Nothing was created: ${failed[0]?.message ?? 'the answer names no record'}`);
  }
  return id;
}
