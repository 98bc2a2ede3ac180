/** What an agent does with records that have just come in: finds, sums up, connects and annotates them. */

import { CommandFailure } from '../../command.ts';
import type { ToolAnswer } from './agent.ts';
import { refusalOf, rowsOf } from './answers.ts';
import type { Loaded, Spread } from './load.ts';
import type { Mapping } from './mapping.ts';
import { counted } from './report.ts';
import type { Transcript } from './transcript.ts';

export interface Brought {
  readonly objectType: string;
  readonly loaded: Loaded;
  readonly mapping: Mapping;
  readonly nameProperty: string;
  /** Finds nothing but what was brought: all of it, or as much as its name says. */
  readonly scope: { readonly name: string; readonly filterGroups: readonly unknown[] };
  /** Leave to associate and annotate the records. */
  readonly mayAddMore: boolean;
}

const SHOWN_PROPERTIES = 4;

export async function workWith(brought: Brought, transcript: Transcript): Promise<void> {
  const { objectType, loaded, mayAddMore } = brought;
  const { name: these, filterGroups } = brought.scope;
  const ask = async (question: string, tool: string, args: Record<string, unknown>): Promise<ToolAnswer> => {
    const answer = await transcript.ask(question, tool, args);
    const refused = refusalOf(answer);
    if (refused !== undefined) throw new CommandFailure(`${tool} failed: ${refused.message}`);
    return answer;
  };
  const properties = brought.mapping.columns.map(({ property }) => property).slice(0, SHOWN_PROPERTIES);
  const [first = '', second] = loaded.ids;

  const read = await ask('What did the first rows become?', 'get_records', {
    objectType,
    ids: loaded.ids.slice(0, 3),
    properties,
  });
  const word = longestWord(rowsOf(read).map((row) => String(row[brought.nameProperty] ?? Object.values(row)[1] ?? '')));
  if (word !== undefined) {
    const search = { objectType, query: word, filterGroups, properties, limit: 5 };
    await ask(`Which of ${these} have to do with "${word}"?`, 'search_records', search);
  }

  const groupBy = telling(loaded.spread);
  await ask(
    groupBy === undefined ? `How many of ${these} does a search find?` : `How are ${these} spread over ${groupBy}?`,
    'aggregate_records',
    {
      objectType,
      filterGroups,
      groupBy: groupBy === undefined ? [] : [groupBy],
      limit: 5,
    },
  );

  if (!mayAddMore) {
    transcript.say('\nNothing else is changed on your account. --show-all also associates records and logs a note.');
    return;
  }
  const possible = await ask(`What can ${objectType} be associated with?`, 'list_object_types', {
    objectType,
    toObjectTypes: [],
  });
  const targets = possible.data?.['associableTo'];
  const associated = second !== undefined && Array.isArray(targets) && targets.includes(objectType);
  if (associated) {
    await ask('Associate the first two with each other.', 'associate_records', {
      fromObjectType: objectType,
      toObjectType: objectType,
      pairs: [{ from: first, to: second }],
    });
  }
  await ask('Log a note.', 'log_note', {
    notes: [
      {
        body:
          loaded.ids.length === 1
            ? 'Imported alone.'
            : `Imported together with ${counted(loaded.ids.length - 1, 'other')}.`,
        associations: loaded.ids.slice(0, 2).map((id) => ({ toObjectType: objectType, to: id })),
      },
    ],
  });
  await ask('What is known about the first one now?', 'get_records', {
    objectType,
    ids: [first],
    properties,
    associations: [{ objectType: 'notes', properties: ['hs_note_body'] }, ...(associated ? [{ objectType }] : [])],
  });
}

/** The property whose values repeat most, of those that most rows have. */
function telling(spread: readonly Spread[]): string | undefined {
  const most = Math.max(...spread.map(({ filled }) => filled));
  const repeating = spread.filter(
    ({ filled, distinct }) => filled >= most / 2 && distinct > 1 && distinct <= filled / 2,
  );
  return repeating.sort((a, b) => b.filled / b.distinct - a.filled / a.distinct)[0]?.property;
}

function longestWord(names: readonly string[]): string | undefined {
  const words = names.flatMap((name) => name.match(/\p{L}{4,}/gu) ?? []);
  return words.sort((a, b) => b.length - a.length)[0];
}
