/** What people and models said of findings and pairs, in a file of its own. */

import type { SharedFile } from './shared-file.ts';
import type { Dismissal, Memory, StoredJudgement } from './types.ts';

export const MEMORY_VERSION = 1;

export const MEMORY_SCHEMA = `
  CREATE TABLE dismissals (fingerprint TEXT PRIMARY KEY, reason TEXT, by TEXT NOT NULL, at INTEGER NOT NULL);
  CREATE TABLE told (fingerprint TEXT PRIMARY KEY, at INTEGER NOT NULL);
  CREATE TABLE judgements (
    id INTEGER PRIMARY KEY, type TEXT NOT NULL, a TEXT NOT NULL, b TEXT NOT NULL, same INTEGER NOT NULL,
    by TEXT NOT NULL, bits REAL, at INTEGER NOT NULL
  );
  CREATE INDEX judgements_of_type ON judgements (type, id);
  CREATE TABLE answers (key TEXT PRIMARY KEY, answer TEXT NOT NULL, at INTEGER NOT NULL);
`;

export function createMemory(file: SharedFile): Memory {
  return {
    dismissals: () =>
      file.use((db) =>
        db
          .prepare<{ fingerprint: string; reason: string | null; by: string; at: number }>(
            'SELECT fingerprint, reason, by, at FROM dismissals ORDER BY at, fingerprint',
          )
          .all()
          .map(({ reason, ...rest }): Dismissal => (reason === null ? rest : { ...rest, reason })),
      ),

    dismiss: (dismissals) =>
      file.use((db) => {
        const add = db.prepare('INSERT OR REPLACE INTO dismissals (fingerprint, reason, by, at) VALUES (?, ?, ?, ?)');
        db.transaction(() => {
          for (const { fingerprint, reason, by, at } of dismissals) add.run(fingerprint, reason ?? null, by, at);
        });
      }),

    told: (fingerprints) =>
      file.use((db) => {
        const find = db.prepare<{ at: number }>('SELECT at FROM told WHERE fingerprint = ?');
        return new Set(fingerprints.filter((fingerprint) => find.get(fingerprint) !== undefined));
      }),

    tell: (fingerprints, at) =>
      file.use((db) => {
        const add = db.prepare('INSERT OR IGNORE INTO told (fingerprint, at) VALUES (?, ?)');
        db.transaction(() => {
          for (const fingerprint of fingerprints) add.run(fingerprint, at);
        });
      }),

    judgements: (objectType) =>
      file.use((db) =>
        db
          .prepare<StoredRow>('SELECT a, b, same, by, bits, at FROM judgements WHERE type = ? ORDER BY id')
          .all(objectType)
          .map(
            ({ same, bits, ...rest }): StoredJudgement => ({
              ...rest,
              same: same === 1,
              ...(bits !== null && { bits }),
            }),
          ),
      ),

    judge: (objectType, judgements) =>
      file.use((db) => {
        const add = db.prepare('INSERT INTO judgements (type, a, b, same, by, bits, at) VALUES (?, ?, ?, ?, ?, ?, ?)');
        db.transaction(() => {
          for (const { a, b, same, by, bits, at } of judgements) add.run(objectType, a, b, same, by, bits ?? null, at);
        });
      }),

    cached: (key) =>
      file.use((db) => db.prepare<{ answer: string }>('SELECT answer FROM answers WHERE key = ?').get(key)?.answer),

    cache: (key, answer, at) =>
      file.use((db) => {
        db.prepare('INSERT OR REPLACE INTO answers (key, answer, at) VALUES (?, ?, ?)').run(key, answer, at);
      }),
  };
}

interface StoredRow extends Omit<StoredJudgement, 'same' | 'bits'> {
  readonly same: number;
  readonly bits: number | null;
}
