/** Runs of the checks over the copy: the last one of a question stands while nothing has changed. */

import { sleep } from '../clock.ts';
import { type Crm, type ObjectType, type PropertyIndex, UserError } from '../crm/index.ts';
import { nearest } from '../crm/words.ts';
import { checks as allChecks } from '../enrich/anomalies/checks.ts';
import { pipelineAgeing } from '../enrich/anomalies/deals/ageing.ts';
import { knownBy } from '../enrich/anomalies/fingerprint.ts';
import { chosenChecks, needsOf, runChecksInTurn, UnknownCheckError } from '../enrich/anomalies/index.ts';
import type { DataNeeds } from '../enrich/anomalies/needs.ts';
import { type CreationSeries, creationSeries } from '../enrich/anomalies/series/creation.ts';
import type {
  AnomalyReport,
  Check,
  Finding,
  PastValue,
  PipelineFacts,
  PortalData,
  PropertyFacts,
  Rules,
} from '../enrich/anomalies/types.ts';
import { isEmptyAt, type Table } from '../enrich/table.ts';
import type { Dismissal, Refreshed } from '../snapshot/types.ts';
import { broughtUpToDate, type CopyParts } from './copies.ts';
import { byWhom } from './dismissing.ts';
import type { Task } from './joined.ts';
import { ifReadable, ownerFacts, pipelineFacts, propertyFacts } from './portal-facts.ts';
import type { AnomalyOptions, AnomalyRun, FillRate } from './types.ts';
import { usualTypes } from './usual-types.ts';

/** The object types that a question is about, as the caller may see them. */
export interface Question {
  readonly options: AnomalyOptions;
  readonly types: ReadonlyMap<
    string,
    { readonly type: ObjectType; readonly facts: ReadonlyMap<string, PropertyFacts> }
  >;
  /** Equal for questions that have the same answer. */
  readonly key: string;
}

export interface KeptRun {
  readonly report: AnomalyReport;
  readonly upTo: number;
  readonly calls: number;
  readonly notes: readonly string[];
  readonly records: ReadonlyMap<string, number>;
  readonly series: readonly CreationSeries[];
  readonly fill: readonly FillRate[];
  readonly ageing: AnomalyRun['ageing'];
}

export interface AnomalyParts extends CopyParts {
  readonly country: string | undefined;
}

/** What is stale or late depends on the time of day, though nothing was changed. */
const STANDS_MS = 10 * 60_000;
const KEPT = 4;

/** @throws UserError `unknown_check`, `no_checks` */
export async function questionOf(options: AnomalyOptions, crm: Crm, rules: Rules | undefined): Promise<Question> {
  const { last: _last, ...said } = options;
  const objectTypes =
    options.objectTypes && (await Promise.all(options.objectTypes.map((name) => crm.objectTypes.resolve(name))));
  const resolved = { ...said, ...(objectTypes && { objectTypes: objectTypes.map(({ name }) => name) }) };
  const chosen = chosenOf(resolved, rules?.off);
  requireChecks(chosen, resolved);
  const names = new Set(chosen.flatMap(typesOf));
  if (chosen.some(({ objectType }) => objectType === '*'))
    for (const name of resolved.objectTypes ?? (await usualTypes(rules, crm))) names.add(name);
  const types: [string, { type: ObjectType; facts: ReadonlyMap<string, PropertyFacts> }][] = [];
  for (const name of [...names].sort()) {
    const found = await ifReadable(async () => {
      const type = await crm.objectTypes.resolve(name);
      const index: PropertyIndex = await crm.properties.of(type);
      return { type, facts: propertyFacts(index) };
    });
    if (found?.type.can.search) types.push([name, found]);
  }
  const key = JSON.stringify([resolved, types.map(([name, { facts }]) => [name, [...facts.keys()]])]);
  return { options: resolved, types: new Map(types), key };
}

function chosenOf(options: AnomalyOptions, off: readonly string[] = []): readonly Check[] {
  try {
    return chosenChecks(options, off);
  } catch (error) {
    if (!(error instanceof UnknownCheckError)) throw error;
    const ids = allChecks.map(({ id, title }) => ({ id, label: title }));
    throw new UserError('unknown_check', error.message, {
      property: 'checks',
      nearest: [...new Set(error.ids.flatMap((id) => nearest(id, ids)))],
      next: 'Leave checks out to run them all; each finding names its check.',
    });
  }
}

/** Of none nothing would be found, which is not the same as that nothing is wrong. */
function requireChecks(chosen: readonly Check[], { checks = [], objectTypes }: AnomalyOptions): void {
  if (chosen.length > 0) return;
  const of = allChecks.filter(({ id }) => checks.includes(id)).map(({ id, objectType }) => `${id} of ${objectType}`);
  const asked = [...of, ...(objectTypes ? [`asked of ${objectTypes.join(', ')}`] : [])].join(', ');
  throw new UserError(
    'no_checks',
    `No check is left that would look at anything${asked && `: ${asked}`}; the operator's rules may turn some off.`,
    { property: 'checks', next: 'Leave out checks or objectTypes.' },
  );
}

function typesOf({ needs, uses = {}, history = {}, associations = [] }: Check): readonly string[] {
  const named = [needs, uses, history].flatMap((each) => Object.keys(each));
  return [...named, ...associations.flatMap((pair) => pair.split('>').slice(0, 1))].filter((name) => name !== '*');
}

export function createAnomalyRuns(parts: AnomalyParts) {
  const kept = new Map<string, { readonly run: KeptRun; readonly versions: string; readonly at: number }>();

  async function run({ options, types, key }: Question, task: Task): Promise<KeptRun> {
    const crm = parts.crm(task.signal);
    const rules = await parts.rules();
    const portal = {
      properties: new Map([...types].map(([name, { facts }]) => [name, facts])),
      ...(rules && { rules }),
    };
    const needs = needsOf(chosenOf(options, rules?.off), portal);
    const fresh = new Map<string, Refreshed>();
    for (const [name, { type }] of types) {
      const found = await ifReadable(() => broughtUpToDate(type, needs.properties.get(name) ?? [], task, parts));
      if (found !== undefined) fresh.set(name, found);
    }
    const versions = JSON.stringify([...fresh].map(([name, { version }]) => [name, version]));
    const before = kept.get(key);
    const calls = [...fresh.values()].reduce((sum, each) => sum + each.calls, 0);
    const upTo = Math.min(parts.clock.now(), ...[...fresh.values()].map((each) => each.upTo ?? 0));
    if (before?.versions === versions && parts.clock.now() - before.at < STANDS_MS)
      return { ...before.run, calls, upTo };
    const { data, more, notes } = await portalData(needs, portal, types, fresh, crm, task);
    const made: KeptRun = {
      report: await runChecksInTurn(data, options, async (done, total) => {
        task.tell({ step: 'Checking', objectType: [...data.tables.keys()].join(', '), read: done, of: total });
        // Other calls of this process come in between.
        await sleep(parts.clock, 0, task.signal);
      }),
      upTo,
      calls: calls + more,
      notes,
      records: new Map([...data.tables].map(([name, { rows }]) => [name, rows])),
      series: creationSeries(data),
      ageing: pipelineAgeing(data),
      fill: [...data.tables.values()].flatMap((table) => fillOf(table, data.properties.get(table.objectType))),
    };
    kept.delete(key);
    kept.set(key, { run: made, versions, at: parts.clock.now() });
    for (const oldest of [...kept.keys()].slice(0, -KEPT)) kept.delete(oldest);
    return made;
  }

  return {
    run,
    last: ({ key }: Question) => kept.get(key)?.run,
    /** What a finding of the last runs says. */
    words(fingerprint: string): string | undefined {
      const runs = [...kept.values()].map((each) => each.run.report.findings);
      const found = runs.flat().find((finding) => knownBy(finding).includes(fingerprint));
      return found && `${found.check} ${found.objectType}: ${found.note}`;
    },
  };

  async function portalData(
    needs: DataNeeds,
    portal: Pick<PortalData, 'properties' | 'rules'>,
    types: Question['types'],
    fresh: ReadonlyMap<string, Refreshed>,
    crm: Crm,
    { signal, tell }: Task,
  ): Promise<{ data: PortalData; more: number; notes: readonly string[] }> {
    const snapshot = await parts.snapshot();
    const tables = new Map<string, Table>();
    const pipelines = new Map<string, readonly PipelineFacts[]>();
    const associations = new Map<string, ReadonlyMap<string, readonly string[]>>();
    const history = new Map<string, ReadonlyMap<string, readonly PastValue[]>>();
    const notes: string[] = [];
    let more = 0;
    const reading = (objectType: string) => ({
      signal,
      progress: (read: number, of?: number) => tell({ objectType, read, ...(of !== undefined && { of }) }),
    });
    for (const name of fresh.keys()) {
      const type = types.get(name)?.type;
      if (type === undefined) continue;
      tables.set(name, await snapshot.table(type, needs.properties.get(name) ?? []));
      pipelines.set(name, (await ifReadable(() => pipelineFacts(crm, type))) ?? []);
      const past = (needs.history.get(name) ?? []).filter((property) => portal.properties.get(name)?.has(property));
      if (past.length === 0) continue;
      const found = await snapshot.history(type, past, reading(name));
      history.set(name, found.of);
      more += found.calls;
      if (found.leftOut > 0) {
        notes.push(
          `Earlier values were read of those ${name} only that changed last: ${found.of.size} of ${found.of.size + found.leftOut}.`,
        );
      }
    }
    for (const pair of needs.associations) {
      const [from = '', to = ''] = pair.split('>');
      const source = types.get(from)?.type;
      if (source === undefined || !fresh.has(from)) continue;
      const found = await ifReadable(async () =>
        snapshot.associations(source, await crm.objectTypes.resolve(to), reading(from)),
      );
      if (found === undefined) continue;
      associations.set(pair, found.of);
      more += found.calls;
    }
    const { timeZone, companyCurrency, additionalCurrencies = [] } = await crm.account.details();
    const data: PortalData = {
      now: parts.clock.now(),
      timeZone,
      tables,
      ...portal,
      owners: (await ifReadable(() => ownerFacts(crm))) ?? [],
      pipelines,
      currencies: [companyCurrency, ...additionalCurrencies],
      country: parts.country ?? 'US',
      associations,
      history,
    };
    return { data, more, notes };
  }
}

function fillOf(table: Table, facts: ReadonlyMap<string, PropertyFacts> | undefined): readonly FillRate[] {
  if (table.rows === 0) return [];
  return [...table.columns].map(([property, column]) => {
    let filled = 0;
    for (let row = 0; row < table.rows; row++) if (!isEmptyAt(column, row)) filled++;
    return {
      objectType: table.objectType,
      property,
      label: facts?.get(property)?.label ?? property,
      calculated: facts?.get(property)?.calculated ?? false,
      rate: filled / table.rows,
    };
  });
}

/** A run as it is shown: without what was dismissed. */
export function shownRun(run: KeptRun, dismissals: readonly Dismissal[]): AnomalyRun {
  const dismissed = new Map(dismissals.map((each) => [each.fingerprint, each]));
  const word = (finding: Finding) => knownBy(finding).flatMap((each) => dismissed.get(each) ?? [])[0];
  const findings = run.report.findings.filter((finding) => word(finding) === undefined);
  const hidden = run.report.findings.flatMap((finding) => word(finding) ?? []);
  return {
    ...run,
    report: { ...run.report, findings },
    dismissed: hidden.length,
    dismissedBy: byWhom(hidden),
  };
}
