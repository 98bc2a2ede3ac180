import { type Crm, type HubSpotRecord, type ObjectType, type RecordRef, type Row, UserError } from '../crm/index.ts';
import type { CheckedRow } from './change.ts';
import { checkRows, isRowError, type RowError, refuseRepeats, writableType } from './check-rows.ts';
import { nameOfRef, readRecords } from './find-records.ts';

export interface SaidArchives {
  readonly objectType: string;
  readonly ids: readonly RecordRef[];
}

/** What HubSpot offers instead of an undo; there is no API for it. */
const RESTORABLE = 'A person can restore archived records in HubSpot within 90 days; no tool can.';

/**
 * Checks records of one type that are to be archived. They are read first: HubSpot answers the archiving of what is not
 * there like any other, and an id that was merged away leads to the record that stayed.
 */
export async function checkArchives(crm: Crm, said: SaidArchives): Promise<CheckedRow[]> {
  const type = await writableType(crm, said.objectType, 'archive');
  const shown = type.displayProperty;
  const records = await readRecords(crm, type, said.ids, [shown]);
  const gone = await readGone(crm, type, said.ids, records);
  const refuseRepeat = refuseRepeats();
  const check = (ref: RecordRef, index: number): CheckedRow => {
    const record = records[index];
    if (record === undefined) throw new Error(`Row ${index} was not read.`);
    if (isRowError(record)) {
      const id = nameOfRef(ref).trim();
      const found = gone.get(id);
      if (found === undefined) throw record;
      if (found.outcome === 'applied') return { unchanged: id, kept: {} };
      throw found.error.code === 'not_found' ? record : found.error;
    }
    if (typeof ref === 'string') refuseMerged(type, ref.trim(), record, shown);
    refuseRepeat(record.id, index);
    return {
      change: { kind: 'archive', objectType: type, id: record.id },
      before: { [shown]: record.properties[shown] ?? null },
      note: RESTORABLE,
    };
  };
  return checkRows(said.ids, check, nameOfRef);
}

/**
 * Looks for what is not there among the archived records: whoever lost the answer asks again. What could not be looked
 * at is not said to be missing.
 */
async function readGone(
  crm: Crm,
  type: ObjectType,
  refs: readonly RecordRef[],
  records: readonly (HubSpotRecord | RowError)[],
): Promise<ReadonlyMap<string, Row<HubSpotRecord>>> {
  const missing = refs.flatMap((ref, index) => {
    const record = records[index];
    const missed = isRowError(record) && record.code === 'not_found';
    return missed && typeof ref === 'string' && /^\d+$/.test(ref.trim()) ? [ref.trim()] : [];
  });
  if (missing.length === 0) return new Map();
  const rows = await crm.records.read(type, missing, { properties: ['hs_object_id'], archived: true });
  return new Map(rows.map((row, place) => [missing[place] ?? '', row]));
}

/** Whoever names a record by an id that it lost in a merge may mean the one that is gone. */
function refuseMerged({ singular }: ObjectType, said: string, { id, properties }: HubSpotRecord, shown: string): void {
  if (!/^\d+$/.test(said) || said === id) return;
  throw new UserError(
    'merged',
    `The ${singular.toLowerCase()} ${said} was merged into ${id}. Name that one if you mean it.`,
    {
      candidates: [{ id, label: properties[shown] ?? id }],
    },
  );
}
