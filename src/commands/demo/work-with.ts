/** What an agent does with records that have just come in: finds, sums up, connects and annotates them. */

import { CommandFailure } from '../../command.ts';
import type { ToolAnswer } from './agent.ts';
import { refusalOf, rowsOf } from './answers.ts';
import type { Loaded, Spread } from './load.ts';
import type { Mapping } from './mapping.ts';
import type { Transcript } from './transcript.ts';

export interface Brought {
  readonly objectType: string;
  readonly loaded: Loaded;
  readonly mapping: Mapping;
  readonly nameProperty: string;
  /** Finds what was brought and nothing else. */
  readonly filterGroups: readonly unknown[];
}

const SHOWN_PROPERTIES = 4;

export async function workWith(brought: Brought, transcript: Transcript): Promise<void> {
  const { objectType, loaded, filterGroups } = brought;
  const ask = async (question: string, tool: string, args: Record<string, unknown>): Promise<ToolAnswer> => {
    const answer = await transcript.ask(question, tool, args);
    const refused = refusalOf(answer);
    if (refused !== undefined) throw new CommandFailure(`${tool} failed: ${refused.message}`);
    return answer;
  };
  const properties = brought.mapping.columns.map(({ property }) => property).slice(0, SHOWN_PROPERTIES);
  const [first = '', second] = loaded.firstIds;

  const read = await ask('What did the first rows become?', 'get_records', {
    objectType,
    ids: loaded.firstIds.slice(0, 3),
    properties,
  });
  const word = longestWord(rowsOf(read).map((row) => String(row[brought.nameProperty] ?? Object.values(row)[1] ?? '')));
  if (word !== undefined) {
    const search = { objectType, query: word, filterGroups, properties, limit: 5 };
    await ask(`Which of the imported ones have to do with "${word}"?`, 'search_records', search);
  }

  const groupBy = telling(loaded.spread);
  await ask(groupBy === undefined ? 'How many came in?' : `How are they spread over ${groupBy}?`, 'aggregate_records', {
    objectType,
    filterGroups,
    groupBy: groupBy === undefined ? [] : [groupBy],
    limit: 5,
  });

  const possible = await ask(`What can ${objectType} be associated with?`, 'list_object_types', {
    objectType,
    toObjectTypes: [],
  });
  const targets = possible.data?.['associableTo'];
  if (second !== undefined && Array.isArray(targets) && targets.includes(objectType)) {
    await ask('Associate the first two with each other.', 'associate_records', {
      fromObjectType: objectType,
      toObjectType: objectType,
      pairs: [{ from: first, to: second }],
    });
  }
  await ask('Log a note on them.', 'log_note', {
    notes: [
      {
        body: `Imported together with ${loaded.created + loaded.updated - 1} others.`,
        associations: loaded.firstIds.slice(0, 2).map((id) => ({ toObjectType: objectType, to: id })),
      },
    ],
  });
  await ask('What is known about the first one now?', 'get_records', {
    objectType,
    ids: [first],
    properties,
    associations: [
      { objectType: 'notes', properties: ['hs_note_body'] },
      ...(second === undefined ? [] : [{ objectType }]),
    ],
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
