/**
 * Measures the checks of anomalies on portals of its own making: recall of planted faults, false alarms where nothing is
 * wrong, the detector of creation rates, and speed. `--small` leaves out the large portal; `--json FILE` writes all figures.
 */

import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { systemClock } from '../../src/clock.ts';
import { settingOf } from '../report.ts';
import { checkFigures } from './measure.ts';
import { renderAnomalies } from './report.ts';
import { detectorFigures } from './series.ts';
import { speedFigure } from './speed.ts';

const { values: said } = parseArgs({
  options: { json: { type: 'string' }, small: { type: 'boolean', default: false } },
});
const large = { contacts: 1_000_000, companies: 100_000, deals: 200_000, tickets: 50_000 };
const small = { contacts: 20_000, companies: 4_000, deals: 8_000, tickets: 8_000 };

// The large portal first: the memory of the others would count.
const speed = said.small ? undefined : speedFigure(large);
const report = {
  measuredAt: new Date(systemClock.now()).toISOString(),
  setting: settingOf({ ours: 'this server', theirs: '' }),
  size: small,
  checks: checkFigures(small, [1, 2, 3]),
  detector: detectorFigures(600),
  ...(speed !== undefined && { speed }),
};
process.stdout.write(renderAnomalies(report));
if (said.json !== undefined) writeFileSync(said.json, `${JSON.stringify(report, undefined, 2)}\n`);
