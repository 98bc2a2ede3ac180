/** What a merge does beside the values. Ids and names of properties alone, no values. */

import { isProtected } from './consent.ts';
import { keptBeside } from './kept-beside.ts';
import type { FieldChoice, MergeInput, RecordNow } from './types.ts';
import { unlikeNames } from './unlike-names.ts';

/** @param records the survivor first */
export function sideEffectsOf(
  { objectType }: Pick<MergeInput, 'objectType'>,
  records: readonly RecordNow[],
  fields: readonly FieldChoice[],
): readonly string[] {
  const [survivor, ...losers] = records;
  if (survivor === undefined) return [];
  const ids = losers.map(({ id }) => id).join(', ');
  return [
    'A merge cannot be undone.',
    ...unlikeNames(objectType, records),
    `HubSpot may give the record a new id; ${[survivor.id, ...losers.map(({ id }) => id)].join(' and ')} lead to it from then on. Other systems that keep ids must follow.`,
    ...optOuts(records),
    ...secondary(objectType, losers),
    ...marketing(objectType, records, fields),
    ...salesforce(objectType, records),
    ...associationsOf(survivor, losers),
    ...primaries(survivor, losers),
    `HubSpot takes all of them out of their workflows and decides anew about lists; what hung on being in one may happen again, or not at all, for ${ids}.`,
    'Activities may take HubSpot half an hour to bring together.',
  ];
}

function optOuts(records: readonly RecordNow[]): string[] {
  const out = records.filter(({ properties }) => isProtected(properties)).map(({ id }) => id);
  return out.length === 0
    ? []
    : [`${out.join(', ')} opted out of messages: that must hold afterwards, and is verified.`];
}

function secondary(objectType: string, losers: readonly RecordNow[]): string[] {
  const { property, word } = keptBeside[objectType] ?? {};
  if (property === undefined) return [];
  const from = losers.filter(({ properties }) => (properties[property] ?? '') !== '').map(({ id }) => id);
  return from.length === 0 ? [] : [`The ${word} of ${from.join(', ')} is kept as a secondary one.`];
}

/** HubSpot keeps the status that lets more be sent. Source: knowledge.hubspot.com/records/merge-records. */
function marketing(objectType: string, records: readonly RecordNow[], fields: readonly FieldChoice[]): string[] {
  const held = new Set(records.map(({ properties }) => properties['hs_marketable_status'] ?? 'false'));
  if (objectType !== 'contacts' || held.size < 2) return [];
  if (fields.some(({ property }) => property === 'hs_marketable_status')) return [];
  return ['It becomes a marketing contact, as one of them is: that counts against the subscription.'];
}

/** Guess: as tools for merging tell, HubSpot merges no companies while Salesforce is connected. */
function salesforce(objectType: string, records: readonly RecordNow[]): string[] {
  const synced = records.some(({ properties }) => (properties['salesforceaccountid'] ?? '') !== '');
  if (objectType !== 'companies' || !synced) return [];
  return ['One of them comes from Salesforce: while that is connected, HubSpot may refuse to merge companies.'];
}

function associationsOf(survivor: RecordNow, losers: readonly RecordNow[]): string[] {
  const types = [...new Set(losers.flatMap(({ associations }) => Object.keys(associations)))].toSorted();
  const said = types.flatMap((type) => {
    const moved = losers.reduce((sum, { associations }) => sum + (associations[type] ?? []).length, 0);
    return moved === 0 ? [] : [`${moved} ${type} (the survivor has ${survivor.associations[type]?.length ?? 0})`];
  });
  return said.length === 0 ? [] : [`Associations move along: ${said.join(', ')}.`];
}

function primaries({ primary: own }: RecordNow, losers: readonly RecordNow[]): string[] {
  const rivals = losers.filter(({ primary }) => primary !== undefined && primary !== own);
  if (own === undefined || rivals.length === 0) return [];
  const lost = rivals.map(({ id, primary }) => `${primary ?? ''} of ${id}`).join(', ');
  return [`The primary company stays ${own}; ${lost} is primary no more.`];
}
