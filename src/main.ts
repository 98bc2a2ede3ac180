#!/usr/bin/env node
/** The program. The only reader of the environment; it chooses a command and hands it its options. */

import v8 from 'node:v8';
import type { Terminal } from './command.ts';
import type { Chosen } from './command-line.ts';
import { serve } from './commands/serve.ts';
import { refuseMisspelt, unreadTokens } from './misspelt-variable.ts';
import { operatorLine } from './operator-line.ts';
import { readOptions, UsageError } from './option.ts';

const SUCCESS = 0;
const FAILURE = 1;
const USAGE = 2;

/** Errors that a person can put right. By name, since most of their classes are loaded late. */
const FORESEEN = ['UsageError', 'CommandFailure', 'HubSpotError', 'UserError', 'DatabaseInUse', 'DatabaseUnusable'];

// undici's HTTP parser is one huge WebAssembly function. Optimising it takes 38 MB, of which 9 MB stay with the process,
// for answers that are a few kilobytes of headers: not worth it in a process that every conversation starts anew.
v8.setFlagsFromString('--liftoff-only');

process.exitCode = await main(process.argv.slice(2), terminal());

/** Serving is what the program does when no command is named. */
async function main(words: readonly string[], terminal: Terminal): Promise<number> {
  try {
    const chosen: Chosen | 'told' | 'refused' =
      words.length === 0 ? { command: serve, flags: {} } : await commandOf(words);
    if (chosen === 'told') return SUCCESS;
    if (chosen === 'refused') return USAGE;
    await refuseMisspelt(process.env);
    for (const said of unreadTokens(process.env, chosen.command.options)) {
      terminal.stderr.write(`${operatorLine(`hubspot-crm-mcp: ${said}`)}\n`);
    }
    await chosen.command.run(readOptions(chosen.command.options, chosen.flags, process.env), terminal);
    return SUCCESS;
  } catch (error) {
    terminal.stderr.write(`${operatorLine(`hubspot-crm-mcp: ${complaint(error, words)}`)}\n`);
    return error instanceof UsageError ? USAGE : FAILURE;
  }
}

/** What was foreseen, the operating system's refusals included, is said in a sentence; a defect with its stack. */
function complaint(error: unknown, words: readonly string[]): string {
  if (!(error instanceof Error)) return String(error);
  if ('code' in error && error.code === 'EADDRINUSE' && 'port' in error) {
    return `Port ${String(error.port)} is taken: something else listens there. Choose another with ${words[0] === 'portal' ? '--port' : '--http'} PORT; 0 takes any that is free.`;
  }
  return FORESEEN.includes(error.name) || 'syscall' in error ? error.message : (error.stack ?? error.message);
}

async function commandOf(words: readonly string[]) {
  const { readCommandLine } = await import('./command-line.ts');
  return readCommandLine(words);
}

/** The first request to end is graceful; a second one ends the process as if nobody listened. */
function terminal(): Terminal {
  const ended = new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
  });
  const { stdin, stdout, stderr } = process;
  // A reader that has gone away, such as `head`, or a host that closes stderr, is no reason to crash.
  for (const stream of [stdout, stderr]) stream.on('error', () => undefined);
  return { stdin, stdout, stderr, ended, entry: process.argv[1] ?? 'hubspot-crm-mcp' };
}
