import type { Disk } from './disk.ts';

/** A folder that is gone with its process: for the embedded portal in memory, and for tests. */
export function memoryDisk(): Disk {
  const files = new Map<string, Uint8Array>();
  const locks = new Set<string>();

  const contentOf = (name: string) => {
    const content = files.get(name);
    if (content === undefined) throw new Error(`There is no file ${name}.`);
    return content;
  };

  return {
    list: async () => [...files.keys()],
    size: async (name) => contentOf(name).length,
    read: async (name, offset, length) => contentOf(name).slice(offset, offset + length),
    async append(name) {
      // Grows by doubling: a log is appended to many thousand times.
      let space = madeIfMissing(files, name);
      let used = space.length;
      return {
        async write(bytes) {
          if (used + bytes.length > space.length) {
            const wider = new Uint8Array(Math.max(1_024, 2 * (used + bytes.length)));
            wider.set(space.subarray(0, used));
            space = wider;
          }
          space.set(bytes, used);
          used += bytes.length;
          files.set(name, space.subarray(0, used));
        },
        async sync() {},
        async close() {},
      };
    },
    async truncate(name, size) {
      files.set(name, contentOf(name).slice(0, size));
    },
    async create(name, content) {
      if (files.has(name)) return false;
      files.set(name, content.slice());
      return true;
    },
    async remove(name) {
      files.delete(name);
    },
    async lock(name) {
      if (locks.has(name)) return undefined;
      locks.add(name);
      return { release: async () => void locks.delete(name) };
    },
  };
}

/** The file's content, made empty if it is not there. */
function madeIfMissing(files: Map<string, Uint8Array>, name: string): Uint8Array {
  const content = files.get(name) ?? new Uint8Array();
  files.set(name, content);
  return content;
}
