/** Starts the built program as a person or a client would. */

import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

export const entry = resolve(import.meta.dirname, '../../dist/main.js');

/** What a program remembers from one start to the next, it remembers for the tests of one file. */
const stateHome = mkdtempSync(join(tmpdir(), 'hubspot-crm-mcp-state-'));
process.once('exit', () => rmSync(stateHome, { recursive: true, force: true }));

export interface Program {
  readonly process: ChildProcess;
  stdout(): string;
  stderr(): string;
  /** Resolves when the text has appeared. */
  says(where: 'stdout' | 'stderr', text: string | RegExp): Promise<string>;
  write(message: object): void;
  /** The exit code, or the name of the signal that ended it. */
  readonly exit: Promise<number | string>;
}

export function start(args: readonly string[] = [], environment: Readonly<Record<string, string>> = {}): Program {
  const inherited = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('HUBSPOT')));
  const env = { ...inherited, XDG_STATE_HOME: stateHome, ...environment };
  const child = spawn(process.execPath, [entry, ...args], { env, stdio: 'pipe' });
  const said = { stdout: '', stderr: '' };
  const listeners = new Set<() => void>();
  for (const where of ['stdout', 'stderr'] as const) {
    child[where].setEncoding('utf8');
    child[where].on('data', (text: string) => {
      said[where] += text;
      for (const listener of listeners) listener();
    });
  }
  return {
    process: child,
    stdout: () => said.stdout,
    stderr: () => said.stderr,
    says: (where, text) =>
      new Promise((found, reject) => {
        const end = () => reject(new Error(`It ended without saying ${text}:\n${said.stdout}\n${said.stderr}`));
        const look = () => {
          if (!(typeof text === 'string' ? said[where].includes(text) : text.test(said[where]))) return;
          listeners.delete(look);
          child.off('close', end);
          found(said[where]);
        };
        listeners.add(look);
        child.once('close', end);
        look();
      }),
    write: (message) => void child.stdin.write(`${JSON.stringify(message)}\n`),
    exit: new Promise((ended) => void child.once('close', (code, signal) => ended(code ?? String(signal)))),
  };
}
