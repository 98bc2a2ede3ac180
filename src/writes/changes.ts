/** What was changed through this server: call by call in one line each, and one call field by field. */

import { cursorAt, placeOf } from '../crm/cursors.ts';
import { cutText } from '../crm/record-table.ts';
import { UserError } from '../crm/user-error.ts';
import type { ChangeQuery, StoredCall, StoredRow } from '../journal/journal.ts';
import { type Before, before as beforeShape } from './before.ts';
import type { Change, MergeChange } from './change.ts';
import { type DefinitionChange, previewDefinition } from './definition-change.ts';
import { type Cell, howToCheck } from './describe.ts';
import { associationsAfter } from './label-sets.ts';
import type { Past } from './past.ts';
import { writeReport } from './report.ts';
import { loadResult } from './row-result.ts';
import { loadChange, recordName, UNREADABLE } from './stored-change.ts';
import { named, time } from './undo/choose-calls.ts';

export interface SaidChanges {
  /** Or a job's. */
  readonly callId?: string | undefined;
  readonly session?: 'this' | undefined;
  readonly caller?: string | undefined;
  readonly tool?: string | undefined;
  readonly record?: string | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly unsettled?: boolean | undefined;
  readonly limit: number;
  readonly after?: string | undefined;
}

export interface Changes {
  readonly columns: string[];
  readonly rows: Cell[][];
  readonly nextCursor?: string;
  readonly notes?: string[];
}

const MAX_TEXT = 200;
const NAMED = 5;

export async function readChanges(past: Past, said: SaidChanges): Promise<Changes> {
  if (said.unsettled || said.callId !== undefined) await past.recover();
  const which = said.callId === undefined ? {} : await named(said.callId, past.journal);
  return which.callId === undefined ? listCalls(past, said, which) : oneCall(past, which.callId, said);
}

async function listCalls(past: Past, said: SaidChanges, { job }: Pick<ChangeQuery, 'job'>): Promise<Changes> {
  const { caller, tool, record, unsettled, limit, after } = said;
  const [from, to] = [time(said.from), time(said.to)];
  const portalId = await past.portalId();
  const query: ChangeQuery = {
    ...(job !== undefined && { job }),
    ...(said.session !== undefined && { session: past.session }),
    ...(caller !== undefined && { caller }),
    ...(tool !== undefined && { tool }),
    ...(record !== undefined && { record }),
    ...(from !== undefined && { from }),
    ...(to !== undefined && { to }),
    ...(unsettled && { unsettled }),
  };
  const calls: StoredCall[] = [];
  const question = { ...said, limit: undefined, after: undefined };
  let before = after === undefined ? undefined : placeOf(after, question);
  let more = true;
  while (more && calls.length <= limit) {
    const page = await past.journal.calls({ ...query, limit: limit + 1, ...(before !== undefined && { before }) });
    calls.push(...page.filter((call) => call.portalId === portalId));
    before = page.at(-1)?.id;
    more = page.length > limit;
  }
  const shown = calls.slice(0, limit);
  const last = shown.at(-1);
  return {
    columns: ['callId', 'when', 'tool', 'caller', 'what', 'applied', 'failed', 'unknown', 'undone'],
    rows: shown.map((call) => lineOf(call, past)),
    ...(calls.length > limit && last !== undefined && { nextCursor: cursorAt(last.id, question) }),
    ...(shown.some(isDoubtful) && {
      notes: ['unknown rows were sent without a certain answer: list_changes with the callId says how to check.'],
    }),
  };
}

function lineOf(call: StoredCall, past: Past): Cell[] {
  const count = (...states: readonly StoredRow['state'][]) =>
    call.rows.filter(({ state }) => states.includes(state)).length;
  const doubtful = count('unknown') + (call.status === 'open' ? 0 : count('sent'));
  const { job, undoes = [], undoneBy } = call;
  return [
    call.id,
    new Date(call.at).toISOString(),
    call.tool,
    call.caller,
    [what(call, past), undoes.length > 0 ? `(takes back ${some(undoes)})` : '', job === undefined ? '' : `(job ${job})`]
      .filter(Boolean)
      .join(' '),
    count('applied'),
    count('rejected'),
    doubtful,
    undoneBy.length > 0 ? some(undoneBy) : call.status === 'open' ? 'under way' : null,
  ];
}

function isDoubtful({ status, rows }: StoredCall): boolean {
  return rows.some(({ state }) => state === 'unknown' || (state === 'sent' && status !== 'open'));
}

function some(words: readonly string[]): string {
  const hidden = words.length - NAMED;
  return [...words.slice(0, NAMED), ...(hidden > 0 ? [`${hidden} more`] : [])].join(', ');
}

/** Such as `update 3 contacts: lifecyclestage, phone`. */
function what({ rows }: StoredCall, past: Past): string {
  const groups = new Map<string, { count: number; properties: Set<string> }>();
  for (const row of rows) {
    const change = loadChange(row.change);
    const key = change === undefined ? 'unreadable rows' : kindOf(change);
    const group = groups.get(key) ?? { count: 0, properties: new Set() };
    groups.set(key, group);
    group.count += 1;
    if (change === undefined) continue;
    if ('properties' in change) for (const name of shownNames(change, past)) group.properties.add(name);
    else if (change.kind === 'define' && isShown(change, past)) group.properties.add(change.name);
  }
  return [...groups]
    .map(([key, { count, properties }]) => {
      const head = key.replace(' ', ` ${count} `);
      return properties.size === 0 ? head : `${head}: ${some([...properties])}`;
    })
    .join('; ');
}

function shownNames({ objectType, properties }: Extract<Change, { properties: unknown }>, past: Past): string[] {
  return Object.keys(properties).filter((name) => past.shows(objectType.name, name));
}

/** A property that is hidden is hidden as a definition too. */
function isShown(change: DefinitionChange, past: Past): boolean {
  const isProperty = change.step.endsWith('_property') && 'objectType' in change;
  return !isProperty || past.shows(change.objectType.name, change.name);
}

function kindOf(change: Change): string {
  if (change.kind === 'define') return change.step.replace('_', ' ');
  if ('from' in change) return `${change.kind} ${change.from.objectType.name}-${change.to.objectType.name}`;
  return `${change.kind} ${change.objectType.name}`;
}

/** Field by field, before and after. */
async function oneCall(past: Past, callId: string, { limit, after }: SaidChanges): Promise<Changes> {
  const call = await past.journal.call(callId);
  if (call === undefined || call.portalId !== (await past.portalId())) {
    throw new UserError('not_found', `There is no call ${JSON.stringify(callId)}.`, {
      next: 'list_changes without callId names the calls.',
    });
  }
  const start = after === undefined ? 0 : Number(placeOf(after, [callId]));
  const fields = [...call.rows.flatMap((row) => fieldsOf(row, past)), ...leftByUndo(call, past)];
  const doubtful = call.rows.filter(({ state }) => state === 'unknown' || (state === 'sent' && call.status !== 'open'));
  return {
    columns: ['index', 'state', 'record', 'field', 'before', 'after'],
    rows: fields.slice(start, start + limit),
    ...(fields.length > start + limit && { nextCursor: cursorAt(String(start + limit), [callId]) }),
    notes: [
      lineOf(call, past).filter(Boolean).join(' | '),
      ...doubtful.slice(0, NAMED).map(({ index, change }) => {
        const read = loadChange(change);
        return `Row ${index}: ${read === undefined ? UNREADABLE : howToCheck(read)}`;
      }),
    ],
  };
}

/** What an undo left as it is was never sent and is no row of it: its report alone names it. */
function leftByUndo({ undoes, rows, result }: StoredCall, past: Past): Cell[][] {
  const report = undoes === undefined ? undefined : writeReport.safeParse(result).data;
  const sent = new Set(rows.map(({ index }) => index));
  return (report?.failed ?? []).flatMap(({ index, id = '?', code, property }) => {
    const [type = ''] = id.split(' ');
    if (sent.has(index) || (property !== undefined && !past.shows(type, property))) return [];
    return [[index, `left: ${code}`, id, property ?? null, null, null]];
  });
}

function fieldsOf(row: StoredRow, past: Past): Cell[][] {
  const change = loadChange(row.change);
  const read = beforeShape.safeParse(row.before);
  const before = read.success ? read.data : undefined;
  const head = (record: string): Cell[] => [row.index, row.state, record];
  if (change === undefined) return [[...head(row.record ?? '?'), UNREADABLE, null, null]];
  const result = loadResult(row);
  const line = (record: string, field: string | null, was: Cell, is: Cell) => [...head(record), field, was, is];
  if (change.kind === 'define') {
    if (!isShown(change, past)) return [];
    const { definition = {} } = before !== undefined && 'definition' in before ? before : {};
    return previewDefinition(change).map(({ property = null, after = null }) => {
      const held = typeof property === 'string' ? definition[property] : undefined;
      const was = held === undefined || held === null ? null : typeof held === 'object' ? JSON.stringify(held) : held;
      return line(
        change.name,
        property === null ? change.step : `${change.step}: ${String(property)}`,
        cut(was),
        cut(after),
      );
    });
  }
  if (change.kind === 'associate' || change.kind === 'dissociate') {
    const record = [change.from, change.to].map((end) => recordName(end.objectType.name, end.id)).join(' - ');
    const types = before !== undefined && 'types' in before ? before.types : undefined;
    const was = types && labelsOf(types);
    const is =
      types === undefined
        ? null
        : change.kind === 'associate' && change.types.length === 0
          ? labelsOf(types, true)
          : labelsOf(associationsAfter(change, types), change.kind === 'associate');
    return [line(record, change.kind, was ?? null, is)];
  }
  const { name } = change.objectType;
  const id = 'id' in change ? change.id : undefined;
  const record =
    row.record ??
    (id === undefined ? `${name} (${result?.state === 'rejected' ? 'not made' : 'new'})` : recordName(name, id));
  const values = before !== undefined && 'values' in before ? before.values : {};
  const shown = (property: string, value: string | null | undefined) =>
    value === undefined || value === null || value === '' ? null : cut(past.show(name, property, value));
  if (change.kind === 'merge')
    return mergedFields(change, row, before, past).map((each) => [...head(each.record), ...each.cells]);
  if (change.kind === 'archive') return [line(record, 'archive', `${Object.keys(values).length} values kept`, null)];
  const otherwise = new Map(
    result?.state === 'applied' ? result.differences?.map((each) => [each.property, each.found]) : [],
  );
  return shownNames(change, past).map((property) => {
    const after = otherwise.get(property) ?? change.properties[property];
    return line(record, property, shown(property, values[property]), shown(property, after));
  });
}

/** What the merged record was, whole: nothing else is left of it. */
function mergedFields(
  { objectType: { name }, id, loser, expected }: MergeChange,
  { record: now }: StoredRow,
  before: Before | undefined,
  past: Past,
): { readonly record: string; readonly cells: Cell[] }[] {
  const { merged = [] } = before !== undefined && 'merged' in before ? before : {};
  const snapshot = merged.find((each) => each.id === loser);
  const record = recordName(name, loser);
  const shown = (property: string, value: string | null | undefined) =>
    value === undefined || value === null || value === '' ? null : cut(past.show(name, property, value));
  const fields = Object.entries(snapshot?.values ?? {})
    .filter(([property]) => past.shows(name, property))
    .map(([property, value]) => ({
      record,
      cells: [property, shown(property, value), shown(property, expected[property])],
    }));
  const links = Object.entries(snapshot?.associated ?? {}).map(([type, ids]) => ({
    record,
    cells: [type, cut(ids.join(', ')), null],
  }));
  const was = recordName(name, id);
  // HubSpot may have given it a new id.
  const into = now === undefined || now === was ? was : `${was}, which is ${now} now`;
  return [{ record, cells: ['merge', null, `into ${into}`] }, ...fields, ...links];
}

function labelsOf(types: readonly { readonly label: string | null }[], associated = types.length > 0): string {
  if (!associated) return 'not associated';
  return types.flatMap(({ label }) => label ?? []).join(', ') || 'associated';
}

function cut(value: Cell): Cell {
  return typeof value === 'string' ? cutText(value, MAX_TEXT) : value;
}
