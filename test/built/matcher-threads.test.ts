/** The bundle's worker lies beside the chunk that starts it, and threads make no difference but to the time. */

import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { stringify } from 'csv-stringify/sync';
import { afterAll, describe, expect, it } from 'vitest';
import { Desk, type Task } from '../../src/enrich/duplicates/threads/desk.ts';
import { startWorkers } from '../../src/enrich/duplicates/threads/workers.ts';
import { strangers, tableOf } from '../enrich/duplicates/tables.ts';
import { start } from './program.ts';

const chunks = resolve(import.meta.dirname, '../../dist/chunks');
const worker = join(chunks, 'matcher-worker.js');
const folder = mkdtempSync(join(tmpdir(), 'matcher-threads-'));

const rows = [...strangers(1500), ...strangers(1500).map((row) => ({ ...row, id: `again ${row['id']}`, email: '' }))];

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('The threads of the built matcher', () => {
  it('are started by a chunk that lies beside their file', () => {
    const starts = readdirSync(chunks).filter(
      (file) => file.endsWith('.js') && readFileSync(join(chunks, file), 'utf8').includes('./matcher-worker.js'),
    );
    expect(starts).toHaveLength(1);
  });

  it('do what the caller would do by itself', async () => {
    const subject = { table: tableOf(rows), kind: 'contacts', keys: [], country: 'US' } as const;
    const tasks: readonly Task[] = [0, 1, 2, 3, 4].map((reading) => ({ do: 'read', reading }));
    const crew = await startWorkers(subject, 2, pathToFileURL(worker));
    if (crew === undefined) throw new Error('The worker is not there.');
    const done = await crew.do(tasks);
    await crew.leave();
    const desk = new Desk(subject);
    expect(done).toEqual(tasks.map((task) => desk.do(task)));
  });

  it('are not missed where the worker is not there: the caller does the work', async () => {
    const subject = { table: tableOf([]), kind: 'contacts', keys: [], country: 'US' } as const;
    expect(await startWorkers(subject, 1, pathToFileURL(join(chunks, 'no-worker.js')))).toBeUndefined();
  });

  it('find the same, however many they are', async () => {
    const file = join(folder, 'contacts.csv');
    writeFileSync(file, stringify([...rows], { header: true }));
    const found: string[] = [];
    for (const threads of ['0', '1', '3']) {
      const out = join(folder, `${threads}.csv`);
      const program = start(['duplicates', file, '--type', 'contacts', '--threads', threads, '--out', out]);
      expect(await program.exit).toBe(0);
      found.push(readFileSync(out, 'utf8'));
    }
    expect(found[0]?.split('\n').length).toBeGreaterThan(1000);
    expect(found[1]).toBe(found[0]);
    expect(found[2]).toBe(found[0]);
  });
});
