/** All checks over a large portal: seconds, memory, and whether two runs give the same to the byte. */

import { createHash } from 'node:crypto';
import { systemClock } from '../../src/clock.ts';
import { runChecks } from '../../src/enrich/anomalies/run.ts';
import { creationSeries } from '../../src/enrich/anomalies/series/creation.ts';
import type { PortalData } from '../../src/enrich/anomalies/types.ts';
import type { Size } from './clean.ts';
import { largeData } from './portal.ts';

export interface SpeedFigure {
  readonly size: Size;
  /** Of the first run, which makes what checks share, and of the second. */
  readonly seconds: readonly number[];
  /** Most memory of the process while the first one ran, tables included. */
  readonly peakMegabytes: number;
  readonly findings: number;
  readonly identical: boolean;
}

export function speedFigure(size: Size, seed = 1): SpeedFigure {
  const data = largeData(size, seed);
  globalThis.gc?.();
  const first = timed(data);
  const peakMegabytes = process.resourceUsage().maxRSS / 1024;
  // Other objects over the same tables, so that nothing that is kept by run helps.
  const second = timed({ ...data });
  return {
    size,
    seconds: [first.seconds, second.seconds],
    peakMegabytes,
    findings: first.findings,
    identical: first.digest === second.digest,
  };
}

function timed(data: PortalData) {
  const began = systemClock.elapsed();
  const report = runChecks(data);
  const series = creationSeries(data);
  const seconds = (systemClock.elapsed() - began) / 1000;
  const digest = createHash('sha256').update(JSON.stringify({ report, series })).digest('hex');
  return { seconds, digest, findings: report.findings.length };
}
