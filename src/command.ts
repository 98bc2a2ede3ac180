/** What a command of the command line is. */

import type { Readable, Writable } from 'node:stream';
import type * as z from 'zod';

/** The process, as far as a command may touch it. */
export interface Terminal {
  readonly stdin: Readable & { readonly isTTY?: boolean };
  readonly stdout: Writable;
  readonly stderr: Writable;
  /** Resolves when the process is asked to end. */
  readonly ended: Promise<void>;
  /** The file that Node runs, for configurations that start it again. */
  readonly entry: string;
}

export interface Command<Table extends z.ZodObject = z.ZodObject> {
  /** One word, or two: a command of the command that is the first of them. */
  readonly name: string;
  readonly summary: string;
  /** Its options, each with its words from `option()`. */
  readonly options: Table;
  /**
   * Runs until it is done, or until the terminal has `ended`. What it needs beyond its options it imports when it runs,
   * so that a process loads only what its command uses. Throws UsageError for exit code 2; anything else thrown is 1, and
   * shown with its stack unless a person can put it right, as with a {@link CommandFailure}.
   */
  run(options: z.output<Table>, terminal: Terminal): Promise<void>;
}

/** What was asked for could not be done, or not wholly, for a reason that its user can understand. */
export class CommandFailure extends Error {
  override readonly name = 'CommandFailure';
}

/** Keeps a command's own table in its type, so that `run` sees what the options are. */
export function defineCommand<Table extends z.ZodObject>(command: Command<Table>): Command<Table> {
  return command;
}
