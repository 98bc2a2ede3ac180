import type { Clock, Random } from '../clock.ts';
import type { Disk } from './disk.ts';
import type {
  Begun,
  ChangeQuery,
  Journal,
  Json,
  NewCall,
  OpenCall,
  RowOutcome,
  RowState,
  StoredCall,
  StoredJob,
  StoredRow,
} from './journal.ts';

export interface JournalParts {
  readonly disk: Disk;
  readonly clock: Clock;
  readonly random: Random;
  /** For the operator, one line: what was found broken, and what was done about it. */
  readonly onTrouble?: (message: string) => void;
}

interface Held {
  call: StoredCall;
  sameWithinMs: number;
  done: Promise<StoredCall | undefined>;
  end: (call: StoredCall | undefined) => void;
}

export function createJournal({ clock, random }: JournalParts): Journal {
  const held = new Map<string, Held>();
  const jobs = new Map<string, { job: StoredJob; items: Json[] }>();
  const counts: Record<RowState, number> = { intended: 0, sent: 0, applied: 0, rejected: 0, unknown: 0 };
  const written: { record: string; at: number }[] = [];
  let last = { at: 0, count: 0 };

  function newId(): string {
    const at = Math.max(clock.now(), last.at);
    last = { at, count: at === last.at ? last.count + 1 : 0 };
    return `${at.toString(36).padStart(9, '0')}${last.count.toString(36).padStart(3, '0')}${random.uuid().slice(0, 8)}`;
  }

  function setRows(id: string, rows: readonly StoredRow[]): void {
    const found = held.get(id);
    if (found === undefined) throw new Error(`The journal knows no call ${id}.`);
    found.call = { ...found.call, rows: rows.toSorted((a, b) => a.index - b.index) };
  }

  function settle(id: string, outcomes: readonly RowOutcome[]): void {
    const rows = new Map(held.get(id)?.call.rows.map((row) => [row.index, row]));
    for (const { index, ...outcome } of outcomes) {
      const row = rows.get(index);
      if (row === undefined) throw new Error(`The call ${id} has no row ${index}.`);
      if (row.state === 'applied' || row.state === 'rejected') continue;
      rows.set(index, { ...row, ...outcome });
      counts[outcome.state] += 1;
      if (outcome.state === 'applied') {
        for (const record of outcome.record === undefined ? row.records : [outcome.record, ...row.records])
          written.push({ record, at: clock.elapsed() });
      }
    }
    setRows(id, [...rows.values()]);
  }

  function open(id: string): OpenCall {
    const found = held.get(id);
    if (found === undefined) throw new Error(`The journal knows no call ${id}.`);
    return {
      id,
      at: found.call.at,
      async intend(rows) {
        counts.intended += rows.length;
        setRows(id, [...found.call.rows, ...rows.map((row) => ({ ...row, state: 'intended' as const }))]);
      },
      async sending(indexes) {
        const sent = new Set(indexes);
        counts.sent += sent.size;
        setRows(
          id,
          found.call.rows.map((row) => (sent.has(row.index) ? { ...row, state: 'sent' } : row)),
        );
      },
      async outcomes(rows) {
        settle(id, rows);
      },
      async finish(result) {
        found.call = { ...found.call, status: 'finished', result };
        found.end(found.call);
      },
      async leave() {
        found.call = { ...found.call, status: 'interrupted' };
        found.end(undefined);
      },
      async abandon() {
        held.delete(id);
        found.end(undefined);
      },
    };
  }

  function matches(call: StoredCall, query: ChangeQuery): boolean {
    return (
      (query.callId === undefined || call.id === query.callId) &&
      (query.job === undefined || call.job === query.job) &&
      (query.session === undefined || call.session === query.session) &&
      (query.caller === undefined || call.caller === query.caller) &&
      (query.tool === undefined || call.tool === query.tool) &&
      (query.from === undefined || call.at >= query.from) &&
      (query.to === undefined || call.at <= query.to) &&
      (query.before === undefined || call.id < query.before) &&
      (!query.unsettled || call.rows.some(({ state }) => state === 'unknown')) &&
      (query.record === undefined ||
        call.rows.some((row) => row.record === query.record || row.records.includes(query.record ?? '')))
    );
  }

  function same(call: NewCall): Held | undefined {
    return [...held.values()].findLast(({ call: before }) =>
      call.idempotencyKey === undefined
        ? before.fingerprint === call.fingerprint &&
          before.caller === call.caller &&
          before.idempotencyKey === undefined &&
          clock.now() - before.at < call.sameWithinMs
        : before.idempotencyKey === call.idempotencyKey && before.portalId === call.portalId,
    );
  }

  return {
    async begin(call): Promise<Begun> {
      const before = same(call);
      if (before !== undefined) {
        if (before.call.fingerprint !== call.fingerprint) return { kind: 'mismatch', id: before.call.id };
        if (before.call.status === 'finished') return { kind: 'finished', call: before.call };
        if (before.call.status === 'interrupted') {
          const stored = before.call;
          before.call = { ...stored, status: 'open' };
          before.done = new Promise((resolve) => {
            before.end = resolve;
          });
          return { kind: 'interrupted', call: open(stored.id), stored };
        }
        return { kind: 'under_way', finished: before.done };
      }
      const { sameWithinMs, ...kept } = call;
      const id = newId();
      let end: Held['end'] = () => undefined;
      const done = new Promise<StoredCall | undefined>((resolve) => {
        end = resolve;
      });
      held.set(id, {
        call: { ...kept, id, at: clock.now(), status: 'open', rows: [], undoneBy: [] },
        sameWithinMs,
        done,
        end,
      });
      for (const undone of call.undoes ?? []) {
        const found = held.get(undone);
        if (found !== undefined) found.call = { ...found.call, undoneBy: [...found.call.undoneBy, id] };
      }
      return { kind: 'new', call: open(id) };
    },
    async calls(query) {
      return [...held.values()]
        .map(({ call }) => call)
        .filter((call) => matches(call, query))
        .toSorted((a, b) => (a.id < b.id ? 1 : -1))
        .slice(0, query.limit ?? 50);
    },
    call: async (id) => held.get(id)?.call,
    async settle(id, rows) {
      settle(id, rows);
    },
    recent(objectType, ms) {
      const since = clock.elapsed() - ms;
      const records = written.filter(({ at, record }) => at >= since && record.startsWith(`${objectType} `));
      return [...new Set(records.toReversed().map(({ record }) => record.slice(objectType.length + 1)))];
    },
    jobs: {
      async create(job) {
        const id = newId();
        jobs.set(id, { job: { ...job, id, at: clock.now(), status: 'running' }, items: [] });
        return id;
      },
      async addItems(id, items) {
        const found = jobs.get(id);
        if (found === undefined) throw new Error(`The journal knows no job ${id}.`);
        found.items.push(...items);
      },
      items: async (id, from, count) => jobs.get(id)?.items.slice(from, from + count) ?? [],
      async checkpoint(id, status, state) {
        const found = jobs.get(id);
        if (found === undefined) throw new Error(`The journal knows no job ${id}.`);
        found.job = { ...found.job, status, state };
      },
      get: async (id) => jobs.get(id)?.job,
      list: async (limit = 50) =>
        [...jobs.values()]
          .map(({ job }) => job)
          .toReversed()
          .slice(0, limit),
      adopt: async () => false,
    },
    state: () => ({ rows: { ...counts }, bytes: 0 }),
    async close() {},
  };
}
