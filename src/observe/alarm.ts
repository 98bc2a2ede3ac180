/** Looks at the condition of the server now and then, and tells an operator on every way that was asked for. */

import type { Cancel } from '../clock.ts';
import { createAlerts } from './alerts.ts';
import type { Condition } from './condition.ts';
import type { Happening, Hub } from './happening.ts';
import { type AlertName, findings, isDown, type Thresholds } from './rules.ts';
import { createWays, type Notice, type WaysParts } from './ways.ts';

export interface AlarmParts extends WaysParts {
  readonly hub: Hub;
  readonly condition: () => Condition;
  readonly thresholds: Thresholds;
  /** Sends a request to HubSpot, so that a server nobody calls finds out that it works again. */
  readonly lookAgain?: () => Promise<unknown>;
}

export interface Alarm {
  readonly thresholds: Thresholds;
  hear(happening: Happening): void;
  /** Tells what is none of the server's own condition on the same ways. */
  tell(notice: Notice): Promise<boolean>;
  firing(): readonly { readonly alert: AlertName }[];
  /** Resolves when what there is to tell has been told, or been tried to. */
  close(): Promise<void>;
}

const EVERY_MS = 15_000;
/** What happens is looked at soon, and a burst of it once. */
const SOON_MS = 500;
const LOOK_AGAIN_MS = 30_000;

export function createAlarm({
  clock,
  hub,
  condition,
  thresholds,
  lookAgain: lookAtHubSpot,
  ...rest
}: AlarmParts): Alarm {
  const ways = createWays({ clock, ...rest });
  let closed = false;
  let soon: Cancel | undefined;
  let lookedAt = -LOOK_AGAIN_MS;

  const alerts = createAlerts(clock, (alert) => {
    hub.tell({ kind: 'alert', alert: alert.alert, status: alert.status });
    void ways.tell(alert);
  });

  const look = () => {
    soon?.();
    soon = undefined;
    alerts.judge(findings(condition(), thresholds));
  };

  const lookAgain = () => {
    const now = clock.elapsed();
    if (lookAtHubSpot === undefined || now - lookedAt < LOOK_AGAIN_MS || !isDown(condition())) return;
    lookedAt = now;
    lookAtHubSpot().catch((error: unknown) => rest.log(`HubSpot is still down: ${String(error)}`, { level: 'debug' }));
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
    tell: (notice) => ways.tell(notice),
    firing: () => alerts.firing(),
    hear(happening) {
      if (happening.kind === 'alert' || closed) return;
      soon ??= clock.after(SOON_MS, look, { background: true });
    },
    async close() {
      stop();
      look();
      closed = true;
      await ways.close();
    },
  };
}
