/** Which tools there are. Which of them are served is the policy's to say. */

import { lazy } from '../lazy.ts';
import type { Tool } from '../tool.ts';
import type { ToolDescription } from './tool-description.ts';
import { toolDescriptions } from './tool-descriptions.ts';

export interface Catalogue {
  /** In reading order. */
  readonly all: readonly ToolDescription[];
  find(name: string): ToolDescription | undefined;
  /** The tool itself; all of them are loaded when the first is needed. */
  load(description: ToolDescription): Promise<Tool>;
}

export function createCatalogue(
  descriptions: readonly ToolDescription[],
  loadTools: () => Promise<readonly Tool[]>,
): Catalogue {
  const tools = lazy(async () => new Map((await loadTools()).map((tool) => [tool.name, tool])));
  const byName = new Map(descriptions.map((description) => [description.name, description]));
  return {
    all: descriptions,
    find: (name) => byName.get(name),
    async load({ name }) {
      const tool = (await tools.get()).get(name);
      if (tool === undefined) throw new Error(`The tool ${name} is described and does not exist.`);
      return tool;
    },
  };
}

/** The catalogue of this package's tools. @param model whether there is one that tools may ask */
export function packageCatalogue({ model }: { readonly model: boolean }): Catalogue {
  const there = toolDescriptions.filter(({ asksModel = false }) => model || !asksModel);
  return createCatalogue(there, async () => (await import('../../tools/index.ts')).tools);
}
