/** What the words after the program's name mean. Loaded only when there are any: hosts mostly start it without. */

import { CommanderError, Option as Flag, Command as Program } from 'commander';
import type { Command } from './command.ts';
import { commands, serve } from './commands/index.ts';
import { nearest } from './crm/words.ts';
import { optionsOf } from './option.ts';
import { version } from './version.ts';

export interface Chosen {
  readonly command: Command;
  /** By the names of the command's options, as commander read them. */
  readonly flags: Readonly<Record<string, unknown>>;
}

/** @returns `told` when help or the version was asked for, `refused` when the words mean nothing; both have been said */
export function readCommandLine(words: readonly string[]): Chosen | 'told' | 'refused' {
  let chosen: Chosen = { command: serve, flags: {} };
  const choose = (command: Command) => () => {
    const program = programs.get(command.name) ?? all;
    const words = optionsOf(command.options).filter(([, { argument }]) => argument !== undefined);
    if (words.length === 0) refuseUnknown(program);
    const said = words.map(([name], place) => [name, program.processedArgs[place]]);
    chosen = { command, flags: { ...program.opts(), ...Object.fromEntries(said) } };
  };
  const programs = new Map<string, Program>();
  const all = describe(new Program('hubspot-crm-mcp'), serve).version(version).action(choose(serve));
  all.enablePositionalOptions(); // A command's own --seed is not the server's.
  for (const command of commands) {
    const words = command.name.split(' ');
    const own = describe(new Program(words.at(-1)), command)
      .enablePositionalOptions()
      .action(choose(command));
    (programs.get(words.slice(0, -1).join(' ')) ?? all).addCommand(own);
    programs.set(command.name, own);
  }
  for (const parent of [all, ...programs.values()]) parent.allowExcessArguments(parent.commands.length > 0);
  try {
    all.parse(words, { from: 'user' });
    return chosen;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 'told' : 'refused';
    throw error;
  }
}

/** Where other commands are below, commander takes a word that is none of them for an argument too many. */
function refuseUnknown(program: Program): void {
  const [word] = program.args;
  if (word === undefined) return;
  const [near] = nearest(
    word,
    program.commands.map((command) => ({ id: command.name(), label: '' })),
  );
  program.error(`error: unknown command '${word}'.${near === undefined ? '' : ` Did you mean ${near}?`}`);
}

function describe(program: Program, { summary, options }: Command): Program {
  program.description(summary).exitOverride().showHelpAfterError('(--help says what there is)');
  const variables: string[] = [];
  for (const [, { flag, argument, variable, text, group, gone }] of optionsOf(options)) {
    if (argument !== undefined) program.argument(argument, text);
    else if (flag !== undefined) {
      const said = new Flag(flag, variable === undefined ? text : `${text} [${variable}]`).hideHelp(gone === true);
      program.addOption(group === undefined ? said : said.helpGroup(`${group}:`));
    } else if (variable !== undefined) variables.push(`  ${variable}\n      ${text}`);
  }
  return variables.length === 0
    ? program
    : program.addHelpText('after', `\nEnvironment only:\n${variables.join('\n')}`);
}
