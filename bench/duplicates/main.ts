/**
 * How right and how fast the search for duplicates is, as Markdown on stdout:
 * `duplicates.js [FOLDER] [--json OUT] [--speed 20000,100000,1000000]`. The folder holds the labelled sets; without it,
 * only our own contacts are measured. `--speed 0` leaves speed out.
 */

import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { systemClock } from '../../src/clock.ts';
import { settingOf } from '../report.ts';
import { contactLines } from './contacts.ts';
import { measureSet, type SetFigures } from './measure-set.ts';
import { measureNames } from './names.ts';
import { renderReport } from './report.ts';
import { type LabelledFile, NAMES, SETS } from './sets.ts';
import { measureSpeed, type SpeedFigures } from './speed.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { json: { type: 'string' }, speed: { type: 'string', default: '20000,100000,1000000' } },
});
const [data] = positionals;
const sizes = values.speed.split(',').map(Number).filter(Boolean);
const folder = mkdtempSync(join(tmpdir(), 'bench-duplicates-'));
const say = (text: string) => void process.stderr.write(`${text}\n`);

/** Of another world than the one whose speed is measured. */
const OWN: LabelledFile = { name: 'own 20k', file: 'own.csv', type: 'contacts', truth: 'person' };

try {
  const sets: SetFigures[] = [];
  const measured = async (set: LabelledFile, path: string) => {
    if (!existsSync(path)) return say(`${path} is not there: ${set.name} is left out.`);
    say(set.name);
    sets.push(await measureSet(set, path));
  };
  if (data === undefined) say('No folder of labelled data is given: only our own contacts are measured.');
  else for (const set of SETS) await measured(set, join(data, set.file));
  writeFileSync(join(folder, OWN.file), [...contactLines(20_000, 3)].join(''));
  await measured(OWN, join(folder, OWN.file));

  const names = data === undefined ? undefined : join(data, NAMES.file);
  if (names !== undefined && !existsSync(names)) say(`${names} is not there: names are left out.`);
  const speed: SpeedFigures[] = [];
  for (const size of sizes) {
    say(`${size} contacts, twice`);
    speed.push(await measureSpeed(size, folder));
  }
  const { processor, cores, memoryGb, platform, node } = settingOf({ ours: '', theirs: '' });
  const report = {
    measuredAt: new Date(systemClock.now()).toISOString().slice(0, 10),
    setting: `${processor}, ${cores} cores, ${memoryGb} GB, ${platform}, Node ${node}`,
    sets,
    names: names === undefined || !existsSync(names) ? [] : await measureNames(names),
    speed,
  };
  process.stdout.write(renderReport(report));
  if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(report, null, 2)}\n`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
