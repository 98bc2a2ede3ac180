/** Tells an operator once when something begins to be wrong, again each hour while it is, and once when it is over. */

import type { Clock } from '../clock.ts';
import type { AlertName, Finding } from './rules.ts';

export interface Alert extends Finding {
  readonly status: 'firing' | 'resolved';
  /** Wall times in milliseconds since the epoch. */
  readonly since: number;
  readonly at: number;
}

export interface Alerts {
  /** Takes what is wrong now. */
  judge(findings: readonly Finding[]): void;
  /** What has been told and is not over. */
  firing(): readonly Alert[];
}

/** While it lasts. */
export const AGAIN_MS = 60 * 60_000;
/** What comes and goes is one alert: it is over when it has been away for so long. */
export const CALM_MS = 5 * 60_000;

interface Lasting {
  readonly since: number;
  finding: Finding;
  toldAt: number;
  seenAt: number;
}

export function createAlerts(clock: Clock, tell: (alert: Alert) => void): Alerts {
  const lasting = new Map<AlertName, Lasting>();
  const alertOf = ({ finding, since }: Lasting, status: Alert['status']): Alert => ({
    ...finding,
    ...(status === 'resolved' && { message: `It is over: ${finding.alert}.` }),
    status,
    since,
    at: clock.now(),
  });

  return {
    judge(found) {
      const now = clock.elapsed();
      for (const finding of found) {
        const known = lasting.get(finding.alert);
        const isNew = known === undefined || now - known.toldAt >= AGAIN_MS;
        const worse = known?.finding.severity === 'warning' && finding.severity === 'critical';
        const next = {
          since: known?.since ?? clock.now(),
          finding,
          seenAt: now,
          toldAt: known === undefined || isNew || worse ? now : known.toldAt,
        };
        lasting.set(finding.alert, next);
        if (isNew || worse) tell(alertOf(next, 'firing'));
      }
      for (const [name, entry] of lasting) {
        if (now - entry.seenAt < CALM_MS) continue;
        lasting.delete(name);
        tell(alertOf(entry, 'resolved'));
      }
    },
    firing: () => [...lasting.values()].map((entry) => alertOf(entry, 'firing')),
  };
}
