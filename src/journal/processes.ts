import type { Disk } from './disk.ts';

/** Which of the processes that wrote here are still there: each holds a lock for life, which the system frees. */
export interface Processes {
  readonly me: string;
  alive(writer: string): Promise<boolean>;
  /** Those that may be alive; all others are gone. Asks the disk only for names. */
  candidates(): Promise<ReadonlySet<string>>;
}

export function createProcesses(disk: Disk, me: string): Processes {
  const gone = new Set<string>();

  async function candidates(): Promise<ReadonlySet<string>> {
    return new Set([me, ...(await disk.list('locks')).filter((writer) => !gone.has(writer))]);
  }

  return {
    me,
    candidates,
    async alive(writer) {
      if (writer === me) return true;
      if (gone.has(writer)) return false;
      // Locks are there before the first log or claim, and are removed only when their process is gone.
      if ((await candidates()).has(writer)) {
        const lock = await disk.lock(`locks/${writer}`);
        if (lock === undefined) return true;
        await lock.release();
        await disk.remove(`locks/${writer}`);
      }
      gone.add(writer);
      return false;
    },
  };
}
