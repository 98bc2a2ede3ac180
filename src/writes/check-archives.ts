import type { Crm, RecordRef } from '../crm/index.ts';
import type { CheckedRow } from './change.ts';
import { checkRows, isRowError, refuseRepeats, writableType } from './check-rows.ts';
import { findRecords, nameOfRef, valueOf } from './find-records.ts';

export interface SaidArchives {
  readonly objectType: string;
  readonly ids: readonly RecordRef[];
  readonly dryRun?: boolean | undefined;
}

/** What HubSpot offers instead of an undo; there is no API for it. */
const RESTORABLE = 'A person can restore archived records in HubSpot within 90 days; no tool can.';

/** Checks records of one type that are to be archived. A dry run reads them, to say which they are. */
export async function checkArchives(crm: Crm, said: SaidArchives): Promise<CheckedRow[]> {
  const type = await writableType(crm, said.objectType, 'archive');
  const find = await findRecords(
    crm,
    said.ids.map((ref) => ({ objectType: said.objectType, ref })),
    false,
  );
  const refuseRepeat = refuseRepeats();
  const check = (ref: RecordRef, index: number): CheckedRow => {
    const { id } = find({ objectType: said.objectType, ref });
    refuseRepeat(id, index);
    return { change: { kind: 'archive', objectType: type, id }, note: RESTORABLE };
  };
  const checked = await checkRows(said.ids, check, nameOfRef);
  if (!said.dryRun) return checked;
  const ids = checked.flatMap((row) => ('change' in row && row.change.kind === 'archive' ? [row.change.id] : []));
  const properties = [type.displayProperty];
  const rows = ids.length === 0 ? [] : await crm.records.read(type, ids, { properties });
  const current = new Map(ids.map((id, place) => [id, rows[place]]));
  return checked.map((row) => {
    if (!('change' in row) || row.change.kind !== 'archive') return row;
    const { id } = row.change;
    const found = current.get(id);
    if (found === undefined) return row;
    const record = valueOf(found, type, id);
    if (isRowError(record)) return { refused: record, id };
    return { ...row, before: { [type.displayProperty]: record.properties[type.displayProperty] ?? null } };
  });
}
