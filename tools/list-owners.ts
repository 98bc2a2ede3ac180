import * as z from 'zod';
import { ownerName } from '../src/crm/owners.ts';
import { tableShape } from '../src/crm/schemas.ts';
import { fold } from '../src/crm/words.ts';
import { defineTool } from '../src/tool.ts';

export const listOwners = defineTool({
  name: 'list_owners',
  title: 'List owners',
  description: `List the users who can own records, active or deactivated.
Other tools take owners by e-mail or full name; use this to choose one.`,
  toolset: 'crm',
  effect: 'read',
  scopes: ['crm.objects.owners.read'],
  input: z.object({
    find: z.string().optional().describe('Part of a name or e-mail'),
    archived: z.boolean().optional().describe('true: the deactivated ones'),
  }),
  output: z.object({ ...tableShape, total: z.int(), note: z.string().optional() }),

  async handler({ find = '', archived }, { crm }) {
    const fits = (text = '') => fold(text).includes(fold(find));
    const listed = async (gone: boolean) =>
      (await crm.owners.list({ archived: gone })).filter(
        (owner) => find === '' || fits(ownerName(owner)) || fits(owner.email) || owner.id === find.trim(),
      );
    const asked = await listed(archived ?? false);
    const onlyGone = archived === undefined && find !== '' && asked.length === 0;
    const owners = onlyGone ? await listed(true) : asked;
    return {
      ...(onlyGone && owners.length > 0 ? { note: 'Only deactivated owners fit.' } : {}),
      total: owners.length,
      columns: ['id', 'name', 'email'],
      rows: owners.map((owner) => [owner.id, ownerName(owner), owner.email ?? null]),
    };
  },
});
