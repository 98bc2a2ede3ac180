/** Which tools a server has. */

import { lazy } from './lazy.ts';
import type { Tool, Toolset } from './tool.ts';
import type { ToolDescription } from './tool-description.ts';
import { toolDescriptions } from './tool-descriptions.ts';

export interface Catalogue {
  readonly toolsets: readonly Toolset[];
  /** The tools of the enabled toolsets, in reading order; in read-only mode those that change nothing. */
  readonly enabled: readonly ToolDescription[];
  /** Enabled or not, so that a refusal can say which. */
  find(name: string): { readonly description: ToolDescription; readonly hidden?: 'toolset' | 'read_only' } | undefined;
  /** The tool itself; all of them are loaded when the first is needed. */
  load(description: ToolDescription): Promise<Tool>;
}

export interface CatalogueOptions {
  readonly toolsets: readonly Toolset[];
  readonly readOnly: boolean;
}

export function createCatalogue(
  descriptions: readonly ToolDescription[],
  loadTools: () => Promise<readonly Tool[]>,
  options: CatalogueOptions,
): Catalogue {
  const tools = lazy(async () => new Map((await loadTools()).map((tool) => [tool.name, tool])));
  const byName = new Map(descriptions.map((description) => [description.name, description]));
  const hidden = ({ toolset, effect }: ToolDescription) => {
    if (!options.toolsets.includes(toolset)) return 'toolset';
    return options.readOnly && effect !== 'read' ? 'read_only' : undefined;
  };
  return {
    toolsets: options.toolsets,
    enabled: descriptions.filter((description) => hidden(description) === undefined),
    find(name) {
      const description = byName.get(name);
      if (description === undefined) return undefined;
      const reason = hidden(description);
      return reason === undefined ? { description } : { description, hidden: reason };
    },
    async load({ name }) {
      const tool = (await tools.get()).get(name);
      if (tool === undefined) throw new Error(`The tool ${name} is described and does not exist.`);
      return tool;
    },
  };
}

/** The catalogue of this package's tools. */
export function packageCatalogue(options: CatalogueOptions): Catalogue {
  return createCatalogue(toolDescriptions, async () => (await import('../tools/index.ts')).tools, options);
}
