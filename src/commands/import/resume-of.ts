import type { ImportOptions } from '../import.ts';

/** The command that finds the job again; undefined where it is gone with the portal in memory. */
export function resumeOf(id: string, options: ImportOptions): string | undefined {
  const { accessToken, accessTokenFile, dataDir, journalDir } = options;
  if ((accessToken ?? accessTokenFile ?? dataDir) === undefined) return undefined;
  const folders = { '--data-dir': dataDir, '--journal-dir': journalDir };
  const said = Object.entries(folders).map(([flag, folder]) => folder && ` ${flag} ${inShell(folder)}`);
  return `hubspot-crm-mcp import --resume ${id}${said.filter(Boolean).join('')}`;
}

const inShell = (word: string) => (/^[\w./~-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`);
