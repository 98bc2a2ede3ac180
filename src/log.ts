/** What an operator is told on stderr: lines of text for people, or of JSON for programs that collect them. */

import type { Clock } from './clock.ts';
import { harmless, operatorLine } from './operator-line.ts';

const LEVELS = ['error', 'warn', 'info', 'debug'] as const;
export type Level = (typeof LEVELS)[number];

/** What a message is about, where that is known. Nothing here is a record's text. */
export interface About {
  /** `info` if omitted. */
  readonly level?: Level;
  readonly tool?: string;
  readonly caller?: string;
  readonly session?: string;
  readonly callId?: string;
  readonly code?: string;
  readonly tookMs?: number;
  readonly alert?: string;
}

export type Log = (message: string, about?: About) => void;

export interface LogOptions {
  readonly format: 'text' | 'json';
  /** Messages of lower levels are left out. */
  readonly level: Level;
  readonly clock: Clock;
  /** Takes secrets out, by their values. */
  readonly redact: (text: string) => string;
  /** Takes whole lines. */
  readonly write: (text: string) => void;
}

export function createLog({ format, level, clock, redact, write }: LogOptions): Log {
  const most = LEVELS.indexOf(level);
  const clean = (value: string | number) => (typeof value === 'string' ? redact(harmless(value)) : value);
  return (message, { level: its = 'info', ...about } = {}) => {
    if (LEVELS.indexOf(its) > most) return;
    if (format === 'text') return write(`${redact(operatorLine(message))}\n`);
    const fields = Object.entries(about).map(([name, value]) => [name, clean(value)] as const);
    const time = new Date(clock.now()).toISOString();
    write(`${JSON.stringify({ time, level: its, message: clean(message), ...Object.fromEntries(fields) })}\n`);
  };
}
