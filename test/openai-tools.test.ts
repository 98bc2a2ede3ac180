import type { FunctionTool } from 'openai/resources/responses/responses';
import { expect, it } from 'vitest';
import { createCrm } from '../src/index.ts';

it("describes the tools in the very type of OpenAI's own client", async () => {
  const crm = await createCrm({ seed: 'none' });
  const tools: FunctionTool[] = crm.openAiTools();
  expect(tools.map(({ name }) => name)).toEqual(crm.tools.map(({ name }) => name));
  await crm.close();
});
