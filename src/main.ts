#!/usr/bin/env node
/** The command line. The only reader of the environment; it chooses a command and hands it its options. */

import { CommanderError, Option as Flag, Command as Program } from 'commander';
import { type Command, CommandFailure, type Terminal } from './command.ts';
import { commands, serve } from './commands/index.ts';
import { optionsOf, readOptions, UsageError } from './config.ts';
import { version } from './version.ts';

const SUCCESS = 0;
const FAILURE = 1;
const USAGE = 2;

process.exitCode = await main(process.argv.slice(2), terminal());

async function main(words: readonly string[], terminal: Terminal): Promise<number> {
  try {
    const { command, flags } = parse(words);
    await command.run(readOptions(command.options, flags, process.env), terminal);
    return SUCCESS;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? SUCCESS : USAGE;
    const foreseen = error instanceof UsageError || error instanceof CommandFailure;
    terminal.stderr.write(`hubspot-crm-mcp: ${!foreseen && error instanceof Error ? error.stack : messageOf(error)}\n`);
    return error instanceof UsageError ? USAGE : FAILURE;
  }
}

interface Chosen {
  readonly command: Command;
  readonly flags: Readonly<Record<string, unknown>>;
}

/** Serving is what the program does when no command is named. Help and bad flags end here, with a CommanderError. */
function parse(words: readonly string[]): Chosen {
  let chosen: Chosen | undefined;
  const choose = (command: Command) => (flags: Record<string, unknown>) => {
    chosen = { command, flags };
  };
  const program = describe(new Program('hubspot-crm-mcp'), serve).version(version).action(choose(serve));
  program.enablePositionalOptions(); // A command's own --seed is not the server's.
  for (const command of commands) {
    program.addCommand(describe(new Program(command.name), command).action(choose(command)));
  }
  program.parse(words, { from: 'user' });
  return chosen ?? { command: serve, flags: {} };
}

function describe(program: Program, { summary, options }: Command): Program {
  program.description(summary).exitOverride().showHelpAfterError('(--help says what there is)');
  const variables: string[] = [];
  for (const [, { flag, variable, text }] of optionsOf(options)) {
    if (flag !== undefined) program.addOption(new Flag(flag, variable === undefined ? text : `${text} [${variable}]`));
    else if (variable !== undefined) variables.push(`  ${variable}\n      ${text}`);
  }
  return variables.length === 0
    ? program
    : program.addHelpText('after', `\nEnvironment only:\n${variables.join('\n')}`);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** The first request to end is graceful; a second one ends the process as if nobody listened. */
function terminal(): Terminal {
  const ended = new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
  });
  const { stdin, stdout, stderr } = process;
  return { stdin, stdout, stderr, ended, entry: process.argv[1] ?? 'hubspot-crm-mcp' };
}
