/** Reasons for which records must not become one. */

import { restrictiveValue } from './consent.ts';
import { idsOf, isExternalId } from './identity.ts';
import { isContactEmail } from './survivorship.ts';
import type { ApartPair, MergeInput, PropertyFacts, RecordNow } from './types.ts';

/** Source: the refusal "Cannot have more than 250 identities on a profile", and knowledge.hubspot.com/records/merge-records. */
const MAX_MERGES = 250;

export function refusalsOf(input: MergeInput): readonly string[] {
  return [...saidTwo(input), ...identities(input), ...family(input), ...limits(input), ...choices(input)];
}

/** Of pairs that somebody holds for two, those that would become one: under whatever id they were known then. */
export function apartIn({ records, apart = [] }: MergeInput): readonly ApartPair[] {
  const holder = new Map(records.flatMap((record) => idsOf(record).map((id) => [id, record.id] as const)));
  return apart.filter(({ ids: [a, b] }) => {
    const [one, other] = [holder.get(a), holder.get(b)];
    return one !== undefined && other !== undefined && one !== other;
  });
}

/** The same word that keeps them out of find_duplicates, until it is taken back. */
function saidTwo(input: MergeInput): string[] {
  return apartIn(input).map(({ ids: [a, b], by, at }) => {
    const day = new Date(at).toISOString().slice(0, 10);
    return `${JSON.stringify(by)} said on ${day} that ${a} and ${b} are two. If a person says that they are one: dismiss_finding with restore and pair:${input.objectType}:${a}:${b}.`;
  });
}

/** Only the names of the properties: values may be whatever somebody wrote. */
function identities({ properties, records }: MergeInput): string[] {
  return properties.filter(isExternalId).flatMap(({ name }) => {
    const known = new Map(
      records.flatMap((record) => {
        const value = (record.properties[name] ?? '').trim().toLowerCase();
        return value === '' ? [] : [[value, record.id] as const];
      }),
    );
    if (known.size < 2) return [];
    return [`${[...known.values()].join(' and ')} have different ${name}: another system knows them as two.`];
  });
}

function family({ records }: MergeInput): string[] {
  const ids = new Set(records.map(({ id }) => id));
  return records.flatMap(({ id, properties }) => {
    const parent = properties['hs_parent_company_id'] ?? '';
    return ids.has(parent) && parent !== id ? [`${parent} is the parent company of ${id}.`] : [];
  });
}

function limits({ records }: MergeInput): string[] {
  // Each merge ends two ids and makes one.
  const merges = records.reduce((sum, record) => sum + (idsOf(record).length - 1) / 2, 0) + records.length - 1;
  if (merges <= MAX_MERGES) return [];
  return [`HubSpot lets a record be merged ${MAX_MERGES} times in all, and this would be number ${Math.ceil(merges)}.`];
}

/** What the caller asked for field by field, and cannot have. */
function choices(input: MergeInput): string[] {
  const { fields = {}, properties, records, survivor } = input;
  const facts = new Map(properties.map((property) => [property.name, property]));
  return Object.entries(fields).flatMap(([name, id]) => {
    const property = facts.get(name);
    if (property === undefined) return [`fields: there is no property ${name} here.`];
    const record = records.find((each) => each.id === id);
    if (record === undefined) return [`fields: ${name} is to come from ${id}, which is not among the records.`];
    if ((record.properties[name] ?? '') === '') {
      return [`fields: ${id} has no ${name}, and HubSpot would fill in another record's.`];
    }
    if (name === 'lifecyclestage' && further(property, record, records)) {
      return [`fields: ${name} cannot be chosen: HubSpot keeps the stage that is furthest.`];
    }
    const refusal = restrictiveValue(property);
    if (refusal !== undefined && record.properties[name] !== refusal && records.some(says(name, refusal))) {
      return [
        `fields: ${name} cannot be chosen: what somebody refused stays refused. A person can change it in HubSpot.`,
      ];
    }
    if (!property.writable)
      return [`fields: ${name} cannot be chosen: HubSpot sets it, or it may not be written here.`];
    if ((property.unique || isContactEmail(input, property)) && survivor !== id) {
      return [`fields: ${name} is unique, so only the survivor's can stay. Make ${id} the survivorId.`];
    }
    return [];
  });
}

function says(name: string, value: string): (record: RecordNow) => boolean {
  return ({ properties }) => properties[name] === value;
}

function further({ name, order }: PropertyFacts, { properties }: RecordNow, records: readonly RecordNow[]): boolean {
  const place = (held: RecordNow['properties']) => order.indexOf(held[name] ?? '');
  return records.some((each) => place(each.properties) > place(properties));
}
