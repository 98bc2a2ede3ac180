import * as z from 'zod';
import { defineTool } from '../src/tool.ts';
import { checkNewLabel } from '../src/writes/check-labels.ts';
import { writeReport } from '../src/writes/index.ts';
import { objectType, writeArguments } from '../src/writes/input.ts';

export const createAssociationLabel = defineTool({
  name: 'create_association_label',
  title: 'Create an association label',
  description: `Create a label for associations of two object types, such as "Decision maker".
inverseLabel is what the other direction is called, if not the same. HubSpot takes 10 labels per pair of types.`,
  toolset: 'schema',
  effect: 'add',
  scopes: ['crm.schemas.{fromObjectType}.write'],
  input: z.object({
    fromObjectType: objectType,
    toObjectType: objectType,
    label: z.string(),
    inverseLabel: z.string().optional(),
    name: z.string().optional().describe('Internal name; made from the label if omitted'),
    ...writeArguments,
  }),
  output: writeReport,
  handler: (input, { crm, writes }) =>
    writes.run({ tool: 'create_association_label', input, check: () => checkNewLabel(crm, input) }),
});
