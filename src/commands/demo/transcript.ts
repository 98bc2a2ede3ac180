/** What a person reads of a conversation between an agent and the server. */

import type { Writable } from 'node:stream';
import type { Clock } from '../../clock.ts';
import type { Agent, ToolAnswer } from './agent.ts';
import type { Progress } from './progress.ts';

export interface Transcript {
  /** A line of the story. */
  say(text: string): void;
  /** Asks, calls the tool, and shows both shortened. */
  ask(question: string, tool: string, args: Readonly<Record<string, unknown>>): Promise<ToolAnswer>;
  /** How many calls were made and what their answers cost a model. */
  summary(): string;
}

const LINES = 10;
const WIDTH = 110;
/** Answers of this server have 2.9 (ids, numbers) to 4.5 (names of properties) in OpenAI's o200k. */
const CHARACTERS_PER_TOKEN = 3.4;

/** A call that takes longer than this shows how far it is. */
const PATIENCE_MS = 1_000;

export interface TranscriptParts {
  readonly agent: Agent;
  readonly out: Writable;
  readonly progress: Progress;
  readonly clock: Clock;
}

export function createTranscript({ agent, out, progress, clock }: TranscriptParts): Transcript {
  let steps = 0;
  let characters = 0;
  return {
    say: (text) => void out.write(`${text}\n`),
    async ask(question, tool, args) {
      steps += 1;
      out.write(`\n${steps}. ${question}\n${block('→', `${tool} ${JSON.stringify(args)}`)}\n`);
      const answer = await agent.call(tool, args, patiently(tool));
      progress.stop();
      characters += answer.text.length;
      out.write(`${block(answer.isError ? '✗' : '←', answer.text)}\n   (about ${about(answer.text.length)} tokens)\n`);
      return answer;
    },
    summary: () => `${steps} calls; their answers cost a model about ${about(characters)} tokens.`,
  };

  function patiently(tool: string): (done: number, total?: number) => void {
    const from = clock.elapsed() + PATIENCE_MS;
    let shown = false;
    return (done, total) => {
      if (total === undefined || clock.elapsed() < from) return;
      if (!shown) progress.start(`   ${tool}`, total);
      shown = true;
      progress.at(done);
    };
  }
}

/** Indented, its long lines wrapped, and cut after {@link LINES}. */
function block(mark: string, text: string): string {
  const lines = text
    .trimEnd()
    .split('\n')
    .filter((line) => line !== '')
    .flatMap((line) => wrap(line.replaceAll('\t', '  ')));
  const shown = lines.slice(0, LINES);
  if (lines.length > LINES) shown.push(`… and ${lines.length - LINES} more lines`);
  return shown.map((line, index) => `   ${index === 0 ? mark : ' '} ${line}`).join('\n');
}

function wrap(line: string): string[] {
  const pieces: string[] = [];
  for (let from = 0; from < line.length; from += WIDTH) pieces.push(line.slice(from, from + WIDTH));
  return pieces;
}

/** Two leading digits: the figure is an estimate. */
function about(characters: number): string {
  const tokens = characters / CHARACTERS_PER_TOKEN;
  return Number(Math.max(1, Math.round(tokens)).toPrecision(2)).toLocaleString('en-US');
}
