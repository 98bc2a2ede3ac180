/** The links that a row of an import makes. */

import type { AssociationType } from '../store/association-types.ts';
import type { StoredRecord } from '../store/records.ts';
import type { Column } from './request.ts';
import { type Cell, idsOf, type Work, type Written } from './work.ts';

/** What a row's records are to each other, and to those that it names. */
export function linkRow(work: Work, cells: readonly Cell[], records: ReadonlyMap<string, Written>): void {
  const all = [...records.values()];
  for (const [i, from] of all.entries()) {
    for (const to of all.slice(i + 1)) {
      const types = labelled(work, cells, from.record, to.record);
      link(work, from.record, to.record, types, from.created || to.created);
    }
  }
  for (const cell of cells) {
    if (cell.column.kind !== 'reference') continue;
    const from = records.get(cell.column.type.id);
    if (from)
      for (const key of cell.text.split(';'))
        if (key.trim() !== '') refer(work, from.record, cell, cell.column, key.trim());
  }
}

function refer(
  work: Work,
  from: StoredRecord,
  cell: Cell,
  { to, key, association }: Extract<Column, { kind: 'reference' }>,
  said: string,
): void {
  const { store } = work;
  const isId = key === undefined || (/^\d+$/.test(said) && key !== 'domain');
  const ids = isId ? [said] : idsOf(work, to, key, said.toLowerCase());
  const target = ids[0] === undefined ? undefined : store.records.get(to.id, ids[0]);
  if (target?.archivedAt !== null || ids.length !== 1) {
    const errorType = isId ? 'UNKNOWN_ASSOCIATION_RECORD_ID' : 'NO_OBJECT_ID_FROM_ASSOCIATION_IDENTIFIER';
    const errorMessage = `No ${to.singular} is known as ${said}`;
    return work.report({ errorType, errorMessage, type: to, value: said, columnNumber: cell.number });
  }
  const forward = association === undefined || association.fromTypeId === from.typeId;
  const [start, end] = forward ? [from, target] : [target, from];
  link(work, start, end, association && association.label !== null ? [association] : [], false);
}

/** The association types that the row's labels mean. */
function labelled(work: Work, cells: readonly Cell[], from: StoredRecord, to: StoredRecord): AssociationType[] {
  return cells.flatMap(({ column, text, number }) => {
    if (column.kind !== 'label') return [];
    const pair = [column.type.id, column.to.id];
    if (!pair.includes(from.typeId) || !pair.includes(to.typeId)) return [];
    const known = work.store.associationTypes.between(from.typeId, to.typeId);
    return text.split(';').flatMap((said) => {
      const label = said.trim().toLowerCase();
      const found = known.find((type) => type.label?.toLowerCase() === label);
      if (found) return [found];
      const errorMessage = `${said} is no label of this association`;
      work.report({
        errorType: 'ASSOCIATION_LABEL_NOT_FOUND',
        errorMessage,
        type: column.type,
        value: said,
        columnNumber: number,
      });
      return [];
    });
  });
}

/** A record's first one of a type becomes its primary one. */
function link(
  work: Work,
  from: StoredRecord,
  to: StoredRecord,
  types: readonly AssociationType[],
  fresh: boolean,
): void {
  const { associations, associationTypes } = work.store;
  if (!associationTypes.unlabelled(from.typeId, to.typeId) || (from.typeId === to.typeId && from.id === to.id)) return;
  const primary = associationTypes.between(from.typeId, to.typeId).find(({ single }) => single);
  const first = primary && associations.primary(from, to.typeId) === undefined ? [primary] : [];
  const isNew = fresh || associations.between(from, to).length === 0;
  const all = [...first, ...types];
  const refused = associations.refusal(from, to, all);
  // Guess: the name of the error for a link beyond a limit.
  if (refused) return work.report({ errorType: 'ASSOCIATION_LIMIT_EXCEEDED', errorMessage: refused.message });
  associations.link(from, to, all);
  work.count('ASSOCIATIONS_EMITTED');
  if (isNew) work.count('ASSOCIATIONS_CREATED');
}
