/** Whether a write may be sent: what the policy says of it, and where it wants a person, whether one has said yes. */

import { createHash } from 'node:crypto';
import { ApprovalNeeded, type ApprovalReason, type ApprovalRequest, type Consent } from '../approval/approval.ts';
import { UserError } from '../crm/index.ts';
import type { CallOptions, HubSpot } from '../hubspot/index.ts';
import type { Decision, Policy, WriteSummary } from '../policy/index.ts';
import type { Lately } from '../policy/lately.ts';
import type { Before, Image, ReadyRow } from './before.ts';
import type { Change, Plan } from './change.ts';
import { irreversibleNote } from './irreversible.ts';
import { lineOf, MAX_LINES } from './question.ts';
import { readNames } from './record-names.ts';
import { storeChange } from './stored-change.ts';

/** Who judges the writes of one call. */
export interface Authority {
  readonly policy: Policy;
  readonly consent: Consent;
  /** The session has read text that people outside wrote. */
  readonly tainted: () => boolean;
  /** Takes rows that are about to be sent off the caller's budget; throws UserError `budget_spent` when they do not fit. */
  spendWrites(rows: number): Promise<void>;
  /** What the session has written within the last hour. */
  readonly lately: Lately;
  /** The same write has been carried out on a sandbox. */
  rehearsed(plan: Pick<Plan, 'tool' | 'input'>): Promise<boolean>;
  /** The account is one to try things on. */
  readonly sandbox: () => Promise<boolean>;
}

/** What the policy wants of a person; undefined when nothing. */
export interface Needed {
  readonly reason: ApprovalReason;
  readonly withoutForm: 'token' | 'refuse' | 'allow';
}

type PlannedWrite = Pick<Plan, 'tool' | 'input' | 'sampleOf'>;

/** What an approval is bound to and needs to be put in words. */
interface Reading {
  readonly hubspot: HubSpot;
  readonly options: CallOptions;
  /** Tool, arguments and caller. */
  readonly call: string;
}

/**
 * What the policy wants of a person before the changes are sent; undefined when nothing.
 * @throws {@link UserError} what the policy refuses
 */
export async function judge(
  { tool, input, sampleOf }: PlannedWrite,
  changes: readonly Change[],
  { policy, consent, tainted, sandbox, ...authority }: Authority,
  earlier = authority.lately.earlier(),
): Promise<Needed | undefined> {
  const common = {
    ...(sampleOf !== undefined && { rows: sampleOf.rows }),
    tainted: tainted(),
    sandbox: await sandbox(),
  };
  const decide = (known: { readonly rehearsed?: true }) =>
    summarise(changes).map((summary) =>
      policy.decide({ ...summary, ...common, ...known, earlier: earlier(summary.operation) }),
    );
  const first = decide({});
  const wantsRehearsal = first.some((each) => each.verdict === 'refuse' && each.code === 'sandbox_first');
  const needed = strictest(
    wantsRehearsal && (await authority.rehearsed({ tool, input })) ? decide({ rehearsed: true }) : first,
  );
  const asked = needed?.withoutForm === 'allow' && !consent.canAsk ? undefined : needed;
  if (asked === undefined) refuseUndecided(changes);
  return asked;
}

/** What only a person can decide, a person has to see. */
function refuseUndecided(changes: readonly Change[]): void {
  const open = [...new Set(changes.flatMap((change) => (change.kind === 'merge' ? change.undecided : [])))];
  if (open.length === 0) return;
  throw new UserError(
    'needs_decision',
    `A person has to say which value stays: ${open.join(', ')}. Nothing was sent.`,
    {
      next: 'Ask the person, then plan_merge again with fields: the property, and the id of the record whose value stays.',
    },
  );
}

/**
 * Returns when a person has said yes to exactly these changes.
 * @param images what the rows are about to change; a row that is refused there is not asked about
 * @throws {@link ApprovalNeeded} when a person has to be asked
 */
export async function requireApproval(
  { reason, withoutForm }: Needed,
  { tool, sampleOf }: PlannedWrite,
  rows: readonly ReadyRow[],
  images: ReadonlyMap<number, Image>,
  { policy, consent }: Authority,
  { call, ...reading }: Reading,
): Promise<void> {
  const asked = rows.flatMap((each) => {
    const image = images.get(each.index) ?? {};
    return 'refused' in image ? [] : [{ ...each, before: image.before }];
  });
  if (asked.length === 0) return;
  const shown = asked.slice(0, MAX_LINES);
  const names = await readNames(shown, policy, reading);
  const hidden = (sampleOf?.rows ?? asked.length) - Math.min(asked.length, MAX_LINES);
  const irreversible = [...new Set(asked.flatMap(({ row }) => irreversibleNote(row.change) ?? []))];
  requireYes(consent, {
    call,
    at: consent.at,
    digest: sampleOf?.digest ?? digestOf(asked),
    tool,
    reason,
    title: titleOf(
      asked.map(({ row }) => row.change),
      sampleOf?.rows,
    ),
    lines: [...shown.map((each) => lineOf(each, each.before, names)), ...(hidden > 0 ? [`… and ${hidden} more`] : [])],
    ...(irreversible.length > 0 && { irreversible: irreversible.join(' ') }),
    withoutForm: withoutForm === 'allow' ? 'token' : withoutForm,
  });
}

function digestOf(rows: readonly (ReadyRow & { readonly before: Before | undefined })[]): string {
  const exact = rows.map(({ row, before }) => [storeChange(row.change), before === undefined ? null : settled(before)]);
  return createHash('sha256').update(JSON.stringify(exact)).digest('base64url');
}

/** What HubSpot itself sets changes while a person reads, and is nothing that they said yes to. */
function settled(before: Before): object {
  if (!('merged' in before)) return before;
  return before.merged.map(({ id, values, associated }) => ({ id, values, associated }));
}

/** @throws {@link ApprovalNeeded} unless a person has said yes to exactly this */
function requireYes(consent: Consent, request: ApprovalRequest): void {
  const given = consent.given(request);
  if (given === 'yes') return;
  throw new ApprovalNeeded(request, given === 'no' ? undefined : given);
}

const rules: Readonly<Record<ApprovalReason, string>> = {
  archive: 'records are archived',
  merge: 'records are merged',
  definition: 'definitions are changed',
  bulk: 'it writes many records at once',
  policy: 'the policy of this server asks for it',
  tainted: 'text that people outside wrote was read in this session',
};

/** What a dry run says of the approval that the call itself would need. */
export async function approvalNotes(
  plan: PlannedWrite,
  changes: readonly Change[],
  authority: Authority,
): Promise<readonly string[]> {
  const needed = await judge(plan, changes, authority);
  if (needed === undefined) return [];
  const asked = `The call itself needs the approval of a person, because ${rules[needed.reason]}`;
  const possible = authority.consent.canAsk || needed.withoutForm === 'token';
  return [possible ? `${asked}.` : `${asked}; it is refused here, where no form can be shown.`];
}

type Summary = Pick<
  WriteSummary,
  'operation' | 'objectType' | 'toObjectType' | 'linked' | 'properties' | 'rows' | 'removesDefinition'
>;

/** One for each operation on each object type. */
function summarise(changes: readonly Change[]): readonly Summary[] {
  const groups = new Map<string, [Change, ...Change[]]>();
  for (const change of changes) {
    const key = [change.kind, removesDefinition(change), ...endsOf(change)].join(' ');
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [change]);
    else group.push(change);
  }
  return [...groups.values()].map((group) => {
    const [first] = group;
    const [objectType, toObjectType] = endsOf(first);
    return {
      operation: first.kind,
      objectType,
      ...(toObjectType !== undefined && { toObjectType }),
      linked: group.some((each) => each.kind === 'create' && each.associations.length > 0),
      properties: [...new Set(group.flatMap((each) => ('properties' in each ? Object.keys(each.properties) : [])))],
      rows: group.length,
      removesDefinition: removesDefinition(first),
    };
  });
}

function removesDefinition(change: Change): boolean {
  return change.kind === 'define' && change.step.startsWith('archive_');
}

/** The names of the object types that a change is about: two for an association. */
function endsOf(change: Change): readonly [string, string?] {
  if (change.kind === 'associate' || change.kind === 'dissociate') {
    return [change.from.objectType.name, change.to.objectType.name];
  }
  if (change.kind !== 'define') return [change.objectType.name];
  if ('from' in change) return [change.from.name, change.to.name];
  return 'objectType' in change ? [change.objectType.name] : [change.name];
}

const severity = { allow: 1, token: 2, refuse: 3 } as const;

/** @throws {@link UserError} what is refused */
function strictest(decisions: readonly Decision[]): Needed | undefined {
  let worst: Needed | undefined;
  for (const decision of decisions) {
    if (decision.verdict === 'refuse') throw new UserError(decision.code, decision.message, { next: decision.next });
    if (decision.verdict === 'allow') continue;
    const { reason, withoutForm } = decision;
    if (worst === undefined || severity[withoutForm] > severity[worst.withoutForm]) worst = { reason, withoutForm };
  }
  return worst;
}

/**
 * Such as `Update 2 contacts, archive 1 deal`.
 * @param all how many there are, when the changes are a sample of one kind
 */
function titleOf(changes: readonly Change[], all?: number): string {
  const counts = new Map<string, { readonly first: Change; count: number }>();
  for (const change of changes) {
    const key = [change.kind, ...endsOf(change)].join(' ');
    const known = counts.get(key);
    if (known === undefined) counts.set(key, { first: change, count: 1 });
    else known.count += 1;
  }
  const text = [...counts.values()].map(({ first, count }) => phrase(first, all ?? count)).join(', ');
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function phrase(change: Change, count: number): string {
  const some = (one: string, many: string) => `${count} ${count === 1 ? one : many}`;
  const ends = endsOf(change);
  switch (change.kind) {
    case 'associate':
    case 'dissociate':
      return `${change.kind} ${some('pair', 'pairs')} of ${ends.join(' and ')}`;
    case 'define': {
      const of = 'objectType' in change || 'from' in change ? ` of ${ends.join(' and ')}` : '';
      return `${removesDefinition(change) ? 'remove' : 'make or change'} ${some('definition', 'definitions')}${of}`;
    }
    default: {
      const { custom, name, singular, plural } = change.objectType;
      // What a custom object is called was written by somebody.
      if (custom) return `${change.kind} ${some('record', 'records')} of ${name}`;
      return `${change.kind} ${some(singular.toLowerCase(), plural.toLowerCase())}`;
    }
  }
}
