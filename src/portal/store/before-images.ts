/**
 * What SQLite held at a mark. Once there is a mark, a trigger on every table keeps the image that a row had before it was
 * first touched since the newest mark; so the images that are needed, and the time that it takes to go back or to compare,
 * grow with what was touched, not with what is stored. Without a mark there are no triggers.
 *
 * A table needs a primary key (or its rowid stands for one). One that was created after a mark was empty at it.
 */

import type { Database } from '../../sqlite.ts';

/** A row that was touched since a mark: as it was then, as it is now; undefined where there was or is none. */
export interface Touched<Row> {
  before: Row | undefined;
  after: Row | undefined;
}

export interface BeforeImages {
  /** The marks' names, oldest first. */
  names(): string[];
  has(name: string): boolean;
  /** Marks the present. A mark of that name is dropped first. */
  mark(name: string): void;
  /** Forgets a mark; nothing where there is none. */
  drop(name: string): void;
  /** Puts every row back to what it was at the mark, and drops the marks after it. The mark stays. */
  revert(name: string): void;
  /** Tables that images are kept of. */
  tables(): string[];
  /** The columns of a table's primary key. */
  keyOf(table: string): readonly string[];
  /** Rows by the caller's key. `Row` names the columns of the table that the caller reads. */
  touched<Row>(table: string, name: string, keyOf: (row: Row) => string): Map<string, Touched<Row>>;
}

const IMAGES = 'before_image_of_';
const MARKS = 'snapshots';

interface Column {
  name: string;
  type: string;
  pk: number;
}

interface Shape {
  readonly table: string;
  readonly images: string;
  readonly columns: readonly string[];
  readonly types: readonly string[];
  readonly key: readonly string[];
}

export function beforeImages(database: Database): BeforeImages {
  // A row that is replaced counts as deleted and inserted.
  database.exec(`
    PRAGMA recursive_triggers = ON;
    CREATE TABLE IF NOT EXISTS ${MARKS} (name TEXT PRIMARY KEY, epoch INTEGER NOT NULL UNIQUE) WITHOUT ROWID;
  `);
  const selectMarks = database.prepare<{ name: string; epoch: number }>(
    `SELECT name, epoch FROM ${MARKS} ORDER BY epoch`,
  );
  const insertMark = database.prepare(`INSERT INTO ${MARKS} (name, epoch) VALUES (?, ?)`);
  const deleteMark = database.prepare(`DELETE FROM ${MARKS} WHERE epoch = ?`);
  const deleteLater = database.prepare(`DELETE FROM ${MARKS} WHERE epoch > ?`);
  const selectTables = database.prepare<{ name: string }>(`
    SELECT name FROM sqlite_master
    WHERE type = 'table' AND name NOT GLOB 'sqlite_*' AND name NOT GLOB '${IMAGES}*' AND name <> '${MARKS}'
    ORDER BY rowid`);
  const selectImages = database.prepare<{ name: string }>(
    `SELECT name FROM sqlite_master WHERE type = 'table' AND name GLOB '${IMAGES}*' ORDER BY rowid`,
  );
  const selectColumns = database.prepare<Column>('SELECT name, type, pk FROM pragma_table_info(?) ORDER BY cid');

  /** Tables do not change once they are there. */
  const shapes = new Map<string, Shape>();
  const shapeOf = (table: string): Shape => {
    const known = shapes.get(table);
    if (known) return known;
    const columns = selectColumns.all(table);
    const key = columns.filter(({ pk }) => pk > 0);
    if (key.length === 0) columns.unshift({ name: 'rowid', type: 'INTEGER', pk: 1 });
    const shape: Shape = {
      table: quote(table),
      images: quote(IMAGES + table),
      columns: columns.map(({ name }) => quote(name)),
      types: columns.map(({ type }) => type),
      key: columns.filter(({ pk }) => pk > 0).map(({ name }) => quote(name)),
    };
    shapes.set(table, shape);
    return shape;
  };

  const kept = () => selectImages.all().map(({ name }) => name.slice(IMAGES.length));
  const epochOf = (name: string): number => {
    const mark = selectMarks.all().find((other) => other.name === name);
    if (!mark) throw new Error(`There is no mark ${JSON.stringify(name)}.`);
    return mark.epoch;
  };

  const watch = (): void => {
    const watched = new Set(kept());
    for (const { name } of selectTables.all()) if (!watched.has(name)) database.exec(watching(shapeOf(name)));
  };
  const unwatch = (): void => {
    for (const table of kept()) database.exec(`DROP TABLE ${quote(IMAGES + table)}; ${ending(table)}`);
  };

  const forget = (name: string): void => {
    const marks = selectMarks.all();
    const at = marks.findIndex((mark) => mark.name === name);
    const { epoch } = marks[at] ?? {};
    if (epoch === undefined) return;
    const earlier = marks[at - 1]?.epoch;
    deleteMark.run(epoch);
    if (marks.length === 1) unwatch();
    for (const table of marks.length === 1 ? [] : kept()) {
      const { images } = shapeOf(table);
      // What the earlier mark has no image of was not touched between the two.
      if (earlier !== undefined) {
        database.prepare(`UPDATE OR IGNORE ${images} SET image_epoch = ? WHERE image_epoch = ?`).run(earlier, epoch);
      }
      database.prepare(`DELETE FROM ${images} WHERE image_epoch = ?`).run(epoch);
    }
  };

  return {
    names: () => selectMarks.all().map(({ name }) => name),
    has: (name) => selectMarks.all().some((mark) => mark.name === name),
    mark(name) {
      database.transaction(() => {
        forget(name);
        watch();
        insertMark.run(name, (selectMarks.all().at(-1)?.epoch ?? 0) + 1);
      });
    },
    drop: (name) => database.transaction(() => forget(name)),
    revert(name) {
      database.transaction(() => {
        const epoch = epochOf(name);
        const watched = new Set(kept());
        for (const { name: table } of selectTables.all()) {
          const { table: rows, images, columns, key } = shapeOf(table);
          if (!watched.has(table)) {
            database.exec(`DELETE FROM ${rows}`);
            continue;
          }
          const list = columns.join(', ');
          database
            .prepare(
              `DELETE FROM ${rows} WHERE (${key.join(', ')}) IN (SELECT ${key.join(', ')} FROM ${images} WHERE image_epoch >= ?)`,
            )
            .run(epoch);
          database
            .prepare(
              `INSERT INTO ${rows} (${list}) SELECT ${list} FROM (${firstImages(shapeOf(table))}) WHERE image_existed = 1`,
            )
            .run(epoch);
        }
        deleteLater.run(epoch);
        // The triggers kept images of these very writes.
        for (const table of watched)
          database.prepare(`DELETE FROM ${shapeOf(table).images} WHERE image_epoch >= ?`).run(epoch);
      });
    },
    tables: kept,
    keyOf: (table) => shapeOf(table).key.map((column) => column.slice(1, -1)),
    touched<Row>(table: string, name: string, keyOf: (row: Row) => string) {
      const epoch = epochOf(name);
      const { table: rows, images, columns, key } = shapeOf(table);
      const result = new Map<string, Touched<Row>>();
      const before = database.prepare<Row>(
        `SELECT ${columns.join(', ')} FROM (${firstImages(shapeOf(table))}) WHERE image_existed = 1`,
      );
      for (const row of before.all(epoch)) result.set(keyOf(row), { before: row, after: undefined });
      const after = database.prepare<Row>(`
        SELECT ${columns.map((column) => `now.${column} AS ${column}`).join(', ')}
        FROM (SELECT DISTINCT ${key.join(', ')} FROM ${images} WHERE image_epoch >= ?) AS image
        CROSS JOIN ${rows} AS now ON ${key.map((column) => `now.${column} = image.${column}`).join(' AND ')}`);
      for (const row of after.all(epoch)) {
        const known = result.get(keyOf(row));
        if (known) known.after = row;
        else result.set(keyOf(row), { before: undefined, after: row });
      }
      return result;
    },
  };
}

/** The image of every touched row at the mark of the epoch that is bound. SQLite gives the row that has the minimum. */
function firstImages({ images, columns, key }: Shape): string {
  return `SELECT min(image_epoch), image_existed, ${columns.join(', ')} FROM ${images} WHERE image_epoch >= ? GROUP BY ${key.join(', ')}`;
}

/** The table of images and the triggers that fill it. */
function watching({ table, images, columns, types, key }: Shape): string {
  const keep = (row: 'OLD' | 'NEW', condition = '') => {
    const kept = row === 'OLD' ? columns : key;
    return `
      INSERT INTO ${images} (image_epoch, image_existed, ${kept.join(', ')})
      SELECT epoch, ${row === 'OLD' ? 1 : 0}, ${kept.map((column) => `${row}.${column}`).join(', ')}
      FROM (SELECT max(epoch) AS epoch FROM ${MARKS}) AS newest
      WHERE ${condition} NOT EXISTS (
        SELECT 1 FROM ${images} AS image
        WHERE image.image_epoch = newest.epoch AND ${key.map((column) => `image.${column} = ${row}.${column}`).join(' AND ')}
      );`;
  };
  const moved = `(${key.map((column) => `OLD.${column} <> NEW.${column}`).join(' OR ')}) AND`;
  const trigger = (event: string) => quote(`${IMAGES}${table.slice(1, -1)}_${event}`);
  const definitions = columns.map((column, i) => `${column} ${types[i] ?? ''}`).join(', ');
  return `
    CREATE TABLE ${images} (
      image_epoch INTEGER NOT NULL, image_existed INTEGER NOT NULL, ${definitions}, PRIMARY KEY (image_epoch, ${key.join(', ')})
    ) WITHOUT ROWID;
    CREATE TRIGGER ${trigger('insert')} AFTER INSERT ON ${table} BEGIN ${keep('NEW')} END;
    CREATE TRIGGER ${trigger('update')} AFTER UPDATE ON ${table} BEGIN ${keep('OLD')} ${keep('NEW', moved)} END;
    CREATE TRIGGER ${trigger('delete')} AFTER DELETE ON ${table} BEGIN ${keep('OLD')} END;`;
}

function ending(table: string): string {
  return ['insert', 'update', 'delete']
    .map((event) => `DROP TRIGGER ${quote(`${IMAGES}${table}_${event}`)};`)
    .join(' ');
}

function quote(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
