/** What a tool is. Contracts only: nothing here does anything. */

import type * as z from 'zod';
import type { Crm } from './crm/index.ts';
import type { Jobs, TaskKind } from './jobs/index.ts';
import type { Quality } from './quality/types.ts';
import type { Writes } from './writes/index.ts';

/**
 * What a call does to the portal. This one word decides the MCP annotations, what read-only mode removes and which
 * approval a call needs.
 */
export type Effect = 'read' | 'add' | 'link' | 'overwrite' | 'archive' | 'merge';

/**
 * `journal`: what was changed, taking it back, and the jobs that work in the background. `quality`: duplicates, anomalies,
 * merges, and what enriches records.
 */
export type Toolset = 'crm' | 'schema' | 'journal' | 'quality';

/** What a handler may use. Everything in it is bound to this one call: its deadline, its cancellation, its caller. */
export interface ToolContext {
  /** Reads, and turns what people say into HubSpot's terms. */
  readonly crm: Crm;
  /** The one door for every write. */
  readonly writes: Writes;
  /** What is too large for one call. */
  readonly jobs: Jobs;
  /** Duplicates, anomalies, and what people said of them. */
  readonly quality: Quality;
  /** Tells a client that asked for it how far the call is; `total` is omitted while it is unknown. */
  progress(done: number, total?: number, message?: string): void;
}

export interface Tool<In extends z.ZodObject = z.ZodObject, Out extends z.ZodObject = z.ZodObject> {
  /** verb_noun, without a vendor prefix: clients add the server's name. */
  readonly name: string;
  readonly title: string;
  /** The first line says what it does and is the README's row; then when to use it or another; then the one sharp edge. */
  readonly description: string;
  readonly toolset: Toolset;
  /** Served with `crm` where nobody chooses, though it is of another toolset. */
  readonly byDefault?: true;
  readonly effect: Effect;
  /** HubSpot scopes that a call needs. `{objectType}` stands for the call's object type. */
  readonly scopes: readonly string[];
  readonly input: In;
  readonly output: Out;
  /** It asks a model, and is served only where the operator asked for one. */
  readonly asksModel?: true;
  /** Of a tool whose rows may become a job: how the job writes them. */
  readonly bulk?: TaskKind;
  /** Returns plain data and throws HubSpotError or UserError. It never catches to format, and never makes MCP results. */
  handler(input: z.output<In>, context: ToolContext): Promise<z.input<Out>>;
}

/** Keeps a tool's own schemas in its type, so that `handler` sees what they parse to. */
export function defineTool<In extends z.ZodObject, Out extends z.ZodObject>(tool: Tool<In, Out>): Tool<In, Out> {
  return tool;
}
