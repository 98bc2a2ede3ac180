import type { Config } from '../config/config.ts';

/** @throws UsageError where a file stands in the place of a folder that the configuration names */
export async function refuseFolders({
  journalDir,
  snapshotDir,
}: Pick<Config, 'journalDir' | 'snapshotDir'>): Promise<void> {
  // A server that names none has nothing to load for it.
  if ((journalDir ?? snapshotDir) === undefined) return;
  const { refuseFilesAs } = await import('../named-folder.ts');
  await refuseFilesAs({ '--journal-dir': journalDir, '--snapshot-dir': snapshotDir });
}
