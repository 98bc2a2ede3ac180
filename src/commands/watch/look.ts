import type { Clock } from '../../clock.ts';
import type { Notice } from '../../observe/ways.ts';
import type { Audited } from '../../report/index.ts';
import type { Memory } from '../../snapshot/types.ts';
import { itemsOf, newsOf } from './news.ts';

export interface LookParts {
  readonly look: () => Promise<Pick<Audited, 'run' | 'scans'>>;
  readonly memory: Pick<Memory, 'told' | 'tell'>;
  readonly clock: Clock;
  /** Whether it arrived. */
  readonly tell: (notice: Notice) => Promise<boolean>;
  /** Tells all that the first look finds. */
  readonly all: boolean;
}

export interface Looked {
  readonly found: number;
  readonly fresh: number;
  /** What could not be delivered, and is told with the next look. */
  readonly undelivered: number;
}

/** Beside what was told: that there was a look at all. */
const BEGUN = 'watch:begun';

/** One look: what is new since the last one is told, and remembered once it has arrived. */
export async function lookOnce({ look, memory, clock, tell, all }: LookParts): Promise<Looked> {
  const items = itemsOf(await look());
  const told = await memory.told([BEGUN, ...items.flatMap(({ knownBy }) => knownBy)]);
  const fresh = items.filter(({ knownBy }) => !knownBy.some((each) => told.has(each)));
  let undelivered = fresh.length;
  for (const { notice, items: of } of newsOf(fresh, !told.has(BEGUN) && !all, clock.now())) {
    // Where one does not arrive the next would not either, and each is tried for half a minute.
    if (!(await tell(notice))) break;
    await memory.tell(
      of.map(({ fingerprint }) => fingerprint),
      notice.at,
    );
    undelivered -= of.length;
  }
  // As long as nothing has arrived, the next look is the first.
  if (undelivered === 0) await memory.tell([BEGUN], clock.now());
  return { found: items.length, fresh: fresh.length, undelivered };
}
