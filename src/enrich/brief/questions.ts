/** What of an account is left undone: overdue tasks, and what the checks of deals and tickets find on these alone. */

import { runChecks } from '../anomalies/index.ts';
import type { PortalData } from '../anomalies/types.ts';
import { tableBuilder } from '../table.ts';
import type { BriefRecord, OpenQuestion, Surroundings } from './types.ts';
import { ownProperties } from './wanted.ts';

/** Those that need no other records to compare with: close dates that passed or cannot be, silence, unanswered tickets. */
const CHECKS = ['D01', 'D03', 'D10', 'T03'];
const CHECKED = ['deals', 'tickets'];
const CLOSED_TASKS = new Set(['COMPLETED', 'DEFERRED']);

export function openQuestions(of: Surroundings): readonly OpenQuestion[] {
  const open = new Map(CHECKED.map((type) => [type, openOf(of, type)]));
  return [
    ...overdueTasks(of),
    ...ofChecks(of),
    ...without(open.get('deals'), 'deals', 'amount', 'Open deals have no amount: ask what they are worth.'),
    ...without(
      open.get('deals'),
      'deals',
      'closedate',
      'Open deals have no close date: ask when they will be decided.',
    ),
    ...noNextStep(of, open.get('deals') ?? []),
    ...ownerQuestions(of, open),
  ];
}

/** The record's own type counts as one of it. */
function recordsOf({ objectType, record, around }: Surroundings, type: string): readonly BriefRecord[] {
  return objectType === type ? [record] : (around.get(type)?.records ?? []);
}

/** Of deals and tickets those whose stage is not a closed one; a stage that no pipeline has counts as open. */
export function openOf(of: Surroundings, type: string): readonly BriefRecord[] {
  const stages = (of.pipelines.get(type) ?? []).flatMap((pipeline) => pipeline.stages);
  const closed = new Set(stages.filter((stage) => stage.closed).map(({ id }) => id));
  const property = type === 'deals' ? 'dealstage' : 'hs_pipeline_stage';
  return recordsOf(of, type).filter(({ properties }) => !closed.has(properties[property] ?? ''));
}

function openTasks(of: Surroundings): readonly BriefRecord[] {
  return (of.around.get('tasks')?.records ?? []).filter(
    ({ properties }) => !CLOSED_TASKS.has(properties['hs_task_status'] ?? ''),
  );
}

function overdueTasks(of: Surroundings): readonly OpenQuestion[] {
  const late = openTasks(of).filter(({ properties }) => Date.parse(properties['hs_timestamp'] ?? '') < of.now);
  if (late.length === 0) return [];
  return [
    {
      objectType: 'tasks',
      ids: late.map(({ id }) => id),
      note: 'Tasks are overdue: were they done?',
      fix: {
        tool: 'update_records',
        arguments: {
          objectType: 'tasks',
          records: late.map(({ id }) => ({ id, properties: { hs_task_status: 'COMPLETED' } })),
        },
      },
    },
  ];
}

function ofChecks(of: Surroundings): readonly OpenQuestion[] {
  const { findings } = runChecks(portalOf(of), { checks: CHECKS });
  return findings.map(({ objectType, recordIds, note, fix }) => ({
    objectType,
    ids: recordIds,
    note,
    ...(fix && { fix: { tool: fix.tool, arguments: fix.arguments } }),
  }));
}

/** The account as if it were a portal. */
function portalOf(of: Surroundings): PortalData {
  const tables = CHECKED.flatMap((type) => {
    const records = recordsOf(of, type);
    if (records.length === 0) return [];
    const table = tableBuilder(type, ownProperties[type] ?? []);
    for (const { id, properties } of records) table.add(id, properties);
    return [[type, table.build()] as const];
  });
  return {
    now: of.now,
    timeZone: of.timeZone,
    tables: new Map(tables),
    properties: new Map(),
    owners: [...of.owners].map(([id, { name, archived }]) => ({ id, email: name, archived })),
    pipelines: of.pipelines,
    currencies: [],
    country: 'US',
    associations: new Map(),
    history: new Map(),
  };
}

function without(
  records: readonly BriefRecord[] = [],
  objectType: string,
  property: string,
  note: string,
): readonly OpenQuestion[] {
  const ids = records.filter(({ properties }) => !properties[property]).map(({ id }) => id);
  return ids.length === 0 ? [] : [{ objectType, ids, note }];
}

/** HubSpot's own words for it, an activity to come, or a task on the account that is still open. */
function noNextStep(of: Surroundings, deals: readonly BriefRecord[]): readonly OpenQuestion[] {
  if (openTasks(of).length > 0) return [];
  const ids = deals
    .filter(({ properties }) => !properties['hs_next_step'] && !properties['notes_next_activity_date'])
    .map(({ id }) => id);
  if (ids.length === 0) return [];
  return [
    {
      objectType: 'deals',
      ids,
      note: 'Open deals have no next step, and no task is open.',
      fix: {
        tool: 'log_activity',
        arguments: {
          activities: [
            {
              type: 'task',
              subject: 'Agree on the next step',
              associations: ids.map((to) => ({ toObjectType: 'deals', to })),
            },
          ],
        },
      },
    },
  ];
}

function ownerQuestions(of: Surroundings, open: ReadonlyMap<string, readonly BriefRecord[]>): readonly OpenQuestion[] {
  const all = new Map([...open, [of.objectType, [of.record]] as const]);
  return [...all].flatMap(([objectType, records]) => {
    const owned = objectType in ownProperties;
    const none = records.filter(({ properties }) => owned && !properties['hubspot_owner_id']);
    const gone = records.filter(({ properties }) => of.owners.get(properties['hubspot_owner_id'] ?? '')?.archived);
    return [
      ...(none.length > 0
        ? [{ objectType, ids: none.map(({ id }) => id), note: 'Nobody owns these: who should?' }]
        : []),
      ...(gone.length > 0
        ? [{ objectType, ids: gone.map(({ id }) => id), note: 'The owner is deactivated: who takes over?' }]
        : []),
    ];
  });
}
