/** The ways on which an operator is told: the log, a signed webhook, a task in HubSpot. */

import type { Clock } from '../clock.ts';
import type { Fetch } from '../fetch.ts';
import type { Log } from '../log.ts';
import { deliver } from './webhook.ts';

/** An alert, or anything else that is told as one. */
export interface Notice {
  /** What kind of thing it is. */
  readonly alert: string;
  /** Of this one, where there may be several of its kind at once: it is then told once, whoever tells it. */
  readonly id?: string;
  readonly severity: 'warning' | 'critical';
  /** No record's text, no caller's words. */
  readonly message: string;
  readonly status: 'firing' | 'resolved';
  /** Wall times in milliseconds since the epoch. */
  readonly since: number;
  readonly at: number;
  /** For programs. */
  readonly data?: Readonly<Record<string, unknown>>;
}

/** Calls a tool; what came of it. Undefined where there is none to call. */
export type CallTool = (
  name: string,
  args: object,
) =>
  | Promise<{ readonly ok: true } | { readonly ok: false; readonly error: { code: string; message: string } }>
  | undefined;

export interface WaysParts {
  readonly clock: Clock;
  readonly log: Log;
  readonly version: string;
  readonly webhook?: {
    readonly url: string;
    readonly secret: string;
    readonly open: () => Promise<Fetch & { close(): Promise<void> }>;
  };
  /** For notices as tasks. */
  readonly call?: CallTool;
}

export interface Ways {
  /** Tells it on every way; never rejects. Whether a webhook, where there is one, took it. */
  tell(notice: Notice): Promise<boolean>;
  /** Gives up what waits to be tried again, and resolves when the rest has been told. */
  close(): Promise<void>;
}

export function createWays({ clock, log, version, webhook, call }: WaysParts): Ways {
  const ending = new AbortController();
  const deliveries = new Set<Promise<unknown>>();
  let transport: ReturnType<NonNullable<WaysParts['webhook']>['open']> | undefined;

  /** @returns what came of it; undefined where it failed */
  const keep = async <T>(delivery: Promise<T>): Promise<T | undefined> => {
    const kept = delivery.catch((error: unknown) => {
      log(`An alert could not be delivered: ${String(error)}`, { level: 'error' });
      return undefined;
    });
    deliveries.add(kept);
    return kept.finally(() => deliveries.delete(kept));
  };

  const toWebhook = async (notice: Notice, { url, secret, open }: NonNullable<WaysParts['webhook']>) => {
    const fetch = await (transport ??= open());
    const onTrouble = (message: string) => log(message, { level: 'error', alert: notice.alert });
    return deliver(notice, { url, secret, fetch, clock, version, onTrouble }, ending.signal);
  };

  const asTask = async ({ alert, id, at, severity, message }: Notice, task: CallTool) => {
    const day = new Date(at).toISOString();
    const outcome = await task('log_activity', {
      activities: [
        {
          type: 'task',
          subject: `hubspot-crm-mcp: ${alert}`,
          body: message,
          time: day,
          properties: { hs_task_priority: severity === 'critical' ? 'HIGH' : 'MEDIUM' },
        },
      ],
      // One task of each; without an id one a day of each kind, however often it begins and whichever process notices.
      idempotencyKey: id === undefined ? `alert-${alert}-${day.slice(0, 10)}` : `alert-${id}`,
    });
    if (outcome === undefined || outcome.ok || outcome.error.code === 'idempotency_mismatch') return;
    log(`The alert ${alert} could not be written as a task: ${outcome.error.message}`, { level: 'warn' });
  };

  return {
    async tell(notice) {
      const { alert, status, severity, message } = notice;
      const level = status === 'resolved' ? 'info' : severity === 'critical' ? 'error' : 'warn';
      log(`ALERT ${alert} (${status}): ${message}`, { level, alert });
      const told = webhook && keep(toWebhook(notice, webhook));
      const tasked = call && status === 'firing' ? keep(asTask(notice, call)) : undefined;
      const [arrived] = await Promise.all([told ?? true, tasked]);
      return arrived === true;
    },
    async close() {
      ending.abort();
      await Promise.all(deliveries);
      await (await transport)?.close();
    },
  };
}
