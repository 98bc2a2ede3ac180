/** A record and what is around it -> an account brief. Pure: the same input gives the same brief. */

import { openOf, openQuestions } from './questions.ts';
import type { Around, Brief, BriefRecord, BriefTable, Surroundings, Values } from './types.ts';
import { activityTypes, ownProperties } from './wanted.ts';

const MOST_PROPERTIES = 10;
const MOST_DEALS = 5;
const MOST_TICKETS = 3;
const MOST_PEOPLE = 4;
const MOST_ACTIVITIES = 6;
const MOST_QUESTIONS = 5;

export function briefOf(of: Surroundings): Brief {
  const { objectType, record, around } = of;
  const own = ownProperties[objectType] ?? Object.keys(record.properties);
  const told = own.flatMap((name) => {
    const value = record.properties[name];
    return value ? [[name, spoken(of, objectType, name, value)] as const] : [];
  });
  return {
    id: record.id,
    properties: Object.fromEntries(told.slice(0, MOST_PROPERTIES)),
    linked: Object.fromEntries([...around].flatMap(([type, { total }]) => (total > 0 ? [[type, total]] : []))),
    tables: Object.fromEntries(tablesOf(of).filter(([, { rows }]) => rows.length > 0)),
    activities: activityTable(around),
    questions: openQuestions(of).slice(0, MOST_QUESTIONS),
  };
}

function tablesOf(of: Surroundings): readonly (readonly [string, BriefTable])[] {
  const { objectType, around } = of;
  const linked = (type: string) => (type === objectType ? [] : (around.get(type)?.records ?? []));
  return [
    [
      'deals',
      {
        columns: ['id', 'dealname', 'amount', 'dealstage', 'closedate', 'owner'],
        rows: byAmount(objectType === 'deals' ? [] : openOf(of, 'deals'))
          .slice(0, MOST_DEALS)
          .map(({ id, properties }) => [
            id,
            properties['dealname'] ?? null,
            numberOf(properties['amount']),
            label(of, 'deals', properties),
            dayOf(properties['closedate']),
            owner(of, properties),
          ]),
      },
    ],
    [
      'tickets',
      {
        columns: ['id', 'subject', 'hs_pipeline_stage', 'createdate', 'owner'],
        rows: (objectType === 'tickets' ? [] : openOf(of, 'tickets'))
          .slice(0, MOST_TICKETS)
          .map(({ id, properties }) => [
            id,
            properties['subject'] ?? null,
            label(of, 'tickets', properties),
            dayOf(properties['createdate']),
            owner(of, properties),
          ]),
      },
    ],
    [
      'contacts',
      {
        columns: ['id', 'name', 'jobtitle', 'email'],
        rows: linked('contacts')
          .slice(0, MOST_PEOPLE)
          .map(({ id, properties }) => [
            id,
            [properties['firstname'], properties['lastname']].filter(Boolean).join(' ') || null,
            properties['jobtitle'] ?? null,
            properties['email'] ?? null,
          ]),
      },
    ],
    [
      'companies',
      {
        columns: ['id', 'name', 'domain'],
        rows: linked('companies')
          .slice(0, MOST_PEOPLE)
          .map(({ id, properties }) => [id, properties['name'] ?? null, properties['domain'] ?? null]),
      },
    ],
  ];
}

/** The largest first; those without an amount last, in the order they came in. */
function byAmount(deals: readonly BriefRecord[]): readonly BriefRecord[] {
  return deals.toSorted((a, b) => (numberOf(b.properties['amount']) ?? -1) - (numberOf(a.properties['amount']) ?? -1));
}

function activityTable(around: ReadonlyMap<string, Around>): BriefTable {
  const all = Object.entries(activityTypes).flatMap(([type, names]) =>
    (around.get(type)?.records ?? []).map(({ id, properties }) => {
      const field = names.find((name) => properties[name]) ?? names[0] ?? '';
      return { at: properties['hs_timestamp'] ?? '', id, field, says: properties[field] ?? null };
    }),
  );
  const latest = all.toSorted((a, b) => (a.at < b.at ? 1 : a.at > b.at ? -1 : 0)).slice(0, MOST_ACTIVITIES);
  return {
    columns: ['when', 'id', 'field', 'says'],
    rows: latest.map(({ at, id, field, says }) => [dayOf(at), id, field, says]),
  };
}

function spoken(of: Surroundings, type: string, name: string, value: string): string {
  if (name === 'hubspot_owner_id') return owner(of, { [name]: value }) ?? value;
  if (name === 'dealstage' || name === 'hs_pipeline_stage') return label(of, type, { [name]: value }) ?? value;
  if (name === 'pipeline' || name === 'hs_pipeline')
    return of.pipelines.get(type)?.find(({ id }) => id === value)?.label ?? value;
  return /^\d{4}-\d\d-\d\dT/.test(value) ? (dayOf(value) ?? value) : value;
}

function owner({ owners }: Surroundings, properties: Values): string | null {
  const id = properties['hubspot_owner_id'];
  return id ? (owners.get(id)?.name ?? id) : null;
}

/** The stage as people call it. */
function label({ pipelines }: Surroundings, type: string, properties: Values): string | null {
  const id = properties['dealstage'] ?? properties['hs_pipeline_stage'];
  if (!id) return null;
  const within = properties['pipeline'] ?? properties['hs_pipeline'];
  const all = pipelines.get(type) ?? [];
  const own = all.filter((pipeline) => pipeline.id === within);
  return (own.length > 0 ? own : all).flatMap(({ stages }) => stages).find((stage) => stage.id === id)?.label ?? id;
}

const numberOf = (text: string | null | undefined) => {
  const number = Number(text ?? '');
  return text && Number.isFinite(number) ? number : null;
};

const dayOf = (instant: string | null | undefined) => instant?.slice(0, 10) || null;
