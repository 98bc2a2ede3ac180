/** The files that a run leaves. */

import { once } from 'node:events';
import { createWriteStream, type WriteStream } from 'node:fs';
import { access, constants, open, realpath, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { finished } from 'node:stream/promises';
import { CommandFailure } from '../../command.ts';
import { UsageError } from '../../option.ts';

export interface Target {
  readonly flag: string;
  readonly path: string;
  /** How a file begins that an earlier run wrote: that may be overwritten, since it can be made again. */
  readonly head: string;
}

/**
 * Asked before the work, as that may take long.
 * @param input the file that is read, if one is
 * @throws CommandFailure where something else is there that may not be overwritten
 */
export async function refuseTargets(
  targets: readonly Target[],
  input: string | undefined,
  force: boolean,
): Promise<void> {
  const own = input === undefined ? undefined : await realpath(input);
  const seen = new Map<string, string>();
  for (const { flag, path, head } of targets) {
    // A file that is not there yet is no other's; one that cannot be written is told of when it is.
    const real = await realpath(path).catch(() => undefined);
    if (real !== undefined && real === own) throw new UsageError(`${flag}: ${path} is the file that is read.`);
    const other = seen.get(real ?? path);
    if (other !== undefined) throw new UsageError(`${flag} and ${other} name the same file.`);
    seen.set(real ?? path, flag);
    await access(real ?? dirname(path), constants.W_OK).catch((error: unknown) => {
      throw new UsageError(`${flag}: ${error instanceof Error ? error.message : String(error)}`);
    });
    if (real !== undefined && !force && !(await beginsWith(path, head))) {
      throw new CommandFailure(`${path} is there already, and no earlier run wrote it: --force overwrites it.`);
    }
  }
}

async function beginsWith(path: string, head: string): Promise<boolean> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(Buffer.byteLength(head)), 0, undefined, 0);
    return bytesRead === 0 || buffer.toString('utf8', 0, bytesRead) === head;
  } finally {
    await file.close();
  }
}

/** Opens a file and lets it be written; what could not be written wholly is not left there. */
export async function writeFileWith(path: string, write: (stream: WriteStream) => Promise<void>): Promise<void> {
  const stream = createWriteStream(path);
  try {
    await write(stream);
  } catch (error) {
    stream.destroy();
    await rm(path, { force: true });
    throw error;
  }
}

/** Gathered before they are written: a call for each line would take longer than the lines. */
const GATHERED = 1 << 16;

/** Writes texts one behind the other, as fast as the disk takes them, and ends the file. */
export async function writeAll(stream: WriteStream, texts: Iterable<string>): Promise<void> {
  const done = finished(stream);
  // Whoever waits for the end hears of it.
  done.catch(() => undefined);
  let gathered = '';
  for (const text of texts) {
    gathered += text;
    if (gathered.length < GATHERED) continue;
    if (!stream.write(gathered) && !stream.destroyed) await Promise.race([once(stream, 'drain'), done]);
    gathered = '';
  }
  stream.end(gathered);
  await done;
}
