import { openObservation } from '../../account/observation.ts';
import { type Clock, systemClock, systemRandom } from '../../clock.ts';
import { CommandFailure, type Terminal } from '../../command.ts';
import { serverOptions } from '../../config/config.ts';
import { counted } from '../../report/words.ts';
import { lookAtAll } from '../audit/look-at-all.ts';
import { refuseTargets } from '../out-file.ts';
import type { WatchOptions } from '../watch.ts';
import { openWorkbench } from '../workbench.ts';
import { createFailures } from './failures.ts';
import { lookOnce } from './look.ts';
import { nowAndThen } from './now-and-then.ts';

const LAST = 9;

/** @param clock for the pauses between the looks */
export async function runWatch(options: WatchOptions, terminal: Terminal, clock: Clock = systemClock): Promise<void> {
  await refuseTargets([{ flag: '--audit', path: options.audit }], { force: true });
  const ending = new AbortController();
  void terminal.ended.then(() => ending.abort(new Error('The watch ends.')));
  const { signal } = ending;
  const observation = openObservation(
    { ...serverOptions.parse({}), ...options },
    { clock: systemClock, random: systemRandom, write: (text) => void terminal.stderr.write(text) },
  );
  const { log, account, hub } = observation;
  let calls = 0;
  const observer = {
    ...account,
    request(event: Parameters<typeof account.request>[0]) {
      calls++;
      account.request(event);
    },
  };
  const bench = await openWorkbench(options, terminal, 'watch', 'read', { log, observer, priority: LAST });
  observation.tasksThrough(bench.call);
  const tell = (notice: Parameters<typeof observation.tell>[0]) => observation.tell(notice);
  const failures = createFailures(clock, tell);
  const { memory } = bench.work('read').quality;
  const author = { caller: 'hubspot-crm-mcp watch', session: systemRandom.uuid() };

  /** For the operator's log, counters and audit file a look is a call like any other. */
  const told = (outcome: 'ok' | 'error', began: number) =>
    hub.tell({ kind: 'call', author, tool: 'watch', outcome, tookMs: systemClock.elapsed() - began });

  const run = async () => {
    const began = systemClock.elapsed();
    calls = 0;
    try {
      const { found, fresh, undelivered } = await lookOnce({
        look: () => lookAtAll(options.types, bench, () => undefined, signal),
        memory,
        clock,
        tell,
        all: options.all,
      });
      const seconds = Math.round((systemClock.elapsed() - began) / 100) / 10;
      const late = undelivered === 0 ? '' : `; ${undelivered} could not be delivered, and are told next time`;
      log(
        `watch: ${counted(fresh, 'new thing')} of ${found}${late}; ${counted(calls, 'call')} to HubSpot in ${seconds} s`,
      );
      told('ok', began);
    } catch (error) {
      if (!signal.aborted) told('error', began);
      throw error;
    }
    await failures.worked();
  };

  try {
    if (options.once) await once(run, signal);
    else {
      await nowAndThen({
        clock,
        everyMs: options.every,
        signal,
        run,
        async failed(error) {
          log(`watch: this look failed after ${counted(calls, 'call')}: ${reasonOf(error)}`, { level: 'error' });
          await failures.failed(reasonOf(error));
        },
      });
    }
  } finally {
    await observation.lastAlerts();
    await bench.close();
    await observation.close();
  }
}

async function once(run: () => Promise<void>, signal: AbortSignal): Promise<void> {
  try {
    await run();
  } catch (error) {
    if (signal.aborted) throw new CommandFailure('Stopped.');
    throw error;
  }
}

/** One sentence, of HubSpot's or ours. */
function reasonOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
