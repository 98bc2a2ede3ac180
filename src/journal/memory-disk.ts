import type { Disk } from './disk.ts';

/** A folder that is gone with its process: for the embedded portal in memory, and for tests. */
export function memoryDisk(): Disk {
  const files = new Map<string, Uint8Array>();
  const locks = new Set<string>();

  return {
    async list(drawer) {
      const start = `${drawer}/`;
      return [...files.keys()].filter((file) => file.startsWith(start)).map((file) => file.slice(start.length));
    },
    size: async (file) => files.get(file)?.length,
    read: async (file, offset, length) => files.get(file)?.slice(offset, offset + length) ?? new Uint8Array(),
    async append(file) {
      if (files.has(file)) throw new Error(`There is a file ${file} already.`);
      // Grows by doubling: a log is appended to many thousand times.
      let space = new Uint8Array(1_024);
      let used = 0;
      files.set(file, space.subarray(0, used));
      return {
        async write(bytes) {
          if (used + bytes.length > space.length) {
            const wider = new Uint8Array(2 * (used + bytes.length));
            wider.set(space.subarray(0, used));
            space = wider;
          }
          space.set(bytes, used);
          used += bytes.length;
          files.set(file, space.subarray(0, used));
        },
        async sync() {},
        async close() {},
      };
    },
    async create(file, content) {
      if (files.has(file)) return false;
      files.set(file, content.slice());
      return true;
    },
    async remove(file) {
      files.delete(file);
    },
    async lock(file) {
      if (locks.has(file)) return undefined;
      locks.add(file);
      files.set(file, new Uint8Array());
      return { release: async () => void locks.delete(file) };
    },
  };
}
