import * as z from 'zod';
import { defineCommand } from '../command.ts';
import { option, UsageError } from '../option.ts';
import { definitionOptions } from './definitions/options.ts';

const { dataDir: _dataDir, seed: _seed, ...shared } = definitionOptions.shape;

export const cloneSchema = defineCommand({
  name: 'clone-schema',
  summary: 'Copy the configuration of a HubSpot account, no records, into a file for `portal --seed`',
  options: z.object({
    ...shared,
    anonymizeOwners: option(
      { flag: '--anonymize-owners', text: "leave owners' names and e-mail addresses out; their ids and teams stay" },
      z.boolean().default(false),
    ),
  }),

  async run(options, terminal) {
    if (options.accessToken === undefined && options.accessTokenFile === undefined) {
      throw new UsageError(
        'clone-schema reads a HubSpot account: set HUBSPOT_ACCESS_TOKEN or HUBSPOT_ACCESS_TOKEN_FILE. It needs read scopes only.',
      );
    }
    const [{ writeDefinitions }, { portalFileOf }] = await Promise.all([
      import('./definitions/write.ts'),
      import('./clone-schema/portal-file.ts'),
    ]);
    const { types, owners } = await writeDefinitions(
      { ...options, seed: 'none' },
      terminal,
      ({ definitions }) => `${JSON.stringify(portalFileOf(definitions, options), null, 2)}\n`,
    );
    const properties = types.reduce((sum, each) => sum + each.properties.length, 0);
    const pipelines = types.reduce((sum, each) => sum + each.pipelines.length, 0);
    terminal.stdout.write(
      `${types.length} object types with ${properties} properties and ${pipelines} pipelines, and ${owners.length} owners are in ${options.out}\n` +
        `Try it: hubspot-crm-mcp portal --seed ${options.out}\n`,
    );
  },
});
