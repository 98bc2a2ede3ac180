/** The files that a command leaves. */

import { once } from 'node:events';
import { createWriteStream, type Stats, type WriteStream } from 'node:fs';
import { access, constants, open, realpath, rm, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { finished } from 'node:stream/promises';
import * as z from 'zod';
import { CommandFailure } from '../command.ts';
import { option, UsageError } from '../option.ts';

export const outOptions = z.object({
  out: option({ flag: '--out <file>', text: 'where to write it' }, z.string({ error: 'name a file to write' })),
  force: option({ flag: '--force', text: 'overwrite the file if it is there' }, z.boolean().default(false)),
});

export type OutOptions = z.output<typeof outOptions>;

/** A file that an option names, to be written; `undefined` where the option was not said. */
export interface Target {
  readonly flag: string;
  readonly path: string | undefined;
  /** How a file begins that an earlier run wrote: that may be overwritten, since it can be made again. */
  readonly head?: string;
}

/**
 * Asked before the work, as that may take long.
 * @param input the file that is read, if one is
 * @throws UsageError where no file can be written, CommandFailure where one is that may not be overwritten
 */
export async function refuseTargets(
  targets: readonly Target[],
  { force, input }: { readonly force: boolean; readonly input?: string | undefined },
): Promise<void> {
  const own = input === undefined ? undefined : await whereIs(input);
  const seen = new Map<string, string>();
  for (const { flag, path, head } of targets) {
    if (path === undefined) continue;
    const real = await whereIs(path);
    if (real === own) throw new UsageError(`${flag}: ${path} is the file that is read.`);
    const other = seen.get(real);
    if (other !== undefined) throw new UsageError(`${flag} and ${other} name the same file.`);
    seen.set(real, flag);
    const there = await found(path);
    if (there?.isDirectory()) throw new UsageError(`${flag}: ${path} is a folder. Name a file in it.`);
    await refuseUnwritable(flag, there === undefined ? dirname(path) : path, there);
    // Of a pipe or a device nothing is lost.
    if (force || !there?.isFile() || (head !== undefined && (await beginsWith(path, head)))) continue;
    const whose = head === undefined ? '' : ', and no earlier run wrote it';
    throw new CommandFailure(`${path} is there already${whose}: --force overwrites it.`);
  }
}

/** Whether that is a pipe or a device: it takes what is written at once, and no other file may take its place. */
export async function passesOn(path: string): Promise<boolean> {
  const there = await found(path);
  return there !== undefined && !there.isFile();
}

/** For `open`: no file is overwritten that has come since {@link refuseTargets} asked. */
export async function openFlag({ out, force }: OutOptions): Promise<'w' | 'wx'> {
  return force || (await passesOn(out)) ? 'w' : 'wx';
}

/** The same for one file, whatever it was called. */
async function whereIs(path: string): Promise<string> {
  // A file that is not there yet has no other name, nor has a pipe.
  return realpath(path).catch(() => resolve(path));
}

async function found(path: string): Promise<Stats | undefined> {
  try {
    return await stat(path);
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR')) {
      return undefined;
    }
    throw error;
  }
}

/** @param there of the file; without it the path is that of its folder */
async function refuseUnwritable(flag: string, path: string, there: Stats | undefined): Promise<void> {
  if (there === undefined && !(await found(path))?.isDirectory()) {
    throw new UsageError(`${flag}: there is no folder ${path}. Make it first, or name another.`);
  }
  await access(path, constants.W_OK).catch(() => {
    throw new UsageError(`${flag}: ${path} may not be written by this user. Name another.`);
  });
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
    if (!(await passesOn(path))) await rm(path, { force: true });
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
