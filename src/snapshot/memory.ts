/** What people and models said of findings and pairs, in a file of its own. */

import type { Database } from '../sqlite.ts';
import type { SharedFile } from './shared-file.ts';
import type { Dismissal, Memory, PastAudit, StoredJudgement } from './types.ts';

export const MEMORY_VERSION = 3;

export const MEMORY_SCHEMA = `
  CREATE TABLE dismissals (fingerprint TEXT PRIMARY KEY, reason TEXT, by TEXT NOT NULL, at INTEGER NOT NULL);
  CREATE TABLE told (fingerprint TEXT PRIMARY KEY, at INTEGER NOT NULL);
  CREATE TABLE judgements (
    id INTEGER PRIMARY KEY, type TEXT NOT NULL, a TEXT NOT NULL, b TEXT NOT NULL, same INTEGER NOT NULL,
    by TEXT NOT NULL, bits REAL, at INTEGER NOT NULL, basis TEXT
  );
  CREATE INDEX judgements_of_type ON judgements (type, id);
  CREATE TABLE answers (key TEXT PRIMARY KEY, answer TEXT NOT NULL, at INTEGER NOT NULL);
  CREATE INDEX answers_by_age ON answers (at);
  CREATE TABLE audits (question TEXT NOT NULL, day INTEGER NOT NULL, at INTEGER NOT NULL, figures TEXT NOT NULL,
    PRIMARY KEY (question, day));
  CREATE TABLE spending (id INTEGER PRIMARY KEY, at INTEGER NOT NULL, nanos INTEGER NOT NULL);
`;

/** What was said is not lost with a new version of this program. */
export const MEMORY_UPGRADES: Readonly<Record<number, string>> = {
  2: `
  CREATE INDEX answers_by_age ON answers (at);
  CREATE TABLE audits (question TEXT NOT NULL, day INTEGER NOT NULL, at INTEGER NOT NULL, figures TEXT NOT NULL,
    PRIMARY KEY (question, day));
`,
};

/** Asked again after this the same may be answered otherwise: models change. */
const ANSWERS_STAND_MS = 90 * 86_400_000;
/** Some 10 MB. */
const MOST_ANSWERS = 20_000;

/** Money is kept in whole billionths of a dollar, so that sums are exact. */
const PER_USD = 1e9;
const dayOf = (at: number) => Math.floor(at / 86_400_000);

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

    restore: (fingerprints) =>
      file.use((db) => {
        const remove = db.prepare('DELETE FROM dismissals WHERE fingerprint = ?');
        return db.transaction(() => fingerprints.filter((fingerprint) => remove.run(fingerprint).changes > 0));
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
          .prepare<StoredRow>('SELECT a, b, same, by, bits, at, basis FROM judgements WHERE type = ? ORDER BY id')
          .all(objectType)
          .map(
            ({ same, bits, basis, ...rest }): StoredJudgement => ({
              ...rest,
              same: same === 1,
              ...(bits !== null && { bits }),
              ...(basis !== null && { basis }),
            }),
          ),
      ),

    judge: (objectType, judgements) =>
      file.use((db) => {
        const add = db.prepare(
          'INSERT INTO judgements (type, a, b, same, by, bits, at, basis) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
        );
        db.transaction(() => {
          for (const { a, b, same, by, bits, at, basis } of judgements) {
            add.run(objectType, a, b, same ? 1 : 0, by, bits ?? null, at, basis ?? null);
          }
        });
      }),

    cached: (key) =>
      file.use((db) => db.prepare<{ answer: string }>('SELECT answer FROM answers WHERE key = ?').get(key)?.answer),

    cache: (key, answer, at) =>
      file.use((db) => {
        db.transaction(() => {
          db.prepare('INSERT OR REPLACE INTO answers (key, answer, at) VALUES (?, ?, ?)').run(key, answer, at);
          db.prepare('DELETE FROM answers WHERE at < ?').run(at - ANSWERS_STAND_MS);
          db.prepare(
            'DELETE FROM answers WHERE key IN (SELECT key FROM answers ORDER BY at DESC, key LIMIT -1 OFFSET ?)',
          ).run(MOST_ANSWERS);
        });
      }),

    reserve: (usd, { since, cap, at }) =>
      file.use((db) =>
        db.transaction(() => {
          const nanos = Math.ceil(usd * PER_USD);
          // Also when it is no number.
          if (!(nanos >= 0 && spentIn(db, since) + nanos <= Math.floor(cap * PER_USD))) return undefined;
          db.prepare('DELETE FROM spending WHERE at <= ?').run(since);
          return db
            .prepare<{ id: number }>('INSERT INTO spending (at, nanos) VALUES (?, ?) RETURNING id')
            .get(at, nanos)?.id;
        }),
      ),

    settle: (reservation, usd) =>
      file.use((db) => {
        const nanos = Math.ceil(usd * PER_USD);
        // What is no number was not told: then all of it is taken for spent.
        if (nanos >= 0) db.prepare('UPDATE spending SET nanos = min(nanos, ?) WHERE id = ?').run(nanos, reservation);
      }),

    spentSince: (since) => file.use((db) => spentIn(db, since) / PER_USD),

    auditBefore: (question, at) =>
      file.use((db) =>
        db
          .prepare<PastAudit>('SELECT at, figures FROM audits WHERE question = ? AND day < ? ORDER BY day DESC LIMIT 1')
          .get(question, dayOf(at)),
      ),

    rememberAudit: (question, { at, figures }) =>
      file.use((db) => {
        db.prepare('INSERT OR REPLACE INTO audits (question, day, at, figures) VALUES (?, ?, ?, ?)').run(
          question,
          dayOf(at),
          at,
          figures,
        );
      }),
  };
}

function spentIn(db: Database, since: number): number {
  return (
    db.prepare<{ nanos: number }>('SELECT coalesce(sum(nanos), 0) nanos FROM spending WHERE at > ?').get(since)
      ?.nanos ?? 0
  );
}

interface StoredRow extends Omit<StoredJudgement, 'same' | 'bits' | 'basis'> {
  readonly basis: string | null;
  readonly same: number;
  readonly bits: number | null;
}
