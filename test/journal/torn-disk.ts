/**
 * A folder on a disk that keeps only what was synced, as several processes see it. Deterministic: what is lost, kept in
 * part or garbled is decided by the random source alone.
 */

import type { Random } from '../../src/clock.ts';
import type { Disk, FileName } from '../../src/journal/disk.ts';

export interface TornFolder {
  /** The folder as a new process sees it. */
  process(): TornProcess;
  /** Ends all processes, and of what they did not sync loses some, keeps some and garbles some. */
  powerCut(): void;
  /** `full`: what is written no longer fits, after a part of it. `io`: a sync fails and what it was for is lost. */
  trouble: 'full' | 'io' | undefined;
  /** Changes one byte of a file, as age does. */
  damage(file: FileName, at: number): void;
  files(): readonly FileName[];
}

export interface TornProcess extends Disk {
  /** As kill -9: nothing it began or begins ever settles, and its locks are free. */
  kill(): void;
  /** Kills it in the middle of one of its next operations, which may have taken effect, or in part. */
  killIn(operations: number): void;
  readonly alive: boolean;
  /** Resolves when it is killed. */
  readonly killed: Promise<void>;
}

export interface TornOptions {
  /** On purpose: `sync` says that it has, and has not. */
  readonly skipSync?: boolean;
}

interface File {
  content: Uint8Array;
  /** So many bytes outlive a power cut. */
  synced: number;
}

export function tornDisk(random: Random, { skipSync = false }: TornOptions = {}): TornFolder {
  const files = new Map<FileName, File>();
  const locks = new Map<FileName, TornProcess>();
  const processes = new Set<TornProcess>();

  const fileOf = (name: FileName) => {
    const file = files.get(name);
    if (file === undefined) throw new Error(`There is no file ${name}.`);
    return file;
  };
  const below = (limit: number) => Math.floor(random.float() * limit);

  function put(file: File, bytes: Uint8Array): void {
    file.content = Buffer.concat([file.content, bytes]);
  }

  const folder: TornFolder = {
    trouble: undefined,
    process: openProcess,
    files: () => [...files.keys()],
    damage(name, at) {
      const { content } = fileOf(name);
      content[at] = (content[at] ?? 0) ^ 1;
    },
    powerCut() {
      for (const each of processes) each.kill();
      for (const file of files.values()) {
        const kept = file.content.slice(0, file.synced + below(file.content.length - file.synced + 1));
        // What the disk had not finished may hold anything.
        const garbled = below(3) === 0 ? below(4) : 0;
        for (let i = 0; i < garbled && kept.length > file.synced; i++)
          kept[file.synced + below(kept.length - file.synced)] = below(256);
        file.content = kept;
        file.synced = kept.length;
      }
    },
  };

  function openProcess(): TornProcess {
    let left = Number.POSITIVE_INFINITY;
    let alive = true;
    let tellKilled: (() => void) | undefined;
    const killed = new Promise<void>((resolve) => {
      tellKilled = resolve;
    });
    const forever = new Promise<never>(() => undefined);

    /** `part` is what an operation may have done when its process ends in the middle. */
    async function operation<T>(work: () => T, part: () => void = () => undefined): Promise<T> {
      await Promise.resolve();
      if (!alive) return forever;
      left -= 1;
      if (left < 0) {
        const how = below(3);
        if (how === 1) part();
        if (how === 2) work();
        self.kill();
        return forever;
      }
      return work();
    }

    const self: TornProcess = {
      get alive() {
        return alive;
      },
      killed,
      kill() {
        alive = false;
        for (const [name, holder] of locks) if (holder === self) locks.delete(name);
        tellKilled?.();
      },
      killIn(operations) {
        left = operations;
      },
      list: (drawer) =>
        operation(() =>
          [...files.keys()].flatMap((name) => (name.startsWith(`${drawer}/`) ? [name.slice(drawer.length + 1)] : [])),
        ),
      size: (name) => operation(() => files.get(name)?.content.length),
      read: (name, offset, length) =>
        operation(() => files.get(name)?.content.slice(offset, offset + length) ?? new Uint8Array()),
      async append(name) {
        const file: File = { content: new Uint8Array(), synced: 0 };
        await operation(() => {
          if (files.has(name)) throw new Error(`There is a file ${name} already.`);
          if (folder.trouble === 'full') throw new Error('ENOSPC: no space left on device');
          files.set(name, file);
        });
        return {
          write: (bytes) => {
            const some = () => put(file, bytes.subarray(0, below(bytes.length)));
            return operation(() => {
              if (folder.trouble !== 'full') return put(file, bytes);
              some();
              throw new Error('ENOSPC: no space left on device');
            }, some);
          },
          sync: () =>
            operation(() => {
              if (folder.trouble === 'io') {
                file.content = file.content.slice(0, file.synced);
                throw new Error('EIO: i/o error');
              }
              if (!skipSync) file.synced = file.content.length;
            }),
          close: () => operation(() => undefined),
        };
      },
      create: (name, content) =>
        operation(() => {
          if (folder.trouble !== undefined) throw new Error('EIO: i/o error');
          if (files.has(name)) return false;
          files.set(name, { content: content.slice(), synced: content.length });
          return true;
        }),
      remove: (name) => operation(() => void files.delete(name)),
      lock: (name) =>
        operation(() => {
          if (locks.has(name)) return undefined;
          locks.set(name, self);
          files.set(name, { content: new Uint8Array(), synced: 0 });
          return { release: () => operation(() => void locks.delete(name)) };
        }),
    };
    processes.add(self);
    return self;
  }

  return folder;
}
