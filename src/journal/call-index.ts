/**
 * Where in the logs each call stands, and what calls are looked for by. Nothing is here that the logs do not hold: it is
 * kept in memory, and built from them when it is first needed.
 */

import { jsonText, openDatabase, type SqlParameter } from '../sqlite.ts';
import type { CallEntry, CallHead, Place } from './entry.ts';
import { writerOf } from './entry.ts';
import type { ChangeQuery } from './journal.ts';
import { isOpen, mergeRows, type RowMarks } from './row-marks.ts';

export interface CallIndex {
  add(entry: CallEntry, place: Place): void;
  /** Where the entries of a call stand, and who began it; undefined when its beginning is unknown or it was dropped. */
  find(id: string): Found | undefined;
  /** Newest first. `unsettled` gives calls with rows that are sent or unknown, whoever is at them. */
  search(query: ChangeQuery): IterableIterator<string>;
  dropped(id: string): boolean;
  ended(id: string): boolean;
  undoneBy(id: string): readonly string[];
  /** The logs that each call stands in; `kept` says that rows of it are not settled. */
  holdings(): readonly Holding[];
  close(): void;
}

/** A call or job, and where it stands. What is known of it goes as a whole or not at all. */
export interface Holding {
  readonly logs: ReadonlySet<string>;
  /** It is not over, and goes not at all. */
  readonly kept: boolean;
}

export interface Found {
  readonly writer: string;
  readonly places: readonly Place[];
}

type Spot = readonly [log: number, offset: number, length: number];

/** What entries said of a call since it was last put down. */
interface News {
  head?: CallHead;
  writer?: string;
  ended: boolean;
  dropped: boolean;
  readonly spots: Spot[];
  readonly marks: RowMarks[];
  readonly records: Set<string>;
}

interface Known {
  readonly id: string;
  readonly spots: string;
  readonly marks: string;
  readonly ended: number;
  readonly dropped: number;
}

/** How many calls wait in memory while logs are read. */
const GATHERED = 2_000;
/** Of the table of calls. */
const COLUMNS = 12;

export function createCallIndex(): CallIndex {
  const database = openDatabase();
  // Words are numbers: there are few, and they are said often. `begun` is null while a call's beginning is not known.
  database.exec(`
    CREATE TABLE calls (
      id TEXT PRIMARY KEY, begun INTEGER, writer INTEGER, caller INTEGER, session INTEGER, tool INTEGER, job INTEGER,
      ended INTEGER NOT NULL, dropped INTEGER NOT NULL, unsettled INTEGER NOT NULL,
      spots TEXT NOT NULL, marks TEXT NOT NULL
    ) WITHOUT ROWID;
    CREATE INDEX unsettled ON calls (id) WHERE unsettled = 1;
    CREATE TABLE touched (record TEXT, call TEXT, PRIMARY KEY (record, call)) WITHOUT ROWID;
    CREATE TABLE undone (call TEXT, by TEXT, PRIMARY KEY (call, by)) WITHOUT ROWID;
  `);
  const columns = Array.from({ length: COLUMNS }, (_, column) => `value ->> ${column}`).join(', ');
  // Many at once, as JSON: a statement of its own for each call would take ten times as long.
  const known = database.prepare<Known>(
    'SELECT id, spots, marks, ended, dropped FROM calls WHERE id IN (SELECT value FROM json_each(?))',
  );
  const put = database.prepare(`
    INSERT INTO calls SELECT ${columns} FROM json_each(?) WHERE true
    ON CONFLICT (id) DO UPDATE SET
      begun = coalesce(excluded.begun, begun), writer = coalesce(excluded.writer, writer),
      caller = coalesce(excluded.caller, caller), session = coalesce(excluded.session, session),
      tool = coalesce(excluded.tool, tool), job = coalesce(excluded.job, job),
      ended = excluded.ended, dropped = excluded.dropped, unsettled = excluded.unsettled,
      spots = excluded.spots, marks = excluded.marks
  `);
  const touch = database.prepare('INSERT OR IGNORE INTO touched SELECT value ->> 0, value ->> 1 FROM json_each(?)');
  const undo = database.prepare('INSERT OR IGNORE INTO undone SELECT value ->> 0, value ->> 1 FROM json_each(?)');
  const one = database.prepare<{ writer: number; spots: string }>(
    'SELECT writer, spots FROM calls WHERE id = ? AND begun IS NOT NULL AND dropped = 0',
  );
  const undoers = database.prepare<{ by: string }>(
    'SELECT by FROM undone JOIN calls ON calls.id = undone.by WHERE call = ? AND dropped = 0 ORDER BY by',
  );
  const words = new Map<string, number>();
  const names: string[] = [];
  const gathered = new Map<string, News>();

  function word(text: string): number {
    const found = words.get(text);
    if (found !== undefined) return found;
    words.set(text, names.length);
    return names.push(text) - 1;
  }

  function flush(): void {
    if (gathered.size === 0) return;
    const before = new Map(known.all(jsonText([...gathered.keys()])).map((call) => [call.id, call]));
    const all = [...gathered];
    database.transaction(() => {
      put.run(jsonText(all.map(([id, news]) => rowOf(id, news, before.get(id)))));
      touch.run(jsonText(all.flatMap(([id, { records }]) => [...records].map((record) => [record, id]))));
      undo.run(jsonText(all.flatMap(([id, { head }]) => head?.undoes?.map((undone) => [undone, id]) ?? [])));
    });
    gathered.clear();
  }

  function rowOf(id: string, { head, writer, spots, marks, ...news }: News, before: Known | undefined) {
    const rows = mergeRows(before === undefined ? marks : [JSON.parse(before.marks), ...marks]);
    const dropped = news.dropped || before?.dropped === 1;
    return [
      id,
      head?.at ?? null,
      writer === undefined ? null : word(writer),
      ...[head?.caller, head?.session, head?.tool, head?.job].map((text) => (text === undefined ? null : word(text))),
      news.ended || before?.ended === 1 ? 1 : 0,
      dropped ? 1 : 0,
      !dropped && isOpen(rows) ? 1 : 0,
      JSON.stringify(before === undefined ? spots : [...spotsOf(before.spots), ...spots]),
      JSON.stringify(rows),
    ];
  }

  const placeOf = ([log, offset, length]: Spot): Place => ({ log: names[log] ?? '', offset, length });

  return {
    add(entry, place) {
      const news: News = gathered.get(entry.call) ?? {
        ended: false,
        dropped: false,
        spots: [],
        marks: [],
        records: new Set(),
      };
      gathered.set(entry.call, news);
      if (entry.head !== undefined) {
        news.head = entry.head;
        news.writer = writerOf(place.log);
      }
      news.ended ||= entry.end !== undefined;
      news.dropped ||= entry.dropped === true;
      news.spots.push([word(place.log), place.offset, place.length]);
      news.marks.push({
        final: [],
        open: [
          ...(entry.sent ?? []).map((index) => [index, 'sent', entry.n] as const),
          ...(entry.outcomes ?? []).map(({ index, state }) => [index, state, entry.n + 0.5] as const),
        ],
      });
      for (const { records } of entry.rows ?? []) for (const record of records) news.records.add(record);
      for (const { record } of entry.outcomes ?? []) if (record !== undefined) news.records.add(record);
      if (gathered.size >= GATHERED) flush();
    },
    find(id) {
      flush();
      const found = one.get(id);
      if (found === undefined) return undefined;
      return { writer: names[found.writer] ?? '', places: spotsOf(found.spots).map(placeOf) };
    },
    *search(query) {
      flush();
      const tests: [sql: string, value: SqlParameter | undefined][] = [
        ['id = ?', query.callId],
        ['id < ?', query.before],
        ['begun >= ?', query.from],
        ['begun <= ?', query.to],
        ...(['caller', 'session', 'tool', 'job'] as const).map((column): [string, SqlParameter | undefined] => {
          const text = query[column];
          return [`${column} = ?`, text === undefined ? undefined : (words.get(text) ?? -1)];
        }),
        ['id IN (SELECT call FROM touched WHERE record = ?)', query.record],
        ['unsettled = ?', query.unsettled === true ? 1 : undefined],
      ];
      const asked = tests.flatMap(([sql, value]) => (value === undefined ? [] : [{ sql, value }]));
      const where = ['begun IS NOT NULL', 'dropped = 0', ...asked.map(({ sql }) => sql)].join(' AND ');
      // Page by page: nothing may be written while a statement is open.
      const page = database.prepare<{ id: string }>(
        `SELECT id FROM calls WHERE ${where} AND id < ? ORDER BY id DESC LIMIT 100`,
      );
      for (let before = '~'; ; ) {
        const ids = page.all(...asked.map(({ value }) => value), before).map(({ id }) => id);
        yield* ids;
        if (ids.length < 100) return;
        before = ids.at(-1) ?? '';
      }
    },
    dropped(id) {
      flush();
      return known.get(jsonText([id]))?.dropped === 1;
    },
    ended(id) {
      flush();
      return known.get(jsonText([id]))?.ended === 1;
    },
    undoneBy(id) {
      flush();
      return undoers.all(id).map(({ by }) => by);
    },
    holdings() {
      flush();
      const rows = database.prepare<{ spots: string; unsettled: number }>('SELECT spots, unsettled FROM calls').all();
      return rows.map(({ spots, unsettled }) => ({
        logs: new Set(spotsOf(spots).map(([log]) => names[log] ?? '')),
        kept: unsettled === 1,
      }));
    },
    close: () => database.close(),
  };
}

function spotsOf(text: string): readonly Spot[] {
  return JSON.parse(text);
}
