/** Looks at the condition of the server now and then, and tells an operator on every way that was asked for. */

import type { Caller, Outcome } from '../call.ts';
import type { Cancel, Clock } from '../clock.ts';
import type { Fetch } from '../fetch.ts';
import type { Log } from '../log.ts';
import { type Alert, createAlerts } from './alerts.ts';
import type { Condition } from './condition.ts';
import type { Happening, Hub } from './happening.ts';
import { type AlertName, findings, isDown, type Thresholds } from './rules.ts';
import { deliver } from './webhook.ts';

export interface AlarmParts {
  readonly clock: Clock;
  readonly log: Log;
  readonly hub: Hub;
  readonly condition: () => Condition;
  readonly thresholds: Thresholds;
  readonly version: string;
  readonly webhook?: {
    readonly url: string;
    readonly secret: string;
    readonly open: () => Promise<Fetch & { close(): Promise<void> }>;
  };
  /** Calls a tool, for alerts as tasks. */
  readonly call?: (name: string, args: object, caller: Caller) => Promise<Outcome> | undefined;
  /** Sends a request to HubSpot, so that a server nobody calls finds out that it works again. */
  readonly lookAgain?: () => Promise<unknown>;
}

export interface Alarm {
  readonly thresholds: Thresholds;
  hear(happening: Happening): void;
  firing(): readonly { readonly alert: AlertName }[];
  /** Resolves when what there is to tell has been told, or been tried to. */
  close(): Promise<void>;
}

const EVERY_MS = 15_000;
/** What happens is looked at soon, and a burst of it once. */
const SOON_MS = 500;
const LOOK_AGAIN_MS = 30_000;

export function createAlarm({ clock, log, hub, condition, thresholds, ...ways }: AlarmParts): Alarm {
  const ending = new AbortController();
  const deliveries = new Set<Promise<void>>();
  let transport: ReturnType<NonNullable<AlarmParts['webhook']>['open']> | undefined;
  let soon: Cancel | undefined;
  let lookedAt = -LOOK_AGAIN_MS;

  const keep = (delivery: Promise<void>) => {
    const kept = delivery
      .catch((error: unknown) => log(`An alert could not be delivered: ${String(error)}`, { level: 'error' }))
      .finally(() => deliveries.delete(kept));
    deliveries.add(kept);
  };

  const alerts = createAlerts(clock, (alert) => {
    const { status, severity, message } = alert;
    const level = status === 'resolved' ? 'info' : severity === 'critical' ? 'error' : 'warn';
    log(`ALERT ${alert.alert} (${status}): ${message}`, { level, alert: alert.alert });
    hub.tell({ kind: 'alert', alert: alert.alert, status });
    if (ways.webhook) keep(toWebhook(alert, ways.webhook));
    if (ways.call && status === 'firing') keep(asTask(alert, ways.call));
  });

  const toWebhook = async (alert: Alert, { url, secret, open }: NonNullable<AlarmParts['webhook']>) => {
    const fetch = await (transport ??= open());
    const onTrouble = (message: string) => log(message, { level: 'error', alert: alert.alert });
    await deliver(alert, { url, secret, fetch, clock, version: ways.version, onTrouble }, ending.signal);
  };

  const asTask = async (alert: Alert, call: NonNullable<AlarmParts['call']>) => {
    const day = new Date(alert.at).toISOString();
    const outcome = await call(
      'log_activity',
      {
        activities: [
          {
            type: 'task',
            subject: `hubspot-crm-mcp: ${alert.alert}`,
            body: alert.message,
            time: day,
            properties: { hs_task_priority: alert.severity === 'critical' ? 'HIGH' : 'MEDIUM' },
          },
        ],
        // One task a day of each kind, however often it begins and whichever process notices.
        idempotencyKey: `alert-${alert.alert}-${day.slice(0, 10)}`,
      },
      { author: { caller: 'hubspot-crm-mcp alerts', session: 'alerts' } },
    );
    if (outcome === undefined || outcome.ok || outcome.error.code === 'idempotency_mismatch') return;
    log(`The alert ${alert.alert} could not be written as a task: ${outcome.error.message}`, { level: 'warn' });
  };

  const look = () => {
    soon?.();
    soon = undefined;
    alerts.judge(findings(condition(), thresholds));
  };

  const lookAgain = () => {
    const now = clock.elapsed();
    if (ways.lookAgain === undefined || now - lookedAt < LOOK_AGAIN_MS || !isDown(condition())) return;
    lookedAt = now;
    ways.lookAgain().catch((error: unknown) => log(`HubSpot is still down: ${String(error)}`, { level: 'debug' }));
  };

  const tick = (): Cancel =>
    clock.after(
      EVERY_MS,
      () => {
        look();
        lookAgain();
        stop = tick();
      },
      { background: true },
    );
  let stop = tick();

  return {
    thresholds,
    firing: () => alerts.firing(),
    hear(happening) {
      if (happening.kind === 'alert' || ending.signal.aborted) return;
      soon ??= clock.after(SOON_MS, look, { background: true });
    },
    async close() {
      stop();
      look();
      ending.abort();
      await Promise.all(deliveries);
      await (await transport)?.close();
    },
  };
}
