/** Asks a model for values that rules could not tell: only from properties that may leave, only from real options. */

import * as z from 'zod';
import { suggestValues as instructions } from '../../../prompts/suggest-values.ts';
import type { PropertyFacts } from '../anomalies/types.ts';
import { acceptable } from '../values/options.ts';
import type { Candidate, RecordToFill } from '../values/types.ts';
import { cleanText } from './clean.ts';
import { maskedText } from './text-for-model.ts';
import type { Redaction, Run } from './types.ts';

const shape = z.strictObject({
  values: z.array(
    z.strictObject({
      ref: z.string(),
      property: z.string(),
      value: z.string(),
      because: z.string(),
      confidence: z.number(),
    }),
  ),
});

export interface ValuesAsked {
  readonly records: readonly RecordToFill[];
  /** Whatever else is asked, only properties that a job title, or a name or a domain can tell. */
  readonly wanted: readonly string[];
  readonly properties: ReadonlyMap<string, PropertyFacts>;
  /** Of {@link sentFor}, what may leave here. */
  readonly sends: readonly string[];
  readonly redaction: Redaction;
  /** Shown as the source. */
  readonly model: string;
}

export interface ValuesHeard {
  /** By record id. */
  readonly candidates: ReadonlyMap<string, readonly Candidate[]>;
  readonly notes: readonly string[];
}

const PER_CALL = 15;
/** A model's word is never quite as good as a rule's. */
const MOST_CONFIDENCE = 0.8;
const MOST_OPTIONS = 200;

/** What says nothing of a person, and what says which organisation it is. */
const titles = ['jobtitle'];
/** What of a record says who it is. */
const naming = ['firstname', 'lastname', 'company'];
const organisations: ReadonlyMap<string, readonly string[]> = new Map([
  ['contacts', ['company']],
  ['companies', ['name', 'domain', 'website']],
]);

/** Which properties of a type may leave in a mode: with pseudonyms no organisation could be known. */
export function sentFor(objectType: string, redaction: Redaction): readonly string[] {
  if (redaction === 'features') return [];
  const plain = objectType === 'contacts' ? titles : [];
  return redaction === 'none' ? [...plain, ...(organisations.get(objectType) ?? [])] : plain;
}

export async function valuesByModel(asked: ValuesAsked, run: Run): Promise<ValuesHeard> {
  const { wanted, properties, sends, redaction } = asked;
  const candidates = new Map<string, Candidate[]>();
  const notes = new Set<string>();
  let refused = 0;
  const sendable = asked.records.flatMap((record) => {
    const names = naming.map((name) => record.properties[name] ?? '');
    const said = sends.flatMap((name) => {
      const clean = cleanText(record.properties[name] ?? '');
      // People write more into a title than their title.
      const text = redaction === 'none' ? clean : maskedText(clean, names);
      return text === '' ? [] : [[name, text] as const];
    });
    const open = wanted.filter((name) => (record.properties[name] ?? '') === '');
    return said.length === 0 || open.length === 0 ? [] : [{ record, said: Object.fromEntries(said), open }];
  });
  const definitions = wanted.flatMap((name) => {
    const facts = properties.get(name);
    const options = facts?.options.filter(({ hidden }) => !hidden).slice(0, MOST_OPTIONS) ?? [];
    return facts === undefined
      ? []
      : [
          {
            property: name,
            label: cleanText(facts.label),
            ...(options.length > 0 && { options: options.map(({ value }) => value) }),
          },
        ];
  });
  for (let from = 0; from < sendable.length; from += PER_CALL) {
    // Places in the batch: no record's text can name another's.
    const batch = new Map(sendable.slice(from, from + PER_CALL).map((each, place) => [`r${place + 1}`, each]));
    const answer = await run.ask({
      name: 'suggest_values',
      instructions,
      data: {
        wanted: definitions,
        records: [...batch].map(([ref, { said, open }]) => ({ ref, open, ...said })),
      },
      schema: shape,
      maxOutputTokens: 100 + 80 * batch.size,
    });
    if (!answer.ok) {
      notes.add(answer.note);
      if (answer.why !== 'rejected') break;
      continue;
    }
    const said = answer.value.values;
    for (const each of said) {
      const known = batch.get(each.ref);
      const facts = properties.get(each.property);
      const value = facts && acceptable(facts, each.value);
      const twice = said.filter(({ ref, property }) => ref === each.ref && property === each.property).length > 1;
      const sound = each.confidence >= 0 && each.confidence <= 1 && !twice && known?.open.includes(each.property);
      if (known === undefined || value === undefined || sound !== true) {
        refused++;
        continue;
      }
      const { id } = known.record;
      const candidate: Candidate = {
        property: each.property,
        value,
        source: `model:${asked.model}`,
        confidence: Math.min(MOST_CONFIDENCE, Math.round(each.confidence * 100) / 100),
        note: 'A model says so; nobody has looked it up.',
        evidence: cleanText(each.because),
      };
      candidates.set(id, [...(candidates.get(id) ?? []), candidate]);
    }
  }
  if (refused > 0) notes.add(`${refused} values that the model said were not accepted.`);
  return { candidates, notes: [...notes] };
}
