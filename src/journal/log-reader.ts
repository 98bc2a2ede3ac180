/** Reads the logs of all processes that share the folder, each from where it was left. */

import type { Disk, FileName } from './disk.ts';
import { type Entry, newestOfEach, type Place, writerOf } from './entry.ts';
import { decodeFrames } from './frame.ts';
import type { Processes } from './processes.ts';

export interface LogReader {
  /** Logs that may say something new, in order. */
  unread(): Promise<Unread>;
  /** Gives what was written to a log since it was last read; one at a time. */
  read(log: UnreadLog, onEntry: (entry: Entry, place: Place) => void): Promise<void>;
  /** Undefined when it is not there any more. */
  readEntry(place: Place): Promise<Entry | undefined>;
  /** Something that was on the disk can no longer be read in a log of this writer. */
  damaged(writer: string): boolean;
  /** Logs that were read, with their sizes. */
  sizes(): ReadonlyMap<string, number>;
  /** Forgets what was read. */
  startAnew(): void;
}

export interface UnreadLog {
  readonly name: string;
  /** Nothing more is written to it: its process is gone, or has begun another. */
  readonly last: boolean;
}

export interface Unread {
  readonly logs: readonly UnreadLog[];
  /** A log that was read has been removed. */
  readonly removed: boolean;
}

interface Log {
  offset: number;
  /** Garbled places that may still turn out to have never been on the disk. */
  garbled: number[];
  damaged: boolean;
  /** Nothing more is written to it, and it was read to its end. */
  over: boolean;
}

const CHUNK = 1_048_576;

export function createLogReader(disk: Disk, processes: Processes, onTrouble: (message: string) => void): LogReader {
  const logs = new Map<string, Log>();

  async function readOne(name: string, log: Log, onEntry: (entry: Entry, place: Place) => void): Promise<void> {
    const file: FileName = `logs/${name}`;
    for (let size = CHUNK; ; ) {
      const bytes = await disk.read(file, log.offset, size);
      const { frames, garbled, used } = decodeFrames(bytes, log.offset);
      log.garbled.push(...garbled);
      let synced = 0;
      for (const { json, offset, length, synced: upTo } of frames) {
        synced = Math.max(synced, upTo);
        const entry: Entry = JSON.parse(json);
        onEntry(entry, { log: name, offset, length });
      }
      complain(name, log, synced);
      log.offset += used;
      if (bytes.length < size) return;
      // An entry longer than the chunk is read in a longer one.
      size = used === 0 ? size * 2 : CHUNK;
    }
  }

  /** What was lost before it was ever synced was never relied on, and is no damage. */
  function complain(name: string, log: Log, synced: number): void {
    const lost = log.garbled.filter((at) => at < synced);
    log.garbled = log.garbled.filter((at) => at >= synced);
    for (const at of lost) {
      log.damaged = true;
      onTrouble(
        `The journal's file logs/${name} is damaged at byte ${at}: what stood there is lost, what follows was read. Changes that were made then may be missing from the list of changes. Look after the disk.`,
      );
    }
  }

  return {
    async unread() {
      const names = (await disk.list('logs')).toSorted();
      // Asked after the names: a process has its lock before its first log.
      const candidates = await processes.candidates();
      const open = names.filter((name) => !logs.get(name)?.over);
      const newest = newestOfEach(names);
      return {
        logs: open.map((name) => ({ name, last: !candidates.has(writerOf(name)) || !newest.has(name) })),
        removed: [...logs.keys()].some((name) => !names.includes(name)),
      };
    },
    async read({ name, last }, onEntry) {
      const log = logs.get(name) ?? { offset: 0, garbled: [], damaged: false, over: false };
      logs.set(name, log);
      await readOne(name, log, onEntry);
      log.over ||= last;
    },
    async readEntry({ log, offset, length }) {
      const [frame] = decodeFrames(await disk.read(`logs/${log}`, offset, length), offset).frames;
      if (frame === undefined) return undefined;
      const entry: Entry = JSON.parse(frame.json);
      return entry;
    },
    damaged: (writer) => [...logs].some(([name, log]) => log.damaged && writerOf(name) === writer),
    startAnew: () => logs.clear(),
    sizes: () => new Map([...logs].map(([name, { offset }]) => [name, offset])),
  };
}
