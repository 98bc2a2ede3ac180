/** Proposals for the properties of a few records: rules first, then the operator's providers, then a model on request. */

import { propertyNames } from '../crm/associated.ts';
import { type Crm, type ObjectType, type Property, UserError } from '../crm/index.ts';
import { isReadOnly } from '../crm/values.ts';
import { sentFor, valuesByModel } from '../enrich/openai/suggest-values.ts';
import { compete } from '../enrich/values/compete.ts';
import { fillable, propose, readFor } from '../enrich/values/propose.ts';
import { askProviders } from '../enrich/values/providers.ts';
import type { Candidate, DealsOfRecord, Proposal, RecordToFill } from '../enrich/values/types.ts';
import { ifReadable, mayLeave, propertyFacts } from './portal-facts.ts';
import { type RecordsAsked, recordsAsked, type SaidRecords } from './records-asked.ts';
import type { Enrichment } from './types.ts';

export interface SaidSuggestion extends SaidRecords {
  readonly properties?: readonly string[] | undefined;
  readonly useModel?: boolean | undefined;
  readonly overwrite?: boolean | undefined;
}

export interface Suggested {
  readonly proposals: readonly Proposal[];
  readonly failed: RecordsAsked['failed'];
  readonly records: number;
  readonly notes: readonly string[];
  readonly usd?: number;
}

/** What is less sure is a guess. */
const LEAST_CONFIDENCE = 0.5;

export async function suggestValues(
  crm: Crm,
  type: ObjectType,
  enrichment: Enrichment,
  said: SaidSuggestion,
): Promise<Suggested> {
  const index = await crm.properties.of(type);
  const properties = propertyFacts(index);
  const wanted = await wantedOf(crm, type, said.properties, index.all, fillable(type.name, properties));
  const asked = await recordsAsked(crm, type, said, readFor(wanted, properties));
  const notes = [...asked.notes];
  const deals = wanted.includes('lifecyclestage')
    ? await dealsOf(
        crm,
        type,
        asked.records.map(({ id }) => id),
      )
    : undefined;
  const records: readonly RecordToFill[] = asked.records.map(({ id, properties: values }) => {
    const own = deals?.get(id);
    return { objectType: type.name, id, properties: values, ...(own && { deals: own }) };
  });

  const { clock, country, providers, signal } = enrichment;
  const provided = await askProviders({ providers, records, wanted, properties, clock, signal });
  notes.push(...provided.notes);
  const heard = new Map<string, readonly Candidate[]>(
    records.map((record) => [
      record.id,
      [...propose(record, wanted, { properties, country }), ...(provided.candidates.get(record.id) ?? [])],
    ]),
  );
  const settled = {
    properties,
    dismissed: await enrichment.dismissed(),
    overwrite: said.overwrite ?? false,
    minConfidence: LEAST_CONFIDENCE,
  };
  const proposed = (record: RecordToFill) => compete(record, heard.get(record.id) ?? [], settled);
  let usd: number | undefined;
  if (said.useModel) {
    if (enrichment.asking === undefined)
      notes.push('No model was asked: whoever runs this server has not turned one on.');
    else {
      usd = await enrichment.asking(async (run, model) => {
        if (model.redaction === 'features') {
          notes.push('No model was asked: its redaction lets no value leave.');
          return run.spent.usd;
        }
        // What rules or providers could tell is not paid for.
        const open = records.filter((record) => proposed(record).length < wanted.length);
        const known = new Map(
          open.map((record) => [record.id, new Set(proposed(record).map(({ property }) => property))]),
        );
        const { candidates, notes: said } = await valuesByModel(
          {
            records: open,
            wanted,
            properties,
            sends: sentFor(type.name, model.redaction).filter((name) => index.has(name) && mayLeave(index.get(name))),
            redaction: model.redaction,
            model: model.model,
          },
          run,
        );
        for (const [id, all] of candidates) {
          const fresh = all.filter(({ property }) => !known.get(id)?.has(property));
          heard.set(id, [...(heard.get(id) ?? []), ...fresh]);
        }
        notes.push(...said);
        return run.spent.usd;
      });
    }
  }
  const proposals = records.flatMap(proposed);
  return {
    proposals,
    failed: asked.failed,
    records: records.length,
    notes,
    ...(usd !== undefined && { usd }),
  };
}

async function wantedOf(
  crm: Crm,
  type: ObjectType,
  said: readonly string[] | undefined,
  all: readonly Property[],
  fallback: readonly string[],
): Promise<readonly string[]> {
  const writable = new Set(
    all.filter((property) => !isReadOnly(property) && mayLeave(property)).map(({ name }) => name),
  );
  if (!said?.length) return fallback.filter((name) => writable.has(name));
  const names = [...new Set(await propertyNames(crm, type, said))];
  const [refused] = names.filter((name) => !writable.has(name));
  if (refused !== undefined) {
    throw new UserError(
      'not_possible',
      `No values are proposed for ${refused}: it is set by HubSpot alone, sensitive, or not to be written here.`,
      {
        property: refused,
      },
    );
  }
  return names;
}

/** More deals of one record than this say no more. */
const MOST_DEALS = 50;

/** How many deals of each record were won or are open; undefined where deals may not be read. */
async function dealsOf(
  crm: Crm,
  type: ObjectType,
  ids: readonly string[],
): Promise<ReadonlyMap<string, DealsOfRecord> | undefined> {
  if (!['contacts', 'companies'].includes(type.name)) return undefined;
  return ifReadable(async () => {
    const to = await crm.objectTypes.resolve('deals');
    const linked = await crm.associations.read(type, to, ids, MOST_DEALS);
    const of = ids.map((id, at) => {
      const row = linked[at];
      return { id, deals: row?.outcome === 'applied' ? row.value.to.map(({ toObjectId }) => toObjectId) : [] };
    });
    const all = [...new Set(of.flatMap(({ deals }) => deals))];
    if (all.length === 0) return new Map();
    const rows = await crm.records.read(to, all, { properties: ['hs_is_closed_won', 'hs_is_closed'] });
    const states = new Map(
      rows.flatMap((row) => (row.outcome === 'applied' ? [[row.value.id, row.value.properties] as const] : [])),
    );
    return new Map(
      of.map(({ id, deals }) => {
        const found = deals.flatMap((deal) => {
          const state = states.get(deal);
          return state === undefined ? [] : [state];
        });
        const won = found.filter((deal) => deal['hs_is_closed_won'] === 'true').length;
        const open = found.filter((deal) => deal['hs_is_closed'] === 'false').length;
        return [id, { won, open }];
      }),
    );
  });
}
