/** Folders that a person named, which are made where they are missing. */

import { stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { UsageError } from './option.ts';

/**
 * Asked at the start: a folder is made only when something has to be kept in it, and then it is somebody else who hears of it.
 * @param folders by flag
 * @throws {@link UsageError}
 */
export async function refuseFilesAs(folders: Readonly<Record<string, string | undefined>>): Promise<void> {
  for (const [flag, path] of Object.entries(folders)) {
    const file = path === undefined ? undefined : await fileIn(path);
    if (file !== undefined) {
      throw new UsageError(`${flag}: ${file} is a file, and a folder has to be there. Name another.`);
    }
  }
}

/** The path, or the beginning of it, where that is a file. What cannot be looked at is told when it is used. */
async function fileIn(path: string): Promise<string | undefined> {
  const found = await stat(path).catch(() => undefined);
  if (found !== undefined) return found.isDirectory() ? undefined : path;
  return dirname(path) === path ? undefined : fileIn(dirname(path));
}
