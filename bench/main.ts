/** Measures this server and HubSpot's own side by side, in one run, on one machine, against the same portal. */

import { writeFile } from 'node:fs/promises';
import { Command } from 'commander';
import * as z from 'zod';
import { systemClock } from '../src/clock.ts';
import { createProgress, type Progress } from '../src/commands/demo/progress.ts';
import { measureClient } from './measure/client.ts';
import { measureContactsPage } from './measure/contacts-page.ts';
import { measureDefinitions } from './measure/definitions.ts';
import { measureLatency } from './measure/latency.ts';
import { measureParallelSearches } from './measure/parallel-searches.ts';
import { growProperties, measureProperties } from './measure/properties.ts';
import { measureStart } from './measure/start.ts';
import { type PortalProcess, startPortal } from './portal.ts';
import type { PortalFigure, PortalScale } from './portal-alone/figure.ts';
import { measurePortalAlone, PORTAL_PROCESSES } from './portal-alone/index.ts';
import { type Report, renderReport, settingOf } from './report.ts';
import type { Figure } from './sample.ts';
import { OURS, THEIRS } from './servers.ts';
import { type Sessions, startSession } from './session.ts';
import { startWitness } from './witness.ts';

/** How often each thing is measured. */
interface Rounds {
  readonly starts: number;
  readonly calls: number;
  readonly searches: number;
  readonly portal: PortalScale;
}

const FULL: Rounds = { starts: 9, calls: 200, searches: 3, portal: { contacts: 200_000, rounds: 200 } };
/** To see that everything runs; its figures mean little. */
const QUICK: Rounds = { starts: 1, calls: 10, searches: 1, portal: { contacts: 2_000, rounds: 10 } };

const contactList = z.object({ results: z.array(z.object({ id: z.string() })).nonempty() });

const program = new Command('bench')
  .description(`Compares ${OURS.name} with ${THEIRS.name} ${THEIRS.version}.`)
  .option('--json <file>', 'also write the figures to this file')
  .option('--quick', 'few repetitions, to see that everything runs')
  .parse();
const options = program.opts<{ json?: string; quick?: true }>();
const progress = createProgress(process.stderr);

try {
  const rounds = options.quick ? QUICK : FULL;
  // First, while nothing else runs.
  const alone = await measureAlone(rounds);
  const portal = await startPortal();
  try {
    const report: Report = {
      measuredAt: new Date(systemClock.now()).toISOString(),
      setting: settingOf({ ours: `${OURS.name} ${OURS.version}`, theirs: `${THEIRS.name} ${THEIRS.version}` }),
      servers: [
        ...(await measureText(portal)),
        ...(await measureStarts(portal, rounds)),
        ...(await measureCalls(portal, rounds)),
        ...(await measureSearches(portal, rounds)),
      ],
      client: await measureOwnClient(portal, rounds),
      portal: alone,
    };
    progress.stop();
    process.stdout.write(renderReport(report));
    if (options.json !== undefined) await writeFile(options.json, `${JSON.stringify(report, null, 2)}\n`);
  } finally {
    await portal.close();
  }
} catch (error) {
  progress.stop();
  process.stderr.write(`The benchmark failed. ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}

async function measureAlone(rounds: Rounds): Promise<PortalFigure[]> {
  return measurePortalAlone(rounds.portal, step(progress, 'the embedded portal alone', PORTAL_PROCESSES));
}

async function measureText(portal: PortalProcess): Promise<Figure[]> {
  step(progress, 'tokens', 1);
  // Before the sessions, because this server remembers for some minutes which properties there are.
  const count = await growProperties(portal);
  return withSessions(portal.url, async (sessions) => [
    ...measureDefinitions(sessions),
    ...(await measureContactsPage(sessions)),
    ...(await measureProperties(sessions, count)),
  ]);
}

async function measureStarts(portal: PortalProcess, rounds: Rounds): Promise<Figure[]> {
  const onPair = step(progress, 'starts and 100 concurrent calls, pairs', rounds.starts);
  return measureStart(portal.url, await contactIds(portal), rounds.starts, onPair);
}

async function measureCalls(portal: PortalProcess, rounds: Rounds): Promise<Figure[]> {
  const onPair = step(progress, 'searches and gets one by one, pairs', 2 * rounds.calls);
  const ids = await contactIds(portal);
  return withSessions(portal.url, (sessions) => measureLatency(sessions, ids, rounds.calls, onPair));
}

async function measureSearches(portal: PortalProcess, rounds: Rounds): Promise<Figure[]> {
  const onPair = step(progress, '20 parallel searches, pairs', rounds.searches);
  const witness = await startWitness(portal.url);
  try {
    return await withSessions(witness.url, (sessions) =>
      measureParallelSearches(sessions, witness, rounds.searches, onPair),
    );
  } finally {
    await witness.close();
  }
}

async function measureOwnClient(portal: PortalProcess, rounds: Rounds): Promise<Figure[]> {
  const onPair = step(progress, 'this client and a bare request, pairs', rounds.calls);
  return measureClient(portal.url, await contactIds(portal), rounds.calls, onPair);
}

async function withSessions<T>(url: string, measure: (sessions: Sessions) => Promise<T>): Promise<T> {
  const ours = await startSession(OURS, url);
  try {
    const theirs = await startSession(THEIRS, url);
    try {
      return await measure({ ours, theirs });
    } finally {
      await theirs.close();
    }
  } finally {
    await ours.close();
  }
}

async function contactIds(portal: PortalProcess): Promise<string[]> {
  const { results } = await portal.api(contactList, 'GET', '/crm/v3/objects/contacts?limit=100');
  return results.map((contact) => contact.id);
}

function step(shown: Progress, title: string, total: number): () => void {
  shown.start(title, total);
  let count = 0;
  return () => {
    count += 1;
    shown.at(count);
  };
}
