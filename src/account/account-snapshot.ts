/** Where an account's copy of records belongs, as the configuration puts it. */

import type { Config } from '../config/config.ts';
import type { Account } from './account.ts';

/** Asks the account what it is only where the folder depends on it; undefined: in memory. */
export async function accountSnapshotFolder(
  { snapshotDir, dataDir }: Pick<Config, 'snapshotDir' | 'dataDir'>,
  account: Account,
): Promise<string | undefined> {
  const { snapshotFolder } = await import('../folder.ts');
  const portalId = async () => (await account.describe()).portalId;
  return snapshotFolder({ snapshotDir, dataDir, embedded: account.embedded }, portalId);
}
