/**
 * Field by field, which value stays. HubSpot lets the primary record's values win, by its changelog, and the later ones,
 * by older pages of its knowledge base: so whatever must stay is written to the primary record before the merge.
 * No value is made up or put together; options of a property that can have several are united.
 */

import { isConsent, restrictiveValue } from './consent.ts';
import { keptBeside } from './kept-beside.ts';
import type { FieldChoice, LostValue, MergeInput, PropertyFacts, RecordNow } from './types.ts';
import { comparable, isValid, optionsIn } from './valid.ts';

/** A record's value of one property. */
interface Held {
  readonly record: RecordNow;
  readonly value: string;
}

interface Chosen {
  readonly keep: string;
  readonly rule: string;
  readonly needsHuman?: boolean;
}

export interface Survivorship {
  readonly fields: readonly FieldChoice[];
  readonly same: readonly string[];
  readonly leftAlone: readonly string[];
}

/** What every record has another one of: it says nothing to set the records against each other by. */
const SYSTEM =
  /^(?:hs_object_id|hs_merged_object_ids|hs_unique_creation_key|createdate|hs_createdate|lastmodifieddate|hs_lastmodifieddate|hs_all_contact_vids|hs_calculated_\w+|mcp_write_id|mcp_last_write)$/;

/** Whom a record belongs to. */
const OWNER = /(?:^|_)owner_id$|^hubspot_team_id$/;

/** @param records the survivor first, the others in the order in which they are merged */
export function chooseFields(input: MergeInput, records: readonly RecordNow[]): Survivorship {
  const choices: FieldChoice[] = [];
  const resident = residentOf(input, records);
  const leftAlone: string[] = [];
  const same: string[] = [];
  for (const property of input.properties.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
    if (SYSTEM.test(property.name)) continue;
    const held = records.flatMap((record) => {
      const value = record.properties[property.name] ?? '';
      return value.trim() === '' ? [] : [{ record, value }];
    });
    if (held.length === 0) continue;
    const values = new Set(held.map(({ value }) => comparable(property, value)));
    if (values.size === 1 && held.length === records.length) {
      same.push(property.name);
      continue;
    }
    // Whether a person may be written to is looked after even where HubSpot alone can set it.
    if (!property.writable && restrictiveValue(property) === undefined) {
      if (values.size > 1) leftAlone.push(property.name);
      continue;
    }
    choices.push(choiceOf(input, property, held, records, resident));
  }
  return { fields: choices, same, leftAlone };
}

function choiceOf(
  input: MergeInput,
  property: PropertyFacts,
  held: readonly Held[],
  records: readonly RecordNow[],
  resident: Resident | undefined,
): FieldChoice {
  const [survivor] = records;
  if (survivor === undefined) throw new Error('There is no survivor.');
  const said = input.fields?.[property.name] ?? pairedChoice(input, property.name);
  const named = held.find(({ record }) => record.id === said);
  const {
    keep,
    rule,
    needsHuman = false,
  }: Chosen = named === undefined
    ? choose(input, property, held, survivor, resident)
    : { keep: named.value, rule: 'chosen by the caller' };
  const kept = comparable(property, keep);
  const own = survivor.properties[property.name] ?? '';
  const beside = besideRule(input, property) !== undefined;
  return {
    property: property.name,
    keep,
    from: contributors(property, held, keep),
    contested: new Set(held.map(({ value }) => comparable(property, value))).size > 1,
    rule,
    loses: beside && (own === '' || kept === comparable(property, own)) ? [] : lostValues(property, held, keep),
    needsHuman,
    write:
      property.writable && !property.unique && !isContactEmail(input, property) && comparable(property, own) !== kept,
  };
}

/** Pipeline and stage mean something only together. */
function pairedChoice({ pipeline, fields = {} }: MergeInput, property: string): string | undefined {
  if (pipeline === undefined) return undefined;
  const { pipelineProperty, stageProperty } = pipeline;
  if (property === pipelineProperty) return fields[stageProperty];
  return property === stageProperty ? fields[pipelineProperty] : undefined;
}

/** Of a property whose other values HubSpot keeps beside it. */
function besideRule({ objectType }: MergeInput, { name }: PropertyFacts): string | undefined {
  const beside = keptBeside[objectType];
  return beside?.property === name ? beside.rule : undefined;
}

/** HubSpot takes no address that another contact still has. */
export function isContactEmail({ objectType }: Pick<MergeInput, 'objectType'>, { name }: PropertyFacts): boolean {
  return objectType === 'contacts' && name === 'email';
}

/** A street of one record with the town of another would be an address that nobody ever had. */
const ADDRESS: readonly string[] = [
  'address',
  'zip',
  'city',
  'address2',
  'state',
  'country',
  'hs_state_code',
  'hs_country_region_code',
];

/** Whose address stays, and the part of it that decided that. */
interface Resident {
  readonly by: string;
  readonly id: string | undefined;
}

/** Undefined where the records do not have different addresses. */
function residentOf({ properties, fields = {} }: MergeInput, records: readonly RecordNow[]): Resident | undefined {
  for (const name of ADDRESS.slice(0, 3)) {
    const property = properties.find((each) => each.name === name);
    if (property === undefined || !property.writable) continue;
    const held = records.flatMap((record) => {
      const value = record.properties[name] ?? '';
      return value.trim() === '' || !isValid(property, value, record) ? [] : [{ record, value }];
    });
    if (new Set(held.map(({ value }) => comparable(property, value))).size < 2) continue;
    return { by: name, id: fields[name] ?? best(property, held)?.record.id };
  }
  return undefined;
}

function choose(
  input: MergeInput,
  property: PropertyFacts,
  held: readonly Held[],
  survivor: RecordNow,
  resident: Resident | undefined,
): Chosen {
  const [first] = held;
  if (first === undefined) throw new Error(`Nobody has ${property.name}.`);
  const own = held.find(({ record }) => record.id === survivor.id);
  const values = new Set(held.map(({ value }) => comparable(property, value)));
  const { name, kind, order } = property;

  const restrictive = restrictiveValue(property);
  if (restrictive !== undefined) {
    const refusal = held.find(({ value }) => value === restrictive);
    return { keep: (refusal ?? first).value, rule: 'allows the least' };
  }
  if (property.unique || isContactEmail(input, property)) return keptByHubSpot(input, property, own ?? first, held);
  if (values.size === 1)
    return { keep: first.value, rule: own === undefined ? 'the only value' : 'nobody has another' };
  if (isConsent(property)) return disputed(own ?? first, 'what was agreed to differs');
  if (OWNER.test(name)) return disputed(own ?? first, 'owners differ');
  if (name === 'lifecyclestage') return furthest(held, order);
  if (kind === 'options') return { keep: united(held, order), rule: 'options of all' };
  if (input.pipeline !== undefined && Object.values(input.pipeline).includes(name)) {
    return disputed(own ?? first, 'pipeline and stage stay together');
  }
  const isPart = ADDRESS.includes(name) && name !== resident?.by;
  const home = isPart ? held.find(({ record }) => record.id === resident?.id) : undefined;
  if (home !== undefined && isValid(property, home.value, home.record)) {
    return { keep: home.value, rule: 'the address stays whole' };
  }
  const valid = held.filter(({ record, value }) => isValid(property, value, record));
  if (valid.length > 0 && valid.length < held.length) {
    const left = new Set(valid.map(({ value }) => comparable(property, value)));
    const better = left.size === 1 ? valid[0] : best(property, valid);
    if (better !== undefined) return { keep: better.value, rule: 'valid over invalid' };
  }
  const beside = besideRule(input, property);
  if (beside !== undefined && own !== undefined) return { keep: own.value, rule: beside };
  const named = NAME.test(name) ? inFull(held) : held;
  const [full] = named;
  const isOnlyOne = new Set(named.map(({ value }) => comparable(property, value))).size === 1;
  if (full !== undefined && isOnlyOne) return { keep: full.value, rule: 'in full over an initial' };
  return bySource(property, named, own);
}

const NAME = /^(?:firstname|lastname)$/;

/** An initial knows less than a name, however late it came. */
function inFull(held: readonly Held[]): readonly Held[] {
  const names = held.filter(({ value }) => value.replace(/[^\p{L}]/gu, '').length > 1);
  return names.length > 0 ? names : held;
}

/** A person has to say; until then the survivor's stays. */
function disputed({ value }: Held, rule: string): Chosen {
  return { keep: value, rule, needsHuman: true };
}

/** The survivor's cannot be written while another record has the value, so what HubSpot does is what is planned. */
function keptByHubSpot(input: MergeInput, property: PropertyFacts, kept: Held, held: readonly Held[]): Chosen {
  const better = held.some(({ record, value }) => isValid(property, value, record));
  const needsHuman = better && !isValid(property, kept.value, kept.record);
  const rule = besideRule(input, property) ?? 'unique, so only the survivor’s can stay';
  return { keep: kept.value, rule, ...(needsHuman && { needsHuman }) };
}

function furthest(held: readonly Held[], order: readonly string[]): Chosen {
  const place = ({ value }: Held) => order.indexOf(value);
  const [first, ...rest] = held;
  const found = rest.reduce((best, each) => (best !== undefined && place(each) <= place(best) ? best : each), first);
  return { keep: found?.value ?? '', rule: 'furthest stage' };
}

function united(held: readonly Held[], order: readonly string[]): string {
  const all = [...new Set(held.flatMap(({ value }) => optionsIn(value)))];
  const place = (option: string) => (order.includes(option) ? order.indexOf(option) : order.length);
  return all.toSorted((a, b) => place(a) - place(b) || (a < b ? -1 : 1)).join(';');
}

/** Of whom a value is better known, the more: a person who filled in a form knows it, a list or another system may, a guess does not. */
const TRUST: readonly (readonly [RegExp, number, string])[] = [
  [/^(?:FORM|FORMS|FORM_SUBMISSION|CONTACTS_WEB|PREFERENCES)/, 4, 'from a form'],
  [/^(?:IMPORT|INTEGRATION|API|SALESFORCE|DATA_SYNC|SYNC|MIGRATION|BATCH_UPDATE)/, 3, 'imported'],
  [/ENRICHMENT|INSIGHTS|^AI_|^ANALYTICS/, 2, 'enriched'],
];

function trustOf(type: string | undefined): { readonly rank: number; readonly word: string } {
  const found = TRUST.find(([pattern]) => type !== undefined && pattern.test(type));
  return found === undefined ? { rank: 1, word: 'entered by hand' } : { rank: found[1], word: found[2] };
}

function bySource(property: PropertyFacts, held: readonly Held[], own: Held | undefined): Chosen {
  const kept = best(property, held);
  if (kept === undefined) throw new Error(`Nobody has ${property.name}.`);
  const rivals = held.filter(({ value }) => comparable(property, value) !== comparable(property, kept.value));
  const rank = (each: Held) => trustOf(sourceOf(property, each)?.type).rank;
  const next = Math.max(...rivals.map(rank));
  if (rank(kept) > next) {
    const rival = rivals.find((each) => rank(each) === next);
    const words = [
      trustOf(sourceOf(property, kept)?.type).word,
      trustOf(rival && sourceOf(property, rival)?.type).word,
    ];
    return { keep: kept.value, rule: words.join(', not ') };
  }
  const at = (each: Held) => sourceOf(property, each)?.at ?? 0;
  const later = rivals.every((each) => rank(each) < rank(kept) || at(each) < at(kept));
  if (later) return { keep: kept.value, rule: 'later change' };
  return { keep: kept.value, rule: own === undefined ? 'the lower id' : 'the survivor’s; neither is newer' };
}

/** The most trusted one, of these the latest, of these the survivor's, which comes first. */
function best(property: PropertyFacts, held: readonly Held[]): Held | undefined {
  const rank = (each: Held) => trustOf(sourceOf(property, each)?.type).rank;
  const at = (each: Held) => sourceOf(property, each)?.at ?? 0;
  return held
    .map((each, place) => ({ each, place }))
    .toSorted((a, b) => rank(b.each) - rank(a.each) || at(b.each) - at(a.each) || a.place - b.place)[0]?.each;
}

function sourceOf({ name }: PropertyFacts, { record }: Held) {
  return record.sources[name];
}

function contributors(property: PropertyFacts, held: readonly Held[], keep: string): readonly string[] {
  const kept = comparable(property, keep);
  const same = held.filter(({ value }) => comparable(property, value) === kept);
  return (same.length > 0 ? same : held).map(({ record }) => record.id);
}

function lostValues(property: PropertyFacts, held: readonly Held[], keep: string): readonly LostValue[] {
  const kept = property.kind === 'options' ? new Set(optionsIn(keep)) : undefined;
  return held
    .filter(({ value }) =>
      kept === undefined
        ? comparable(property, value) !== comparable(property, keep)
        : optionsIn(value).some((option) => !kept.has(option)),
    )
    .map(({ record, value }) => ({ id: record.id, value }));
}
