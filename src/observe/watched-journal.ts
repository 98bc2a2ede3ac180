/** A journal that tells what was written: every write of every tool and job goes through one. */

import type {
  Begun,
  Journal,
  JournalRow,
  NewCall,
  OpenCall,
  RowOutcome,
  RowState,
  StoredRow,
} from '../journal/journal.ts';
import type { Listener } from './happening.ts';

/** More ids than these say nothing to a reader of logs; the journal has them all. */
const MOST_RECORDS = 1_000;

/** An object type and an id, or the name of a definition; nothing that somebody wrote. */
const RECORD = /^[\w/-]{1,100} [\w-]{1,100}$/;

export function watchedJournal(journal: Journal, tell: Listener): Journal {
  const watched = (begun: Begun, head: NewCall): Begun => {
    if (begun.kind === 'new') return { ...begun, call: watchedCall(begun.call, head, [], tell) };
    if (begun.kind !== 'interrupted') return begun;
    return { ...begun, call: watchedCall(begun.call, head, begun.stored.rows, tell) };
  };
  return {
    ...journal,
    begin: async (call) => watched(await journal.begin(call), call),
    async settle(id, outcomes) {
      await journal.settle(id, outcomes);
      tell({ kind: 'settled', callId: id, rows: outcomes.map(({ index, state }) => ({ index, state })) });
    },
  };
}

interface Seen {
  state: RowState;
  records: readonly string[];
}

function watchedCall(call: OpenCall, head: NewCall, before: readonly StoredRow[], tell: Listener): OpenCall {
  const rows = new Map<number, Seen>();
  const intend = (row: JournalRow) => rows.set(row.index, { state: 'intended', records: row.records });
  const note = ({ index, state, record }: Pick<RowOutcome, 'index' | 'record'> & { readonly state: RowState }) => {
    const records = rows.get(index)?.records ?? [];
    rows.set(index, { state, records: record === undefined ? records : [...records, record] });
  };
  for (const row of before) {
    intend(row);
    note(row);
  }
  const over = () => {
    const counts: Record<RowState, number> = { intended: 0, sent: 0, applied: 0, rejected: 0, unknown: 0 };
    for (const { state } of rows.values()) counts[state] += 1;
    const touched = [...rows.values()].filter(({ state }) => state !== 'intended' && state !== 'rejected');
    const { caller, session, run, tool, portalId, job, undoes } = head;
    tell({
      kind: 'written',
      author: { caller, session, ...(run !== undefined && { run }) },
      tool,
      callId: call.id,
      portalId,
      ...(job !== undefined && { job }),
      ...(undoes !== undefined && { undoes }),
      rows: counts,
      records: [...new Set(touched.flatMap(({ records }) => records))]
        .filter((record) => RECORD.test(record))
        .slice(0, MOST_RECORDS),
      unknown: [...rows].flatMap(([index, { state }]) => (state === 'unknown' || state === 'sent' ? [index] : [])),
    });
  };
  return {
    ...call,
    async intend(wanted) {
      await call.intend(wanted);
      for (const row of wanted) intend(row);
    },
    async sending(indexes) {
      await call.sending(indexes);
      for (const index of indexes) note({ index, state: 'sent' });
    },
    async outcomes(ended) {
      await call.outcomes(ended);
      for (const row of ended) note(row);
    },
    async finish(result) {
      await call.finish(result);
      over();
    },
    async leave() {
      await call.leave();
      over();
    },
  };
}
