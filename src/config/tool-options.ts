/** What models see: which tools, and which links in what records say. */

import * as z from 'zod';
import { option, optionGroup } from '../option.ts';
import type { Profile } from '../policy/profiles.ts';
import type { Toolset } from '../tool.ts';
import { list } from './values.ts';

export const toolsets = ['crm', 'schema', 'journal', 'quality'] as const satisfies readonly Toolset[];
const toolsetChoices = ['default', ...toolsets] as const;
const profiles = ['readonly', 'chatbot', 'revops', 'full'] as const satisfies readonly Profile[];

export const toolOptions = optionGroup('Tools', {
  toolsets: option(
    {
      flag: '--toolsets <list>',
      variable: 'HUBSPOT_MCP_TOOLSETS',
      text: `which tools to serve: ${toolsetChoices.join(', ')} or all (default: default, which is crm and what is used most of quality)`,
    },
    list
      .transform((names) => (names.includes('all') ? [...toolsets] : names))
      .pipe(
        z
          .array(z.enum(toolsetChoices, { error: `expected ${toolsetChoices.join(', ')} or all` }))
          .min(1, 'expected at least one'),
      )
      .optional(),
  ),
  profile: option(
    {
      flag: '--profile <name>',
      variable: 'HUBSPOT_MCP_PROFILE',
      text: 'a ready choice of tools: readonly, chatbot, revops or full; --toolsets and --read-only narrow it',
    },
    z.enum(profiles, { error: `expected one of ${profiles.join(', ')}` }).optional(),
  ),
  linkHosts: option(
    {
      flag: '--link-hosts <list>',
      variable: 'HUBSPOT_MCP_LINK_HOSTS',
      text: "hosts, by comma, whose links in records' text stay links beside HubSpot's own (default: none)",
    },
    list.optional(),
  ),
  allowDestructive: option(
    {
      flag: '--allow-destructive',
      variable: 'HUBSPOT_MCP_ALLOW_DESTRUCTIVE',
      text: 'approval by a person took its place',
      gone: true,
    },
    z
      .undefined({
        error:
          'it is gone. A person now approves each such call: in a form where the MCP client can show one, otherwise by a token. The policy file (--policy) says what needs approval and what does not',
      })
      .optional(),
  ),
});
