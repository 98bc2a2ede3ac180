import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { assert, constantFrom, property, string } from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import {
  DatabaseInUse,
  DatabaseUnusable,
  jsonText,
  openDatabase,
  type SqlParameter,
  type Statement,
} from '../src/sqlite.ts';

const folder = mkdtempSync(join(tmpdir(), 'sqlite-test-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const table = () => {
  const database = openDatabase();
  database.exec('CREATE TABLE kept (id INTEGER PRIMARY KEY, text TEXT, number NUMERIC, blob BLOB)');
  return database;
};

describe('what is written reads back the same', () => {
  test('a boolean is 1 or 0, where the package alone aborts the process', () => {
    const row = table().prepare<{ yes: number; no: number }>('SELECT ? AS yes, ? AS no').get(true, false);
    expect(row).toEqual({ yes: 1, no: 0 });
  });

  test('text keeps a NUL, and every other character', () => {
    const echo = table().prepare<{ value: string }>('SELECT ? AS value');
    expect(echo.get('before\0after')).toEqual({ value: 'before\0after' });
    const text = string({ unit: constantFrom('a', '0', '\0', '\u001a', 'é', '😀') });
    assert(
      property(text, (value) => {
        expect(echo.get(value)).toEqual({ value });
      }),
      { numRuns: 200 },
    );
  });

  test('half a character is U+FFFD, where the package alone aborts the process, also as a text in JSON', () => {
    const database = table();
    expect(database.prepare('SELECT ? AS value').get('half \ud83d, \udc00 half')).toEqual({
      value: 'half \ufffd, \ufffd half',
    });
    const inside = database.prepare<{ value: string }>("SELECT ? ->> 'text' AS value");
    for (const text of ['half \ud83d', '\udc00 half', 'whole 😀', 'spelled \\ud83d', '\\\ud83d']) {
      expect(inside.get(jsonText({ text }))).toEqual({ value: text.toWellFormed() });
    }
  });

  test('an integer beyond 2^53 is not rounded, and one within is a number', () => {
    const rows = table()
      .prepare('SELECT 9007199254740993 AS big, 9007199254740991 AS safe, ? AS bound')
      .all(2n ** 60n);
    expect(rows).toEqual([{ big: 9007199254740993n, safe: 9007199254740991, bound: 2n ** 60n }]);
  });

  test('a number in a text column is the number, not its float', () => {
    const database = table();
    database.prepare('INSERT INTO kept (text) VALUES (?)').run(5);
    expect(database.prepare('SELECT text FROM kept').get()).toEqual({ text: '5' });
  });

  test('rows carry the selected columns and nothing else', () => {
    const database = table();
    expect(database.prepare('INSERT INTO kept (text) VALUES (?) RETURNING id, text').get('a')).toEqual({
      id: 1,
      text: 'a',
    });
    const select = database.prepare('SELECT text FROM kept WHERE id = ?');
    expect(Object.keys(select.get(1) ?? {})).toEqual(['text']);
    expect(select.get(2)).toBeUndefined();
    expect([...select.iterate(1)]).toEqual([{ text: 'a' }]);
  });

  test('bytes come back as bytes', () => {
    const row = table()
      .prepare<{ blob: Uint8Array }>('SELECT ? AS blob')
      .get(new Uint8Array([0, 1, 255]));
    expect([...(row?.blob ?? [])]).toEqual([0, 1, 255]);
  });

  test('a statement runs with the parameters it is given, whichever way it ran before', () => {
    const ways = {
      get: (statement: Statement<{ id: string }>, id: string) => statement.get(id)?.id,
      all: (statement: Statement<{ id: string }>, id: string) => statement.all(id)[0]?.id,
      iterate: (statement: Statement<{ id: string }>, id: string) => statement.iterate(id).next().value?.id,
    };
    const found = Object.values(ways).flatMap((before) =>
      Object.values(ways).map((now) => {
        const database = openDatabase();
        database.exec("CREATE TABLE things (id TEXT); INSERT INTO things VALUES ('a'), ('b')");
        const statement = database.prepare<{ id: string }>('SELECT id FROM things WHERE id = ?');
        before(statement, 'a');
        return [now(statement, 'b'), now(statement, 'nothing')];
      }),
    );
    expect(found).toEqual(Array.from({ length: 9 }, () => ['b', undefined]));
  });

  test('what SQLite cannot hold is refused', () => {
    const echo = table().prepare('SELECT ?');
    for (const value of [Number.NaN, Number.POSITIVE_INFINITY]) expect(() => echo.get(value)).toThrow(TypeError);
    const untyped: SqlParameter[] = JSON.parse('[{"an": "object"}]');
    expect(() => echo.get(...untyped)).toThrow(TypeError);
  });
});

test('a transaction that throws leaves nothing, also inside another one that goes on', () => {
  const database = table();
  const insert = database.prepare('INSERT INTO kept (text) VALUES (?)');
  const failing = () =>
    database.transaction(() => {
      insert.run('lost');
      throw new Error('no');
    });
  expect(failing).toThrow('no');
  database.transaction(() => {
    insert.run('kept');
    expect(failing).toThrow('no');
    insert.run('kept too');
  });
  expect(database.prepare('SELECT text FROM kept').all()).toEqual([{ text: 'kept' }, { text: 'kept too' }]);
});

describe('a file', () => {
  const libsql = createRequire(import.meta.url).resolve('libsql');
  /** Another process that opens the file as this driver does, says so, and waits. */
  const holder = (file: string) =>
    `const D = require(${JSON.stringify(libsql)}); const d = new D(${JSON.stringify(file)});
     d.exec('PRAGMA locking_mode = EXCLUSIVE'); d.exec('PRAGMA journal_mode = WAL'); d.exec('BEGIN IMMEDIATE; COMMIT');
     d.exec("INSERT INTO kept (text) VALUES ('written by the other')");
     console.log('open'); setInterval(() => {}, 1000);`;

  test('belongs to one process, and is free again when that one was killed', async () => {
    const file = join(folder, 'owned.db');
    const first = openDatabase({ file });
    first.exec('CREATE TABLE kept (text TEXT)');
    first.close();

    const other = spawn(process.execPath, ['-e', holder(file)]);
    await once(other.stdout, 'data');
    expect(() => openDatabase({ file })).toThrow(DatabaseInUse);
    expect(() => openDatabase({ file })).toThrow(/Stop that process, or choose another file/);

    other.kill('SIGKILL');
    await once(other, 'exit');
    const again = openDatabase({ file });
    expect(again.prepare('SELECT text FROM kept').all()).toEqual([{ text: 'written by the other' }]);
    again.close();
  });

  test('is locked against other processes and against a second opening, until it is closed', () => {
    const file = join(folder, 'closed.db');
    const database = openDatabase({ file });
    database.exec('CREATE TABLE kept (text TEXT)');
    const other = () => execFileSync(process.execPath, ['-e', `${holder(file)} process.exit()`], { stdio: 'pipe' });
    expect(other).toThrow(/locked/);
    expect(() => openDatabase({ file })).toThrow(DatabaseInUse);
    database.close();
    expect(other).not.toThrow();
  });
});

test('a file that is no database, or that nobody can make, is refused in a sentence', () => {
  const garbage = join(folder, 'garbage.sqlite');
  writeFileSync(garbage, 'this is no database at all\n'.repeat(100));
  expect(() => openDatabase({ file: garbage })).toThrow(DatabaseUnusable);
  expect(() => openDatabase({ file: garbage })).toThrow(`${garbage} cannot be opened: it is no SQLite database.`);
  for (const file of [folder, join(folder, 'nowhere', 'portal.sqlite')]) {
    expect(() => openDatabase({ file })).toThrow(DatabaseUnusable);
  }
});

test('a full disk takes a transaction back whole, and says that it was the disk', () => {
  const database = openDatabase({ file: join(folder, 'full.db') });
  database.exec('CREATE TABLE kept (text TEXT); PRAGMA cache_size = 5; PRAGMA max_page_count = 50');
  const insert = database.prepare('INSERT INTO kept (text) VALUES (?)');
  const tooMuch = () =>
    database.transaction(() => {
      insert.run('before');
      database.transaction(() => {
        for (let i = 0; i < 1_000; i += 1) insert.run('x'.repeat(1_000));
      });
    });
  expect(tooMuch).toThrow('database or disk is full');
  expect(database.prepare('SELECT * FROM kept').all()).toEqual([]);
  database.transaction(() => insert.run('after'));
  expect(database.prepare('SELECT text FROM kept').all()).toEqual([{ text: 'after' }]);
  database.close();
});
