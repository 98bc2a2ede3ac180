import { mkdir, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/**
 * Makes a folder and those it is in. Node's own `recursive` never ends where a file system refuses with ENOENT, such as
 * /proc. Throws the operating system's error.
 * @param mode of those that are made
 */
export async function makeFolder(path: string, mode = 0o777): Promise<void> {
  try {
    if ((await stat(path)).isDirectory()) return;
  } catch (error) {
    const missing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    if (!missing || dirname(path) === path) throw error;
    await makeFolder(dirname(path), mode);
  }
  await mkdir(path, mode).catch(async (error: unknown) => {
    // Another process may have made it meanwhile.
    if (
      !(await stat(path).then(
        (found) => found.isDirectory(),
        () => false,
      ))
    )
      throw error;
  });
}

export interface JournalPlace {
  /** What the operator said. */
  readonly journalDir: string | undefined;
  /** Where the embedded portal is kept, if it is kept. */
  readonly dataDir: string | undefined;
  readonly embedded: boolean;
}

/**
 * Where the journal of writes belongs: where the operator says; else beside the embedded portal, or in memory as that is
 * (undefined); else in the user's folder for what programs remember, one for each portal.
 */
export async function journalFolder(place: JournalPlace, portalId: () => Promise<number>): Promise<string | undefined> {
  return place.journalDir ?? folderFor('journal', place, portalId);
}

export interface SnapshotPlace extends Pick<JournalPlace, 'dataDir' | 'embedded'> {
  /** What the operator said. */
  readonly snapshotDir: string | undefined;
}

/** Where the copy of a portal that scans work on belongs: where the operator says, one for each portal; else as the journal. */
export async function snapshotFolder(
  place: SnapshotPlace,
  portalId: () => Promise<number>,
): Promise<string | undefined> {
  if (place.snapshotDir !== undefined) return join(place.snapshotDir, String(await portalId()));
  return folderFor('snapshot', place, portalId);
}

async function folderFor(
  what: string,
  { dataDir, embedded }: Pick<JournalPlace, 'dataDir' | 'embedded'>,
  portalId: () => Promise<number>,
): Promise<string | undefined> {
  if (embedded) return dataDir === undefined ? undefined : join(dataDir, what);
  const { default: envPaths } = await import('env-paths');
  const { data, log } = envPaths('hubspot-crm-mcp', { suffix: '' });
  // On Linux `log` is XDG_STATE_HOME; elsewhere it is a place where logs are shown to people, and may be swept away.
  const home = process.platform === 'linux' ? log : data;
  return join(home, what, String(await portalId()));
}
