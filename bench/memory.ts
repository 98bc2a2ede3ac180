import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);
const KB_PER_MB = 1024;

/** Resident memory of one process in MB (2^20 bytes), from the kernel on Linux and from `ps` elsewhere. */
export async function residentMb(pid: number): Promise<number> {
  const kilobytes =
    process.platform === 'linux'
      ? /^VmRSS:\s+(\d+) kB$/m.exec(await readFile(`/proc/${pid}/status`, 'utf8'))?.[1]
      : (await run('ps', ['-o', 'rss=', '-p', String(pid)])).stdout.trim();
  const value = Number(kilobytes);
  if (!Number.isFinite(value) || value <= 0) throw new Error(`The memory of process ${pid} could not be read.`);
  return value / KB_PER_MB;
}
