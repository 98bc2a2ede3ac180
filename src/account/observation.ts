/** What an operator sees of the server, put together: its log from the beginning, everything else when it is first needed. */

import type { Caller, Toolbox } from '../calls/toolbox.ts';
import { type Clock, type Random, within } from '../clock.ts';
import type { Config } from '../config/config.ts';
import type { HubSpot } from '../hubspot/index.ts';
import type { Journal } from '../journal/journal.ts';
import { lazy } from '../lazy.ts';
import { createLog, type Log } from '../log.ts';
import { createWatch } from '../observe/condition.ts';
import { createHub, type Happening, type Hub, late } from '../observe/happening.ts';
import type { Health } from '../observe/health.ts';
import { createKnownSecrets, passwordsIn } from '../observe/secrets.ts';
import { watchedJournal } from '../observe/watched-journal.ts';
import { watchedToolbox } from '../observe/watched-toolbox.ts';
import type { CallTool, Notice } from '../observe/ways.ts';
import { version } from '../version.ts';
import type { AccountObserver } from './account.ts';

export interface Observation {
  readonly log: Log;
  readonly hub: Hub;
  readonly account: AccountObserver;
  journal(open: () => Promise<Journal>): () => Promise<Journal>;
  toolbox(toolbox: Toolbox): Toolbox;
  /** For those who look from outside, which is over HTTP. From then on it looks at HubSpot by itself while that is down. */
  monitor(): Promise<Monitor>;
  /** Tells an operator of something else as of an alert; whether it arrived. */
  tell(notice: Notice): Promise<boolean>;
  /** How alerts become tasks where there is no toolbox. */
  tasksThrough(call: CallTool): void;
  /** Tells what is left to tell, within a few seconds: while calls can still be made, as an alert may be one. */
  lastAlerts(): Promise<void>;
  /** Writes the last lines of the audit log, once no call can come any more. */
  close(): Promise<void>;
}

export interface Monitor {
  health(): Health;
  metrics(): Promise<{ readonly text: string; readonly contentType: string }>;
}

export interface ObservationParts {
  readonly clock: Clock;
  readonly random: Random;
  /** Takes whole lines. */
  readonly write: (text: string) => void;
}

/** How long the last alerts may take to arrive when the process ends. */
const LAST_WAIT_MS = 3_000;
/** Who writes the tasks. */
const ALERTS: Caller = { author: { caller: 'hubspot-crm-mcp alerts', session: 'alerts' } };

export function openObservation(config: Config, { clock, random, write }: ObservationParts): Observation {
  const { accessToken, bearer, alertSecret, alertWebhook, redisUrl, audit: file } = config;
  const isEmbedded = accessToken === undefined && config.accessTokenFile === undefined;
  const secrets = createKnownSecrets();
  secrets.add(accessToken, bearer, alertSecret, alertWebhook, ...passwordsIn(redisUrl));
  const log = createLog({ format: config.logFormat, level: config.logLevel, clock, redact: secrets.redact, write });
  const hub = createHub();
  let hubspot: HubSpot | undefined;
  let journal: Journal | undefined;
  let toolbox: Toolbox | undefined;
  let tasks: CallTool | undefined;
  const watch = createWatch(clock, { hubspot: () => hubspot, journal: () => journal });
  const failed = (error: unknown) =>
    log(`What operators are told could not be begun: ${String(error)}`, { level: 'error' });

  const audit = lazy(async () => {
    const { createAudit } = await import('../observe/audit.ts');
    return createAudit({
      file: file ?? '',
      reads: config.auditReads,
      chain: random.uuid(),
      clock,
      redact: secrets.redact,
      onTrouble(trouble) {
        watch.auditTrouble(trouble);
        if (trouble !== undefined) log(`The audit log cannot be written: ${trouble}`, { level: 'error' });
      },
    });
  });
  const alarm = lazy(async () => {
    const { createAlarm } = await import('../observe/alarm.ts');
    return createAlarm({
      clock,
      log,
      hub,
      condition: () => watch.condition(),
      thresholds: { errorRate: config.alertErrorRate, dayLeft: config.alertDayLeft },
      version,
      ...(alertWebhook !== undefined &&
        alertSecret !== undefined && {
          webhook: {
            url: alertWebhook,
            secret: alertSecret,
            open: async () => (await import('../hubspot/transport.ts')).createTransport(),
          },
        }),
      ...(config.alertTasks && {
        call: (name: string, args: object) => tasks?.(name, args) ?? toolbox?.call(name, args, ALERTS),
      }),
      ...(config.http !== undefined && { lookAgain: async () => hubspot?.account.usage({ deadlineMs: LAST_WAIT_MS }) }),
    });
  });

  hub.listen((happening) => watch.hear(happening));
  hub.listen((happening) => logOf(happening, config.logFormat, log));
  if (file !== undefined) {
    hub.listen(
      late(async () => {
        const opened = await audit.get();
        return (happening) => opened.note(happening);
      }, failed),
    );
  }
  hub.listen(
    late(async () => {
      const opened = await alarm.get();
      return (happening) => opened.hear(happening);
    }, failed),
  );

  return {
    log,
    hub,
    account: {
      request: (event) => hub.tell({ kind: 'request', ...event }),
      opened(client) {
        hubspot = client;
      },
      token: (token) => secrets.add(token),
    },
    journal: (open) => async () => {
      journal = watchedJournal(await open(), hub.tell);
      return journal;
    },
    toolbox(inner) {
      toolbox = watchedToolbox(inner, clock, hub.tell);
      return toolbox;
    },
    async monitor() {
      const [{ createMetrics }, { healthOf }, { findings }, alarms] = await Promise.all([
        import('../observe/metrics.ts'),
        import('../observe/health.ts'),
        import('../observe/rules.ts'),
        alarm.get(),
      ]);
      const metrics = createMetrics({
        condition: () => watch.condition(),
        firing: () => alarms.firing(),
        jobs: () => journal?.jobs,
        version,
        serverAddress: isEmbedded ? 'embedded' : new URL(config.baseUrl).hostname,
      });
      hub.listen(metrics.hear);
      return {
        health() {
          const condition = watch.condition();
          return healthOf(condition, findings(condition, alarms.thresholds));
        },
        metrics: async () => ({ text: await metrics.text(), contentType: metrics.contentType }),
      };
    },
    tell: async (notice) => (await alarm.get()).tell(notice),
    tasksThrough(call) {
      tasks = call;
    },
    async lastAlerts() {
      const alarms = await alarm.peek();
      if (alarms !== undefined) await within(clock, LAST_WAIT_MS, alarms.close(), undefined);
    },
    close: async () => (await audit.peek())?.close(),
  };
}

/** One line for each call and each request: in text only for who asks, as people read it; always for programs that collect. */
function logOf(happening: Happening, format: Config['logFormat'], log: Log): void {
  if (happening.kind === 'call') {
    const { tool, resource, outcome, code, tookMs, callId, author } = happening;
    const weight = outcome === 'error' ? 'warn' : 'info';
    const what = resource === undefined ? tool : `resource ${resource}`;
    log(`${what}: ${outcome}${code === undefined ? '' : ` (${code})`} in ${Math.round(tookMs)} ms`, {
      level: format === 'json' ? weight : 'debug',
      tool,
      ...(resource !== undefined && { resource }),
      caller: author.caller,
      session: author.session,
      tookMs: Math.round(tookMs),
      ...(code !== undefined && { code }),
      ...(callId !== undefined && { callId }),
    });
  }
  if (happening.kind === 'request') {
    const { operation, status, error, attempt, tookMs } = happening;
    const end = [status, error, attempt > 1 ? `attempt ${attempt}` : undefined].filter((each) => each !== undefined);
    log(`HubSpot ${operation}: ${end.join(' ')} in ${Math.round(tookMs)} ms`, {
      level: 'debug',
      tookMs: Math.round(tookMs),
    });
  }
}
