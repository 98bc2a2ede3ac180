import * as z from 'zod';
import { defineTool } from '../src/tool.ts';
import { checkLabelArchive } from '../src/writes/check-labels.ts';
import { writeReport } from '../src/writes/index.ts';
import { objectType, writeArguments } from '../src/writes/input.ts';

export const archiveAssociationLabel = defineTool({
  name: 'archive_association_label',
  title: 'Remove an association label',
  description: `Remove an association label, from every pair that carries it.
It cannot be brought back; the pairs stay associated, without the label.`,
  toolset: 'schema',
  effect: 'archive',
  scopes: ['crm.schemas.{fromObjectType}.write'],
  input: z.object({
    fromObjectType: objectType,
    toObjectType: objectType,
    label: z.string(),
    ...writeArguments,
  }),
  output: writeReport,
  handler: (input, { crm, writes }) =>
    writes.run({ tool: 'archive_association_label', input, check: () => checkLabelArchive(crm, input) }),
});
