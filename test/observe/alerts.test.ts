import { describe, expect, it } from 'vitest';
import { AGAIN_MS, type Alert, CALM_MS, createAlerts } from '../../src/observe/alerts.ts';
import { type Condition, createWatch, LATELY_MS } from '../../src/observe/condition.ts';
import { healthOf } from '../../src/observe/health.ts';
import { type Finding, findings, USUAL } from '../../src/observe/rules.ts';
import { type FakeClock, fakeClock } from '../fake-clock.ts';

const well: Condition = {
  calls: { ended: 100, errors: 0 },
  refusedByLimit: 0,
  declined: 0,
  unknownRows: 0,
  breakers: { api: 'closed', forms: 'closed' },
};
const budget = { limit: 190, remaining: 190, windowMs: 10_000, waiting: 0 };
const quota = { burst: budget, search: budget, associations: budget };
const rows = { intended: 0, sent: 0, applied: 0, rejected: 0, unknown: 0 };
const statusOf = (condition: Partial<Condition>) =>
  healthOf({ ...well, ...condition }, findings({ ...well, ...condition })).status;
const namesOf = (condition: Partial<Condition>) => findings({ ...well, ...condition }).map(({ alert }) => alert);

describe('An operator has to know', () => {
  it.each<[string, Partial<Condition>, string[]]>([
    ['nothing while all is well', {}, []],
    ['when a fifth of the calls fail', { calls: { ended: 50, errors: 10 } }, ['error_rate']],
    ['not when fewer do', { calls: { ended: 50, errors: 9 } }, []],
    ['not when there were few calls', { calls: { ended: 9, errors: 9 } }, []],
    ['of several 429s', { refusedByLimit: 3 }, ['rate_limited']],
    ['not of one', { refusedByLimit: 2 }, []],
    [
      'when a tenth of the day is left',
      { quota: { ...quota, daily: { limit: 1_000, remaining: 100 } } },
      ['quota_low'],
    ],
    ['not when more is', { quota: { ...quota, daily: { limit: 1_000, remaining: 101 } } }, []],
    ['when HubSpot says that the day is over', { lastAnswer: { at: 0, error: 'daily_limit' } }, ['quota_low']],
    ['of rows whose end nobody knows', { unknownRows: 1 }, ['unknown_writes']],
    ['of a disk that takes no journal', { journal: { rows, bytes: 0, broken: 'full' } }, ['journal_broken']],
    ['of an audit log that cannot be written', { auditTrouble: 'full' }, ['audit_broken']],
    ['of a Redis that is gone', { quota: { ...quota, degraded: 'away' } }, ['redis_lost']],
    ['of a HubSpot that is down', { breakers: { api: 'open', forms: 'closed' } }, ['hubspot_down']],
    ['of a token that is refused', { lastAnswer: { at: 0, status: 401, error: 'unauthorized' } }, ['token_refused']],
    ['when people keep saying no', { declined: 3 }, ['approvals_declined']],
  ])('%s', (_, condition, expected) => {
    expect(namesOf(condition)).toEqual(expected);
  });

  it('at the shares that it names', () => {
    const condition = { ...well, calls: { ended: 50, errors: 5 } };
    expect(findings(condition, { ...USUAL, errorRate: 0.1 })).toHaveLength(1);
    expect(findings(condition, { ...USUAL, errorRate: 0.11 })).toHaveLength(0);
  });
});

describe('Health', () => {
  it('is down only when not even a read can succeed', () => {
    expect(statusOf({ calls: { ended: 50, errors: 50 }, refusedByLimit: 9, declined: 9, unknownRows: 9 })).toBe('ok');
    expect(statusOf({ journal: { rows, bytes: 0, broken: 'full' } })).toBe('degraded');
    expect(statusOf({ quota: { ...quota, degraded: 'away' } })).toBe('degraded');
    expect(statusOf({ breakers: { api: 'closed', forms: 'open' } })).toBe('degraded');
    expect(statusOf({ breakers: { api: 'open', forms: 'closed' } })).toBe('down');
    expect(statusOf({ lastAnswer: { at: 0, error: 'unauthorized' } })).toBe('down');
    expect(statusOf({ quota: { ...quota, daily: { limit: 10, remaining: 0 } } })).toBe('down');
  });
});

const watched = () => {
  const clock = fakeClock();
  const told: Alert[] = [];
  const alerts = createAlerts(clock, (alert) => told.push(alert));
  return { clock, alerts, said: () => told.splice(0).map(({ alert, status }) => `${alert} ${status}`) };
};
const lasts = async (clock: FakeClock, ms: number, judge: () => void) => {
  for (let passed = 0; passed < ms; passed += 15_000) {
    await clock.advance(15_000);
    judge();
  }
};

describe('An alert', () => {
  const warning: Finding = { alert: 'redis_lost', severity: 'warning', message: 'It is gone.' };

  it('is told once, once an hour while it lasts, and once when it is over', async () => {
    const { clock, alerts, said } = watched();
    alerts.judge([warning]);
    expect(said()).toEqual(['redis_lost firing']);
    await lasts(clock, AGAIN_MS - 15_000, () => alerts.judge([warning]));
    expect(said()).toEqual([]);
    await lasts(clock, 15_000, () => alerts.judge([warning]));
    expect(said()).toEqual(['redis_lost firing']);
    await lasts(clock, CALM_MS, () => alerts.judge([]));
    expect(said()).toEqual(['redis_lost resolved']);
    await lasts(clock, AGAIN_MS, () => alerts.judge([]));
    expect(said()).toEqual([]);
  });

  it('that comes and goes is one', async () => {
    const { clock, alerts, said } = watched();
    let away = false;
    await lasts(clock, AGAIN_MS - 60_000, () => {
      away = !away;
      alerts.judge(away ? [warning] : []);
    });
    expect(said()).toEqual(['redis_lost firing']);
  });

  it('is told again at once when it becomes critical', () => {
    const { alerts, said } = watched();
    alerts.judge([warning]);
    alerts.judge([{ ...warning, severity: 'critical' }]);
    alerts.judge([{ ...warning, severity: 'critical' }]);
    expect(said()).toEqual(['redis_lost firing', 'redis_lost firing']);
  });
});

describe('What lies five minutes back', () => {
  it('does not count any more, and unknown rows count until they are settled', async () => {
    const clock = fakeClock();
    const watch = createWatch(clock, { hubspot: () => undefined, journal: () => undefined });
    const author = { caller: 'a', session: 's' };
    watch.hear({ kind: 'call', author, tool: 'get_account', outcome: 'error', code: 'internal', tookMs: 1 });
    watch.hear({
      kind: 'written',
      author,
      tool: 'create_records',
      callId: 'c1',
      portalId: 1,
      rows: { ...rows, unknown: 2 },
      records: [],
      unknown: [0, 1],
    });
    await clock.advance(LATELY_MS / 2);
    expect(watch.condition()).toMatchObject({ calls: { ended: 1, errors: 1 }, unknownRows: 2 });
    await clock.advance(LATELY_MS / 2 + 1);
    expect(watch.condition()).toMatchObject({ calls: { ended: 0, errors: 0 }, unknownRows: 2 });
    watch.hear({
      kind: 'settled',
      callId: 'c1',
      rows: [
        { index: 0, state: 'applied' },
        { index: 1, state: 'unknown' },
      ],
    });
    expect(watch.condition()).toMatchObject({ unknownRows: 1 });
  });
});
