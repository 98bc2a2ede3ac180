/** Tools whose rows may be thousands, or all records that match a search: what is particular to each. */

import type * as z from 'zod';
import { type Crm, UserError } from '../crm/index.ts';
import type { Json } from '../journal/journal.ts';
import { canonical } from '../writes/fingerprint.ts';
import type { CheckedRow, Plan, WriteArguments } from '../writes/index.ts';
import { MAX_ROWS } from '../writes/input.ts';
import type { BatchCost } from './estimate.ts';
import { toJsonObject } from './json.ts';
import type { Input, TaskKind, TaskSearch } from './task.ts';

/** The arguments of such a tool. */
export type BulkInput = WriteArguments &
  Readonly<Record<string, unknown>> & {
    readonly filterGroups?: TaskSearch['filterGroups'] | undefined;
    readonly digest?: string | undefined;
  };

export interface BulkParts<In extends BulkInput> {
  readonly tool: string;
  readonly input: z.ZodType<In>;
  /** The argument that holds the rows. */
  readonly rows: string;
  /** For tools that take `filterGroups`. */
  readonly search?: {
    objectType(input: NoInfer<In>): string;
    /** Arguments that say what becomes of every match; with rows each row has them for itself. */
    readonly each: Readonly<Record<string, 'required' | 'optional'>>;
    readonly rowOf: (input: NoInfer<In>, id: string) => unknown;
  };
  /** What no two rows may share, since batches are written in any order; undefined for a row that shares with none. */
  keyOf?(row: Json, input: NoInfer<In>): Json | undefined;
  check(crm: Crm, input: NoInfer<In>): Promise<readonly CheckedRow[]>;
  /** HubSpot calls of one batch, beside its write. */
  cost(crm: Crm, input: NoInfer<In>): Promise<BatchCost> | BatchCost;
}

/** What a call is about that is not small: given rows, or a search. */
export type BulkSubject = { readonly items: readonly Json[] } | { readonly search: TaskSearch };

/** Beside what the runner needs, what tells a small call from a preview and a job. */
export interface BulkKind<In extends BulkInput> extends TaskKind {
  /** The whole call as one plan. */
  whole(crm: Crm, input: In): Plan;
  /** Undefined for a small call. Throws UserError when it says neither rows nor a search, or both, or too little. */
  bulkOf(input: In): BulkSubject | undefined;
  /** The items, given what a check of all of them found: batches do not see each other, and name a record in two ways. */
  withoutRepeats(items: readonly Json[], checked: readonly CheckedRow[]): readonly Json[];
  /** What all batches share. */
  sharedOf(input: In): Input;
  cost(crm: Crm, input: In): Promise<BatchCost> | BatchCost;
}

/** The code of such a row, here as in the checks of rows. */
const REPEATED = 'repeated_record';
/** Of a job whose items are ids of matches. */
const MATCHES = 'matches';
/** In place of a row that repeats an earlier one: why it is refused. No tool's rows have such a name. */
const REPEATS = 'repeatsRow';

export function defineBulk<In extends BulkInput>(parts: BulkParts<In>): BulkKind<In> {
  const { tool, rows, search } = parts;
  const each = Object.entries(search?.each ?? {});

  const planOf = (crm: Crm, input: In): Plan => ({
    tool,
    input,
    check: () => parts.check(crm, input),
  });

  /** Later rows for the same thing, which a check of their batch alone would not know for what they are. */
  const marked = (given: readonly Json[], input: In): readonly Json[] => {
    const first = new Map<string, number>();
    return given.map((row, index) => {
      const key = parts.keyOf?.(row, input);
      if (key === undefined) return row;
      const name = canonical(key).toLowerCase();
      const earlier = first.get(name);
      if (earlier === undefined) first.set(name, index);
      return earlier === undefined ? row : { [REPEATS]: repeated(earlier) };
    });
  };

  const rowsOf = (said: Input, { rowOf }: NonNullable<typeof search>, ids: readonly Json[]): readonly unknown[] => {
    const common = parts.input.parse(said);
    return ids.map((id) => (typeof id === 'string' ? rowOf(common, id) : id));
  };

  return {
    name: tool,
    whole: planOf,
    cost: (crm, input) => parts.cost(crm, input),
    nextBatch(crm, shared, items) {
      const { [MATCHES]: matches, ...said } = shared;
      const batch = matches === true && search !== undefined ? rowsOf(said, search, items) : items;
      const fresh = batch.filter((row) => repetition(row) === undefined);
      const whole = fresh.length > 0 ? planOf(crm, parts.input.parse({ ...said, [rows]: fresh })) : undefined;
      if (whole !== undefined && fresh.length === batch.length) return whole;
      return {
        tool,
        input: whole?.input ?? { shared: said, ...(said['dryRun'] === true && { dryRun: true }) },
        async check() {
          const checked = [...((await whole?.check()) ?? [])];
          return batch.flatMap((row) => {
            const why = repetition(row);
            return why === undefined ? checked.splice(0, 1) : [{ refused: new UserError(REPEATED, why) }];
          });
        },
      };
    },
    bulkOf(input) {
      const { filterGroups } = input;
      const said = toJsonObject(input);
      const given = said[rows];
      if (Array.isArray(given)) {
        if (filterGroups !== undefined) throw refused(`Give either ${rows} or filterGroups, not both.`);
        const stray = each.find(([name]) => said[name] !== undefined);
        if (stray !== undefined) throw refused(`With ${rows}, ${stray[0]} belongs into each row.`);
        return given.length > MAX_ROWS ? { items: marked(given, input) } : undefined;
      }
      if (search === undefined) throw refused(`${rows} is missing.`);
      if (filterGroups === undefined) throw refused(`Give ${rows}, or filterGroups for all records that match.`);
      if (filterGroups.length === 0)
        throw refused('filterGroups is empty. For all records of the type filter by HAS_PROPERTY hs_object_id.');
      const missing = each.find(([name, need]) => need === 'required' && said[name] === undefined);
      if (missing !== undefined) throw refused(`With filterGroups, ${missing[0]} is missing: it is for every match.`);
      return { search: { objectType: search.objectType(input), filterGroups } };
    },
    withoutRepeats: (items, checked) =>
      items.map((item, place) => {
        const row = checked[place];
        const repeats = row !== undefined && 'refused' in row && row.refused.code === REPEATED;
        return repeats ? { [REPEATS]: row.refused.message } : item;
      }),
    sharedOf(input) {
      const { filterGroups, ...said } = toJsonObject(input);
      const own = [rows, 'dryRun', 'digest', 'idempotencyKey', 'approvalToken'];
      const shared = Object.fromEntries(Object.entries(said).filter(([name]) => !own.includes(name)));
      return filterGroups === undefined ? shared : { ...shared, [MATCHES]: true };
    },
  };
}

function repetition(row: unknown): string | undefined {
  if (typeof row !== 'object' || row === null) return undefined;
  const why: unknown = Reflect.get(row, REPEATS);
  return typeof why === 'string' ? why : undefined;
}

function repeated(earlier: number): string {
  return `The row at index ${earlier} is about the same record. Put all its values into one row.`;
}

function refused(message: string): UserError {
  return new UserError('invalid_arguments', message);
}
