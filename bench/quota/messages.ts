/** What the processes of a run tell each other. */

const CALLERS = ['ours', 'bottleneck', 'rate-limiter-flexible', 'api-client'] as const;
export type CallerKind = (typeof CALLERS)[number];

/** How one process calls. */
export interface CallerSetup {
  readonly kind: CallerKind;
  readonly portalUrl: string;
  readonly redisUrl: string;
  readonly token: string;
  readonly calls: number;
  /** Milliseconds that it waits, connected, before it calls. */
  readonly idleMs: number;
  /** Milliseconds to add to what it believes the time of day to be. */
  readonly skewMs: number;
}

/** What one process saw. */
export interface CallerReport {
  readonly fine: number;
  readonly failed: number;
  /** What the failed calls said, each once. */
  readonly reasons: readonly string[];
  /** Mean of what the requests took, milliseconds; 0 where it cannot be seen. */
  readonly roundTripMs: number;
}

/** How the portal is reached. */
export interface PortalSetup {
  /** Each way, evenly between these many milliseconds. */
  readonly jitterMs: readonly [number, number];
}

/** One request as the portal saw it. */
export interface Arrival {
  /** Milliseconds. */
  readonly at: number;
  readonly status: number | null;
}
