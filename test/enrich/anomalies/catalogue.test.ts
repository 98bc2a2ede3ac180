import { describe, expect, it } from 'vitest';
import { checkFigures, faults } from '../../../bench/anomalies/measure.ts';
import { dataOf, makePortal } from '../../../bench/anomalies/portal.ts';
import { detectorFigures } from '../../../bench/anomalies/series.ts';
import { checks } from '../../../src/enrich/anomalies/checks.ts';
import { runChecks } from '../../../src/enrich/anomalies/run.ts';

const size = { contacts: 3000, companies: 600, deals: 1500, tickets: 1200 };
/** Of what is planted at least this share, by every check. */
const LEAST_RECALL = 0.8;
/** Per 1,000 records of a clean portal, by every check. */
const MOST_ALARMS = 1;

describe('The catalogue of checks', () => {
  it('has a planted fault for every check, and none for a check that is not there', () => {
    expect(Object.keys(faults).sort()).toStrictEqual(checks.map(({ id }) => id).sort());
  });

  it('finds what is planted, and next to nothing where nothing is wrong', { timeout: 60_000 }, () => {
    const figures = checkFigures(size, [1]);
    const blind = figures.filter(({ planted, found }) => planted === 0 || found < LEAST_RECALL * planted);
    expect(blind).toStrictEqual([]);
    const noisy = figures.filter(({ falseAlarms, cleanRecords }) => 1000 * falseAlarms > MOST_ALARMS * cleanRecords);
    expect(noisy).toStrictEqual([]);
    const total = figures.reduce((sum, { falseAlarms }) => sum + falseAlarms, 0);
    expect(total).toBeLessThan(30);
  });

  it('runs every check on a portal that has all properties, and says the same twice', () => {
    const data = dataOf(makePortal({ contacts: 400, companies: 80, deals: 300, tickets: 200 }, 7));
    const report = runChecks(data);
    expect(report.notRun).toStrictEqual([]);
    expect(report.checks).toBe(checks.length);
    expect(JSON.stringify(runChecks({ ...data }))).toBe(JSON.stringify(report));
  });

  it('gives ids once, and each check its words', () => {
    expect(new Set(checks.map(({ id }) => id)).size).toBe(checks.length);
    expect(checks.filter(({ title, about }) => title === '' || about === '')).toStrictEqual([]);
  });
});

describe('The detector of creation rates', () => {
  it('raises at most half an alarm per 100 clean days, and finds spikes, silence and shifts', () => {
    const figures = detectorFigures(60);
    for (const { kind, alarmsPer100Days, spike, silence, shift } of figures) {
      expect([kind, alarmsPer100Days <= 0.5]).toStrictEqual([kind, true]);
      if (/^(?:sparse|noisy)/.test(kind)) continue;
      expect([kind, spike > 0.7, silence > 0.9, shift > 0.7]).toStrictEqual([kind, true, true, true]);
    }
  });
});
