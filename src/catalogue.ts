/** Which tools a server has, and how each is described. */

import { jsonSchema, type ObjectJsonSchema } from './json-schema.ts';
import type { Tool, Toolset } from './tool.ts';

/** A tool as its readers see it, derived from the tool once. */
export interface CatalogueEntry {
  readonly tool: Tool;
  readonly inputSchema: ObjectJsonSchema;
  readonly outputSchema: ObjectJsonSchema;
}

export interface Catalogue {
  /** The tools of the enabled toolsets, in reading order; in read-only mode those that change nothing. */
  readonly enabled: readonly CatalogueEntry[];
  /** Enabled or not, so that a refusal can say which. */
  find(name: string): { readonly entry: CatalogueEntry; readonly hidden?: 'toolset' | 'read_only' } | undefined;
}

export interface CatalogueOptions {
  readonly toolsets: readonly Toolset[];
  readonly readOnly: boolean;
}

export function createCatalogue(tools: readonly Tool[], options: CatalogueOptions): Catalogue {
  const hidden = (tool: Tool) => {
    if (!options.toolsets.includes(tool.toolset)) return 'toolset';
    return options.readOnly && tool.effect !== 'read' ? 'read_only' : undefined;
  };
  const entries = new Map(tools.map((tool) => [tool.name, describe(tool)]));
  return {
    enabled: [...entries.values()].filter(({ tool }) => hidden(tool) === undefined),
    find(name) {
      const entry = entries.get(name);
      if (entry === undefined) return undefined;
      const reason = hidden(entry.tool);
      return reason === undefined ? { entry } : { entry, hidden: reason };
    },
  };
}

/** Schemas are described when they are first read: a call needs neither, and a server that is only called needs none. */
function describe(tool: Tool): CatalogueEntry {
  let inputSchema: ObjectJsonSchema | undefined;
  let outputSchema: ObjectJsonSchema | undefined;
  return {
    tool,
    get inputSchema() {
      return (inputSchema ??= jsonSchema(tool.input.strict(), 'input'));
    },
    get outputSchema() {
      return (outputSchema ??= jsonSchema(tool.output, 'output'));
    },
  };
}
