/** Webhook events that wait to be sent, or that nobody took in the end. */

import type { Database } from '../../sqlite.ts';

/** An event as it is sent, without its `attemptNumber`. */
export type WebhookEvent = Readonly<Record<string, unknown>>;

export interface WaitingEvent {
  readonly id: number;
  /** How often it was sent in vain. */
  readonly attempt: number;
  readonly event: WebhookEvent;
}

/** An event that was given up. */
export interface FailedEvent extends WaitingEvent {
  readonly appId: number;
  /** When, in milliseconds since the epoch, and what came of the last attempt. */
  readonly failedAt: number;
  readonly failure: string;
}

export interface WebhookEvents {
  /**
   * Runs `work` whole or not at all. Beside the store's transactions: what waits and what was sent is nobody's write, and
   * a clock that moves with writes stands still.
   */
  transaction<T>(work: () => T): T;
  /** To be sent at once, whatever becomes of the clock. */
  add(appId: number, event: WebhookEvent): void;
  /** Gives up an event that was never sent. */
  drop(appId: number, event: WebhookEvent, at: number, failure: string): void;
  /** Those to be sent by `at`: new ones first, then the longest due. */
  due(appId: number, at: number, limit: number): WaitingEvent[];
  /** When the first of an app's events that are due after `at` is due. */
  nextDue(appId: number, at: number): number | undefined;
  waiting(): number;
  sent(ids: readonly number[]): void;
  retry(id: number, dueAt: number): void;
  giveUp(id: number, at: number, failure: string): void;
  /** Forgets what an app's events wait for. */
  discard(appId: number): void;
  /** The last ones that were given up, newest first. */
  failed(): FailedEvent[];
}

/** More failures than anybody reads are forgotten. */
const KEPT_FAILURES = 1000;

export function webhookEvents(database: Database): WebhookEvents {
  database.exec(`
    CREATE TABLE IF NOT EXISTS webhook_events (
      id INTEGER PRIMARY KEY AUTOINCREMENT, app_id INTEGER NOT NULL, attempt INTEGER NOT NULL, due_at INTEGER,
      event TEXT NOT NULL, failed_at INTEGER, failure TEXT
    );
    CREATE INDEX IF NOT EXISTS webhook_events_due ON webhook_events (app_id, due_at);
  `);
  const insert = database.prepare('INSERT INTO webhook_events (app_id, attempt, due_at, event) VALUES (?, 0, 0, ?)');
  const insertFailed = database.prepare(
    'INSERT INTO webhook_events (app_id, attempt, due_at, event, failed_at, failure) VALUES (?, 0, NULL, ?, ?, ?)',
  );
  const select = database.prepare<{ id: number; attempt: number; event: string }>(
    'SELECT id, attempt, event FROM webhook_events WHERE app_id = ? AND due_at <= ? ORDER BY due_at, id LIMIT ?',
  );
  const selectNext = database.prepare<{ due: number | null }>(
    'SELECT min(due_at) AS due FROM webhook_events WHERE app_id = ? AND due_at > ?',
  );
  const count = database.prepare<{ n: number }>('SELECT count(*) AS n FROM webhook_events WHERE due_at IS NOT NULL');
  const remove = database.prepare('DELETE FROM webhook_events WHERE id = ?');
  const removeApp = database.prepare('DELETE FROM webhook_events WHERE app_id = ? AND due_at IS NOT NULL');
  const postpone = database.prepare('UPDATE webhook_events SET attempt = attempt + 1, due_at = ? WHERE id = ?');
  const fail = database.prepare(
    'UPDATE webhook_events SET attempt = attempt + 1, due_at = NULL, failed_at = ?, failure = ? WHERE id = ?',
  );
  const trim = database.prepare(`
    DELETE FROM webhook_events WHERE due_at IS NULL AND id NOT IN (
      SELECT id FROM webhook_events WHERE due_at IS NULL ORDER BY failed_at DESC, id DESC LIMIT ${KEPT_FAILURES}
    )`);
  const selectFailed = database.prepare<{
    id: number;
    app_id: number;
    attempt: number;
    event: string;
    failed_at: number;
    failure: string;
  }>(`
    SELECT id, app_id, attempt, event, failed_at, failure FROM webhook_events WHERE due_at IS NULL
    ORDER BY failed_at DESC, id DESC`);
  return {
    transaction: (work) => database.transaction(work),
    add(appId, event) {
      insert.run(appId, JSON.stringify(event));
    },
    drop(appId, event, at, failure) {
      insertFailed.run(appId, JSON.stringify(event), at, failure);
      trim.run();
    },
    due: (appId, at, limit) =>
      select.all(appId, at, limit).map(({ id, attempt, event }) => ({ id, attempt, event: JSON.parse(event) })),
    nextDue: (appId, at) => selectNext.get(appId, at)?.due ?? undefined,
    waiting: () => count.get()?.n ?? 0,
    sent(ids) {
      for (const id of ids) remove.run(id);
    },
    retry(id, dueAt) {
      postpone.run(dueAt, id);
    },
    giveUp(id, at, failure) {
      fail.run(at, failure, id);
      trim.run();
    },
    discard(appId) {
      removeApp.run(appId);
    },
    failed: () =>
      selectFailed.all().map((row) => ({
        id: row.id,
        appId: row.app_id,
        attempt: row.attempt,
        event: JSON.parse(row.event),
        failedAt: row.failed_at,
        failure: row.failure,
      })),
  };
}
