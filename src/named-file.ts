/** Files that a person named, to be read whole. */

import { readFile } from 'node:fs/promises';
import { UsageError } from './option.ts';

/** The message names the file and says why it cannot be read, without a full stop. */
export class UnreadableFile extends Error {
  override readonly name = 'UnreadableFile';
}

/** @throws {@link UnreadableFile} */
export async function readNamedFile(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    throw new UnreadableFile(`${path}: ${reasonOf(error)}`);
  }
}

/** The same of a file that a flag names. @throws {@link UsageError}, with the flag */
export async function readSaidFile(flag: string, path: string): Promise<string> {
  try {
    return await readNamedFile(path);
  } catch (error) {
    if (error instanceof UnreadableFile) throw new UsageError(`${flag} ${error.message}`);
    throw error;
  }
}

function reasonOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'ENOENT') return 'there is no such file';
  if (code === 'EACCES' || code === 'EPERM') return 'it may not be read by this user';
  if (code === 'EISDIR') return 'it is a folder, not a file';
  return `it cannot be read: ${error instanceof Error ? error.message : String(error)}`;
}
