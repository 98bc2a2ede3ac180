import { statSync } from 'node:fs';
import * as z from 'zod';
import { CommandFailure, defineCommand } from '../command.ts';
import { operatorLine } from '../operator-line.ts';
import { option, UsageError } from '../option.ts';

/** More say no more than that somebody was at it. */
const MOST_SHOWN = 20;

export const verifyAuditLog = defineCommand({
  name: 'verify-audit',
  summary: 'Tell whether an audit log is as it was written',
  options: z.object({
    files: option(
      { argument: '<files...>', text: 'the files of one log, the oldest first' },
      z.array(z.string()).min(1, 'name a file'),
    ),
  }),

  async run({ files }, { stdout }) {
    for (const file of files) {
      const found = statSync(file, { throwIfNoEntry: false });
      if (found === undefined) throw new UsageError(`There is no file ${file}.`);
      if (found.isDirectory()) throw new UsageError(`${file} is a folder. Name the files in it, the oldest first.`);
    }
    const { verifyAudit } = await import('../observe/verify-audit.ts');
    const { lines, chains, problems, cut, lastHash } = await verifyAudit(files);
    const told = [
      ...problems.slice(0, MOST_SHOWN).map(({ file, line, problem }) => `${file}:${line}: ${problem}`),
      ...(problems.length > MOST_SHOWN ? [`and ${problems.length - MOST_SHOWN} more`] : []),
      ...cut
        .slice(0, MOST_SHOWN)
        .map(({ file, line }) => `${file}:${line}: cut where it was written, or no line of an audit log`),
      ...(cut.length > MOST_SHOWN ? [`and ${cut.length - MOST_SHOWN} more such lines`] : []),
      `${lines} lines of ${chains} processes; the last has the hash ${lastHash === '' ? '(none)' : lastHash}`,
    ];
    stdout.write(`${told.map(operatorLine).join('\n')}\n`);
    // A log that was emptied, or overwritten with something else, is not to pass for whole.
    if (lines === 0) throw new CommandFailure('There is no line of an audit log in it.');
    if (problems.length > 0) throw new CommandFailure('The audit log is not as it was written.');
  },
});
