import * as z from 'zod';
import { defineTool } from '../src/tool.ts';
import { checkLabelUpdate } from '../src/writes/check-labels.ts';
import { writeReport } from '../src/writes/index.ts';
import { objectType, writeArguments } from '../src/writes/input.ts';

export const updateAssociationLabel = defineTool({
  name: 'update_association_label',
  title: 'Rename an association label',
  description: `Rename an association label; the pairs that carry it keep it.`,
  toolset: 'schema',
  effect: 'overwrite',
  scopes: ['crm.schemas.{fromObjectType}.write'],
  input: z.object({
    fromObjectType: objectType,
    toObjectType: objectType,
    label: z.string(),
    newLabel: z.string(),
    newInverseLabel: z.string().optional(),
    ...writeArguments,
  }),
  output: writeReport,
  handler: (input, { crm, writes }) =>
    writes.run({ tool: 'update_association_label', input, check: () => checkLabelUpdate(crm, input) }),
});
