import type { Crm, RecordRef } from '../crm/index.ts';
import type { CheckedRow } from './change.ts';
import { checkRows, findRecords, refuseRepeats, writableType } from './check-row.ts';

export interface SaidArchives {
  readonly objectType: string;
  readonly ids: readonly RecordRef[];
  readonly dryRun?: boolean | undefined;
}

/** What HubSpot offers instead of an undo; there is no API for it. */
const RESTORABLE = 'Archived records can be restored in HubSpot (Settings > Recycling bin) within 90 days, not by API.';

/** Checks records of one type that are to be archived. A dry run reads them, to say which they are. */
export async function checkArchives(crm: Crm, said: SaidArchives): Promise<CheckedRow[]> {
  const type = await writableType(crm, said.objectType, 'archive');
  const find = await findRecords(
    crm,
    said.ids.map((ref) => ({ objectType: said.objectType, ref })),
  );
  const refuseRepeat = refuseRepeats();
  const checked = await checkRows(said.ids, (ref, index) => {
    const { id } = find({ objectType: said.objectType, ref });
    refuseRepeat(id, index);
    return { change: { kind: 'archive', objectType: type, id }, note: RESTORABLE };
  });
  if (!said.dryRun) return checked;
  const ids = checked.flatMap((row) => ('change' in row && row.change.kind === 'archive' ? [row.change.id] : []));
  const properties = [type.displayProperty];
  const rows = ids.length === 0 ? [] : await crm.records.read(type, ids, { properties });
  const current = new Map(ids.map((id, place) => [id, rows[place]]));
  return checked.map((row) => {
    const found = 'change' in row && row.change.kind === 'archive' ? current.get(row.change.id) : undefined;
    if (found === undefined) return row;
    if (found.outcome !== 'applied') return { refused: found.error };
    return { ...row, before: { [type.displayProperty]: found.value.properties[type.displayProperty] ?? null } };
  });
}
