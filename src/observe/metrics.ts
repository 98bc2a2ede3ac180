/**
 * Counters for `/metrics`, in Prometheus' text format. Where OpenTelemetry has a semantic convention for a thing, it is
 * named by it in the form that Prometheus gives such names (dots to underscores, the unit at the end).
 * Source: opentelemetry.io/docs/specs/semconv/http/http-metrics and the MCP conventions of
 * github.com/open-telemetry/semantic-conventions-genai, compared 2026-11-22.
 */

import { Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { ApprovalStep } from '../approval/approval.ts';
import type { Jobs } from '../journal/journal.ts';
import type { Condition } from './condition.ts';
import type { Listener } from './happening.ts';
import { ALERTS, type AlertName } from './rules.ts';

export interface MetricsParts {
  condition(): Condition;
  firing(): readonly { readonly alert: AlertName }[];
  /** Absent until something was written or asked of the journal. */
  jobs(): Pick<Jobs, 'list'> | undefined;
  readonly version: string;
  /** The host that requests go to. */
  readonly serverAddress: string;
}

export interface Metrics {
  readonly hear: Listener;
  text(): Promise<string>;
  readonly contentType: string;
}

/** Seconds: the buckets that OpenTelemetry advises for HTTP, and one for what waits for quota. */
const BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10, 30];

const STEPS: readonly ApprovalStep['step'][] = ['asked', 'granted', 'declined', 'unavailable'];

/** Newer jobs than these; nobody counts older ones by the minute. */
const MOST_JOBS = 1_000;

export function createMetrics(parts: MetricsParts): Metrics {
  const registry = new Registry();
  const registers = [registry];
  const counted = (name: string, help: string, labelNames: readonly string[], give?: (counter: Counter) => void) =>
    new Counter({
      name,
      help,
      labelNames: [...labelNames],
      registers,
      ...(give && {
        collect(this: Counter) {
          this.reset();
          give(this);
        },
      }),
    });
  const timed = (name: string, help: string, labelNames: readonly string[]) =>
    new Histogram({ name, help, labelNames: [...labelNames], buckets: BUCKETS, registers });
  const read = (
    name: string,
    help: string,
    labelNames: readonly string[],
    give: (gauge: Gauge) => void | Promise<void>,
  ) =>
    new Gauge({
      name,
      help,
      labelNames: [...labelNames],
      registers,
      collect() {
        this.reset();
        return give(this);
      },
    });

  const calls = counted('hubspot_mcp_tool_calls_total', 'Tool calls that ended, by tool, outcome and error code.', [
    'tool',
    'outcome',
    'code',
  ]);
  const reads = counted(
    'hubspot_mcp_resource_reads_total',
    'Reads of resources that ended, by resource, outcome and error code.',
    ['resource', 'outcome', 'code'],
  );
  const callTime = timed('mcp_server_operation_duration_seconds', 'How long tool calls and reads of resources took.', [
    'mcp_method_name',
    'gen_ai_tool_name',
    'error_type',
  ]);
  const requestTime = timed(
    'http_client_request_duration_seconds',
    'How long requests to HubSpot took, without the wait for quota.',
    ['http_request_method', 'server_address', 'http_response_status_code', 'error_type', 'hubspot_operation'],
  );
  const retries = counted('hubspot_mcp_request_retries_total', 'Requests to HubSpot that were sent again.', [
    'operation',
  ]);
  const limited = counted('hubspot_mcp_rate_limited_total', 'Requests that HubSpot answered with 429.', ['operation']);
  const quotaWait = timed(
    'hubspot_mcp_quota_wait_seconds',
    'How long requests waited for quota before they were sent.',
    [],
  );
  const approvals = counted('hubspot_mcp_approvals_total', 'Questions to a person and what came of them.', ['step']);
  const alerts = counted('hubspot_mcp_alerts_total', 'Alerts told, and told to be over.', ['alert', 'status']);
  for (const step of STEPS) approvals.inc({ step }, 0);

  read('target_info', 'This server.', ['service_name', 'service_version'], (gauge) =>
    gauge.set({ service_name: 'hubspot-crm-mcp', service_version: parts.version }, 1),
  );
  read('hubspot_mcp_queue_length', 'Requests that wait for quota.', ['budget'], (gauge) => {
    for (const [budget, { waiting }] of budgets()) gauge.set({ budget }, waiting);
  });
  read(
    'hubspot_mcp_quota_limit',
    'Requests that HubSpot allows: in a window (burst, search, associations) or in a day.',
    ['budget'],
    (gauge) => {
      for (const [budget, { limit }] of [...budgets(), ...day()]) gauge.set({ budget }, limit);
    },
  );
  read('hubspot_mcp_quota_remaining', 'Of these, how many are left to this server now.', ['budget'], (gauge) => {
    for (const [budget, { remaining }] of [...budgets(), ...day()]) gauge.set({ budget }, remaining);
  });
  read('hubspot_mcp_breaker_open', '1 while nothing but a probe is sent to a host of HubSpot.', ['host'], (gauge) => {
    for (const [host, state] of Object.entries(parts.condition().breakers))
      gauge.set({ host }, state === 'open' ? 1 : 0);
  });
  read('hubspot_mcp_degraded', '1 while a part does not do all it should.', ['part'], (gauge) => {
    const { quota, journal, auditTrouble } = parts.condition();
    gauge.set({ part: 'redis' }, quota?.degraded === undefined ? 0 : 1);
    gauge.set({ part: 'journal' }, journal?.broken === undefined ? 0 : 1);
    gauge.set({ part: 'audit' }, auditTrouble === undefined ? 0 : 1);
  });
  counted(
    'hubspot_mcp_journal_rows_total',
    'Rows that came to a state since this process began.',
    ['state'],
    (counter) => {
      for (const [state, count] of Object.entries(parts.condition().journal?.rows ?? {})) counter.inc({ state }, count);
    },
  );
  read('hubspot_mcp_journal_size_bytes', 'The journal on the disk.', [], (gauge) =>
    gauge.set(parts.condition().journal?.bytes ?? 0),
  );
  read('hubspot_mcp_unknown_rows', 'Rows of which nobody knows whether HubSpot wrote them.', [], (gauge) =>
    gauge.set(parts.condition().unknownRows),
  );
  read('hubspot_mcp_alert_firing', '1 while an alert has been told and is not over.', ['alert'], (gauge) => {
    const firing = new Set(parts.firing().map(({ alert }) => alert));
    for (const alert of ALERTS) gauge.set({ alert }, firing.has(alert) ? 1 : 0);
  });
  read('hubspot_mcp_jobs', 'The newest jobs of the journal, by status.', ['status'], async (gauge) => {
    for (const { status } of (await parts.jobs()?.list(MOST_JOBS)) ?? []) gauge.inc({ status });
  });

  const budgets = () => {
    const { quota } = parts.condition();
    return quota === undefined
      ? []
      : Object.entries({ burst: quota.burst, search: quota.search, associations: quota.associations });
  };
  const day = () => {
    const daily = parts.condition().quota?.daily;
    return daily === undefined ? [] : [['day', daily] as const];
  };

  return {
    contentType: registry.contentType,
    text: () => registry.metrics(),
    hear(happening) {
      switch (happening.kind) {
        case 'call': {
          const { tool, resource, outcome, code = '', tookMs } = happening;
          const error_type = outcome === 'ok' ? '' : outcome;
          if (resource === undefined) calls.inc({ tool, outcome, code });
          else reads.inc({ resource, outcome, code });
          const operation =
            resource === undefined
              ? { mcp_method_name: 'tools/call', gen_ai_tool_name: tool }
              : { mcp_method_name: 'resources/read', gen_ai_tool_name: '' };
          callTime.observe({ ...operation, error_type }, tookMs / 1000);
          break;
        }
        case 'request': {
          const { operation, method, status, error, attempt, tookMs, waitedMs } = happening;
          requestTime.observe(
            {
              http_request_method: method,
              server_address: parts.serverAddress,
              http_response_status_code: status ?? '',
              error_type: error ?? '',
              hubspot_operation: operation,
            },
            tookMs / 1000,
          );
          quotaWait.observe(waitedMs / 1000);
          if (attempt > 1) retries.inc({ operation });
          if (status === 429) limited.inc({ operation });
          break;
        }
        case 'approval':
          approvals.inc({ step: happening.step });
          break;
        case 'alert':
          alerts.inc({ alert: happening.alert, status: happening.status });
          break;
        default:
      }
    },
  };
}
