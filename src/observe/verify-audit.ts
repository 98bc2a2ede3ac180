/** Whether an audit log is as it was written. */

import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { readAuditLine } from './audit-line.ts';

export interface AuditProblem {
  readonly file: string;
  /** From 1. */
  readonly line: number;
  readonly problem: string;
}

export interface AuditVerdict {
  readonly lines: number;
  readonly chains: number;
  readonly problems: readonly AuditProblem[];
  /** Lines that were cut where they were written, by a crash or a full disk; what is after them is whole. */
  readonly cut: readonly Omit<AuditProblem, 'problem'>[];
  /** Of the last line: kept elsewhere, it shows later that nothing was taken off the end. */
  readonly lastHash: string;
}

/**
 * @param files of one log in the order in which they were written, as rotation leaves them
 * @throws the operating system's error for a file that cannot be read
 */
export async function verifyAudit(files: readonly string[]): Promise<AuditVerdict> {
  const problems: AuditProblem[] = [];
  const cut: { file: string; line: number }[] = [];
  const chains = new Map<string, { readonly seq: number; readonly hash: string }>();
  const seen = new Set<string>(['']);
  let [lines, lastHash] = [0, ''];

  const problemOf = (link: NonNullable<ReturnType<typeof readAuditLine>>): string | undefined => {
    const before = chains.get(link.chain);
    if (!link.whole) return 'it was changed: its hash is another';
    if (before === undefined && link.seq !== 1)
      return `lines before it are missing: it is number ${link.seq} of its process`;
    if (before !== undefined && link.seq !== before.seq + 1) {
      return `lines are missing or out of order: number ${link.seq} of its process follows number ${before.seq}`;
    }
    if (before !== undefined && link.prev !== before.hash) return 'the line before it in its process was changed';
    // Processes that begin together on a new file are each the first.
    if (before === undefined && !seen.has(link.prev)) {
      return 'the line that was the last when its process began is not there';
    }
    return undefined;
  };

  for (const file of files) {
    let line = 0;
    for await (const text of createInterface({ input: createReadStream(file, 'utf8'), crlfDelay: Infinity })) {
      line += 1;
      if (text === '') continue;
      const link = readAuditLine(text);
      if (link === undefined) {
        cut.push({ file, line });
        continue;
      }
      lines += 1;
      const problem = problemOf(link);
      if (problem !== undefined) problems.push({ file, line, problem });
      chains.set(link.chain, link);
      seen.add(link.hash);
      lastHash = link.hash;
    }
  }
  return { lines, chains: chains.size, problems, cut, lastHash };
}
