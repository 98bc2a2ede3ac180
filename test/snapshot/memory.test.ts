import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createMemory, MEMORY_SCHEMA, MEMORY_UPGRADES, MEMORY_VERSION } from '../../src/snapshot/memory.ts';
import { type SharedFile, sharedFile } from '../../src/snapshot/shared-file.ts';
import { openDatabase } from '../../src/sqlite.ts';
import { fakeClock } from '../fake-clock.ts';

const DAY_MS = 86_400_000;
let folder: string;
let open: SharedFile[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'memory-'));
});
afterEach(async () => {
  await Promise.all(open.map((each) => each.close()));
  open = [];
  rmSync(folder, { recursive: true });
});

const modeOf = (path: string) => (statSync(path).mode & 0o777).toString(8);

function memoryFile(file?: string) {
  const shared = sharedFile({
    ...(file !== undefined && { file }),
    clock: fakeClock(),
    version: MEMORY_VERSION,
    schema: MEMORY_SCHEMA,
    upgrades: MEMORY_UPGRADES,
    damaged: 'aside',
    log: () => undefined,
  });
  open.push(shared);
  return { shared, memory: createMemory(shared) };
}

const tables = (shared: SharedFile) =>
  shared.use((db) =>
    db
      .prepare<{ name: string }>("SELECT name FROM sqlite_master WHERE name NOT LIKE 'sqlite%' ORDER BY name")
      .all()
      .map(({ name }) => name),
  );

describe('Answers of a model', () => {
  it('are kept for 90 days', async () => {
    const { memory } = memoryFile();
    await memory.cache('old', 'yes', 0);
    await memory.cache('new', 'no', 90 * DAY_MS);
    expect(await memory.cached('old')).toBe('yes');
    await memory.cache('newer', 'no', 90 * DAY_MS + 1);
    expect(await memory.cached('old')).toBeUndefined();
    expect(await memory.cached('new')).toBe('no');
  });

  it('are the latest 20,000', async () => {
    const { shared, memory } = memoryFile();
    await shared.use((db) =>
      db.exec(
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20500) INSERT INTO answers SELECT 'k' || i, 'yes', i FROM n",
      ),
    );
    await memory.cache('last', 'no', 30_000);
    const held = await shared.use((db) => db.prepare<{ n: number }>('SELECT count(*) n FROM answers').get()?.n);
    expect(held).toBe(20_000);
    expect(await memory.cached('k501')).toBeUndefined();
    expect(await memory.cached('k502')).toBe('yes');
    expect(await memory.cached('last')).toBe('no');
  });
});

describe('A file of an earlier version', () => {
  it('keeps what people said, and becomes what a new one is', async () => {
    const file = join(folder, 'said.sqlite');
    const before = openDatabase({ file });
    before.exec(`
      CREATE TABLE dismissals (fingerprint TEXT PRIMARY KEY, reason TEXT, by TEXT NOT NULL, at INTEGER NOT NULL);
      CREATE TABLE told (fingerprint TEXT PRIMARY KEY, at INTEGER NOT NULL);
      CREATE TABLE judgements (
        id INTEGER PRIMARY KEY, type TEXT NOT NULL, a TEXT NOT NULL, b TEXT NOT NULL, same INTEGER NOT NULL,
        by TEXT NOT NULL, bits REAL, at INTEGER NOT NULL, basis TEXT
      );
      CREATE INDEX judgements_of_type ON judgements (type, id);
      CREATE TABLE answers (key TEXT PRIMARY KEY, answer TEXT NOT NULL, at INTEGER NOT NULL);
      CREATE TABLE spending (id INTEGER PRIMARY KEY, at INTEGER NOT NULL, nanos INTEGER NOT NULL);
      INSERT INTO dismissals VALUES ('pair:contacts:1:2', 'twins', 'ann', 7);
      PRAGMA user_version = 2;
    `);
    before.close();
    const { shared, memory } = memoryFile(file);
    expect(await memory.dismissals()).toEqual([
      { fingerprint: 'pair:contacts:1:2', reason: 'twins', by: 'ann', at: 7 },
    ]);
    expect(await tables(shared)).toEqual(await tables(memoryFile().shared));
  });
});

describe('What is kept', () => {
  it('is for its owner alone, the folders that had to be made for it too', async () => {
    const made = join(folder, 'state', '4711');
    const { memory } = memoryFile(join(made, 'said.sqlite'));
    await memory.dismiss([{ fingerprint: 'pair:contacts:1:2', by: 'ann', at: 7 }]);
    expect([modeOf(join(folder, 'state')), modeOf(made)]).toEqual(['700', '700']);
    const files = readdirSync(made).map((name) => modeOf(join(made, name)));
    expect(files.length).toBeGreaterThan(0);
    expect(new Set(files)).toEqual(new Set(['600']));
  });
});
