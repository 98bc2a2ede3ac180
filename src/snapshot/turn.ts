/** One reads a type at a time, of all processes that share the copy. */

import type { Clock } from '../clock.ts';
import type { Database } from '../sqlite.ts';
import { claim, hold, putTypeRow, release, type TypeRow } from './copied-records.ts';
import type { SharedFile } from './shared-file.ts';

/** Who reads says so with every page; who is silent for so long has ended. */
const BUSY_MS = 60_000;

/** The copy, for the one who reads: each piece of work is done whole or not at all. */
export interface Turn extends Pick<SharedFile, 'use'> {
  /** What was known of the type when it began. */
  readonly row: TypeRow;
  end(): Promise<void>;
}

/** Whoever was silent for too long finds another reader in its place, and must not write any more. */
export class TurnOver extends Error {
  override readonly name = 'TurnOver';
}

export interface TurnParts {
  readonly file: SharedFile;
  readonly clock: Clock;
  /** Who reads, unlike anybody else in this process or another. */
  readonly reader: string;
}

/** Undefined while another one reads. @param prepare what has to be done in any case; gives what is known of the type */
export async function takeTurn(
  type: string,
  { file, clock, reader }: TurnParts,
  prepare: (db: Database) => TypeRow,
): Promise<Turn | undefined> {
  const row = await file.use((db) =>
    db.transaction(() => {
      const known = prepare(db);
      putTypeRow(db, type, known);
      const now = clock.now();
      return claim(db, type, reader, now, now + BUSY_MS) ? known : undefined;
    }),
  );
  if (row === undefined) return undefined;
  return {
    row,
    use: (work) =>
      file.use((db) =>
        db.transaction(() => {
          if (!hold(db, type, reader, clock.now() + BUSY_MS)) throw new TurnOver();
          return work(db);
        }),
      ),
    end: () => file.use((db) => release(db, type, reader)),
  };
}
