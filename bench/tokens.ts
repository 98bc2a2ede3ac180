import { encode } from 'gpt-tokenizer/encoding/o200k_base';
import type { ToolDefinition } from './session.ts';

/** Tokens of o200k, the vocabulary of OpenAI's models since GPT-4o; other models' counts lie near it. */
export function tokensOf(text: string): number {
  return encode(text).length;
}

/** The definitions as a host puts them before a model: compact, without titles, annotations and output schemas. */
export function asModelSees(tools: readonly ToolDefinition[]): string {
  return JSON.stringify(tools.map(({ name, description, inputSchema }) => ({ name, description, inputSchema })));
}
