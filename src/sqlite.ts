/**
 * The one typed driver over SQLite (the `libsql` package). Plain `libsql` 0.5 aborts the process on a boolean, cuts text
 * at a NUL when reading, aborts on text that is no Unicode, takes the old parameters in a `get` after an `all`, binds every
 * number as a float, adds `_metadata` to rows and rounds integers beyond 2^53; here a value reads back as it was written,
 * but half a character as U+FFFD. User functions, backup and serialize do not exist there and are not offered.
 */

import Libsql from 'libsql';

/** What may be bound. Booleans are stored as 0 and 1; a number that is not finite is refused. */
export type SqlParameter = string | number | bigint | boolean | null | Uint8Array;

/** What a column gives. Integers beyond ±2^53 come as bigint, never rounded. */
export type SqlValue = string | number | bigint | null | Uint8Array;

export interface Statement<Row> {
  /** For statements that give no rows. */
  run(...parameters: SqlParameter[]): { changes: number };
  /** The first row, or undefined. */
  get(...parameters: SqlParameter[]): Row | undefined;
  all(...parameters: SqlParameter[]): Row[];
  /** Row by row, for what should not be in memory at once. Nothing may be written while it is open. */
  iterate(...parameters: SqlParameter[]): IterableIterator<Row>;
}

export interface Database {
  /** Runs one or more statements without parameters. */
  exec(sql: string): void;
  /** Prepared statements are meant to be kept. `Row` says what the caller's SQL selects, by column name. */
  prepare<Row = Record<string, SqlValue>>(sql: string): Statement<Row>;
  /** Runs `work` whole or not at all: what it throws rolls everything back and passes on. May be nested. */
  transaction<T>(work: () => T): T;
  /** Where that fails, as on a full disk, the database is still open and its file still locked. */
  close(): void;
}

export interface DatabaseOptions {
  /** Omitted: in memory, gone at close. A file belongs to the one process that has it open. */
  readonly file?: string;
}

/** A file that another process has open. A process that was killed leaves no such lock behind. */
export class DatabaseInUse extends Error {
  override readonly name = 'DatabaseInUse';
  constructor(file: string) {
    super(
      `${file} is in use by another process. Stop that process, or choose another file: a file is used by one process at a time.`,
    );
  }
}

/** A file that is no database, or that cannot be read and written. */
export class DatabaseUnusable extends Error {
  override readonly name = 'DatabaseUnusable';
  constructor(file: string, cause: unknown) {
    const code = codeOf(cause);
    const why =
      code === 'SQLITE_NOTADB'
        ? 'it is no SQLite database'
        : `this process must be able to read and write the file and its folder${code === undefined ? '' : ` (${code})`}`;
    super(`${file} cannot be opened: ${why}.`, { cause });
  }
}

/** Whether a statement failed because the file is damaged, or no database: what is in it cannot be relied on. */
export function isDamage(error: unknown): boolean {
  const cause = error instanceof DatabaseUnusable ? error.cause : error;
  return /^SQLITE_(CORRUPT|NOTADB)/.test(codeOf(cause) ?? '');
}

/** Whether a statement failed because there is no room left for what it writes; nothing of it was done. */
export function isDiskFull(error: unknown): boolean {
  const cause = error instanceof DatabaseUnusable ? error.cause : error;
  return codeOf(cause) === 'SQLITE_FULL';
}

/** Opens a database. @throws DatabaseInUse or DatabaseUnusable */
export function openDatabase({ file }: DatabaseOptions = {}): Database {
  const native = file === undefined ? new Libsql(':memory:') : connect(file);
  try {
    native.defaultSafeIntegers(true);
    if (file !== undefined) claim(native);
  } catch (error) {
    native.close();
    if (file === undefined) throw error;
    throw codeOf(error)?.startsWith('SQLITE_BUSY') ? new DatabaseInUse(file) : new DatabaseUnusable(file, error);
  }
  return wrap(native, file);
}

function connect(file: string): Libsql.Database {
  try {
    return new Libsql(file);
  } catch (error) {
    throw new DatabaseUnusable(file, error);
  }
}

/** Takes the file's lock now and holds it until close; the operating system frees it when the process ends. */
function claim(native: Libsql.Database): void {
  native.exec('PRAGMA locking_mode = EXCLUSIVE');
  native.exec('PRAGMA journal_mode = WAL');
  // An acknowledged write survives a killed process; only a power cut may lose the last ones.
  native.exec('PRAGMA synchronous = NORMAL');
  native.exec('BEGIN IMMEDIATE; COMMIT');
}

function release(native: Libsql.Database): void {
  native.exec('PRAGMA journal_mode = DELETE');
  native.exec('PRAGMA locking_mode = NORMAL');
  native.exec('SELECT 1 FROM sqlite_master');
}

function wrap(native: Libsql.Database, file: string | undefined): Database {
  let depth = 0;
  return {
    exec(sql) {
      native.exec(sql);
    },
    prepare: <Row>(sql: string) => prepare<Row>(native, sql),
    transaction(work) {
      const savepoint = `nested_${depth}`;
      native.exec(depth === 0 ? 'BEGIN IMMEDIATE' : `SAVEPOINT ${savepoint}`);
      depth++;
      try {
        const result = work();
        depth--;
        native.exec(depth === 0 ? 'COMMIT' : `RELEASE ${savepoint}`);
        return result;
      } catch (error) {
        if (depth > 0) depth--;
        // A full disk has rolled back everything already.
        if (native.inTransaction)
          native.exec(depth === 0 ? 'ROLLBACK' : `ROLLBACK TO ${savepoint}; RELEASE ${savepoint}`);
        throw error;
      }
    },
    close() {
      // Closing alone keeps the lock until the statements are collected; this gives it up, and folds the log into the file.
      if (file !== undefined) release(native);
      native.close();
    },
  };
}

function prepare<Row>(native: Libsql.Database, sql: string): Statement<Row> {
  const statement = native.prepare(sql);
  const names = statement.columns().map((column) => column.name);
  // Raw rows are arrays: they carry no `_metadata`, and a column keeps the name that the SQL gave it.
  if (names.length > 0) statement.raw();
  // `get` after `all` or `iterate` would run with the parameters that those were given, so it has a statement of its own.
  let single: typeof statement | undefined;
  const first = () => {
    single ??= names.length > 0 ? native.prepare(sql).raw() : native.prepare(sql);
    return single;
  };
  const toRow = (cells: unknown): Row => {
    if (!Array.isArray(cells)) throw new TypeError('SQLite gave a row that is no array.');
    // A plain object whose members only the SQL knows.
    const row = Object.create(Object.prototype);
    for (const [i, name] of names.entries()) row[name] = fromNative(cells[i]);
    return row;
  };
  return {
    run: (...parameters) => ({ changes: statement.run(parameters.map(toNative)).changes }),
    get(...parameters) {
      const cells = first().get(parameters.map(toNative));
      return cells === undefined ? undefined : toRow(cells);
    },
    all: (...parameters) => statement.all(parameters.map(toNative)).map(toRow),
    *iterate(...parameters) {
      for (const cells of statement.iterate(parameters.map(toNative))) yield toRow(cells);
    },
  };
}

/** JSON whose texts SQL may take out (`->>`): half a character, an escape in JSON, would end the process there. */
export function jsonText(value: unknown): string {
  const json = JSON.stringify(value);
  if (!json.includes('\\ud')) return json;
  // Escape by escape, so that a backslash that stands for itself does not count. JSON writes whole characters as they are.
  return json.replaceAll(/\\(?:(ud[89a-f]..)|.)/g, (escape, half) => (half === undefined ? escape : '\\ufffd'));
}

/** Stands before `0` for a NUL and before itself for itself: SQLite's text ends at a NUL when it is read. */
const ESCAPE = '\u001a';

function toNative(value: SqlParameter): string | number | bigint | null | Uint8Array {
  switch (typeof value) {
    case 'string': {
      const text = value.toWellFormed();
      if (!text.includes('\0') && !text.includes(ESCAPE)) return text;
      return text.replaceAll(ESCAPE, ESCAPE + ESCAPE).replaceAll('\0', `${ESCAPE}0`);
    }
    case 'number':
      if (!Number.isFinite(value)) throw new TypeError(`SQLite cannot hold ${value}.`);
      // A number would be bound as a float: 5 becomes the text '5.0' in a text column.
      return Number.isSafeInteger(value) ? BigInt(value) : value;
    case 'boolean':
      return value ? 1n : 0n;
    case 'bigint':
      return value;
    default:
      if (value === null || value instanceof Uint8Array) return value;
      throw new TypeError(`SQLite cannot hold a value of type ${typeof value}.`);
  }
}

function fromNative(value: unknown): SqlValue {
  switch (typeof value) {
    case 'string':
      return value.includes(ESCAPE) ? unescape(value) : value;
    case 'bigint':
      return value >= Number.MIN_SAFE_INTEGER && value <= Number.MAX_SAFE_INTEGER ? Number(value) : value;
    case 'number':
      return value;
    default:
      if (value === null || value instanceof Uint8Array) return value;
      throw new TypeError(`SQLite gave a value of type ${typeof value}.`);
  }
}

function unescape(text: string): string {
  const [start = '', ...rest] = text.split(ESCAPE);
  let result = start;
  for (let i = 0; i < rest.length; i++) {
    const piece = rest[i] ?? '';
    // Two in a row stand for one: the piece between them is empty.
    if (piece === '') result += ESCAPE + (rest[++i] ?? '');
    else result += `\0${piece.slice(1)}`;
  }
  return result;
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Libsql.SqliteError ? error.code : undefined;
}
