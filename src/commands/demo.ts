import * as z from 'zod';
import { systemClock, systemRandom } from '../clock.ts';
import { defineCommand } from '../command.ts';
import { serverOptions } from '../config/config.ts';
import { option, UsageError } from '../option.ts';

const DEFAULT_TYPE = 'companies';
const DEFAULT_DELIMITER = ',';
const ONE_CHARACTER = 'expected one character, or tab';

export const demo = defineCommand({
  name: 'demo',
  summary: 'Show the main job: a real MCP client works a portal through this server',
  options: z.object({
    import: option(
      { flag: '--import <file>', text: 'import this CSV file through the tools, then work with its records' },
      z.string().min(1, 'expected a file').optional(),
    ),
    type: option(
      { flag: '--type <objectType>', text: 'what its rows become (default: companies)' },
      z.string().min(1, 'expected an object type').default(DEFAULT_TYPE),
    ),
    map: option(
      {
        flag: '--map <pairs>',
        text: 'where columns go, "Column=property,Other=other"; the rest go by their names, "Column=" goes nowhere',
      },
      z.string().default(''),
    ),
    key: option(
      {
        flag: '--key <column>',
        text: 'update the record that has the same value here; kept in a unique property, which is created first',
      },
      z.string().min(1, 'expected a column').optional(),
    ),
    delimiter: option(
      { flag: '--delimiter <character>', text: 'what divides the fields (default: ,)' },
      z
        .string()
        .transform((said) => (said === 'tab' ? '\t' : said))
        .pipe(z.string().length(1, ONE_CHARACTER))
        .default(DEFAULT_DELIMITER),
    ),
    onHubspot: option(
      { flag: '--on-hubspot', text: 'import into the HubSpot account of the token instead of the embedded portal' },
      z.boolean().default(false),
    ),
    createKey: option(
      { flag: '--create-key', text: 'with --on-hubspot and --key: create the unique property if it is not there' },
      z.boolean().default(false),
    ),
    showAll: option(
      {
        flag: '--show-all',
        text: 'with --on-hubspot: also associate the first two records and log a note on them, as on the embedded portal',
      },
      z.boolean().default(false),
    ),
    accessToken: serverOptions.shape.accessToken,
    accessTokenFile: serverOptions.shape.accessTokenFile,
    baseUrl: serverOptions.shape.baseUrl,
    dataDir: serverOptions.shape.dataDir,
  }),

  async run(options, { stdout, stderr, entry, ended }) {
    const { import: file, onHubspot } = options;
    const stray = file === undefined ? importOption(options) : undefined;
    if (stray !== undefined) throw new UsageError(`${stray} goes with --import: it says how a file is imported.`);
    if (onHubspot && file === undefined) {
      throw new UsageError(
        '--on-hubspot goes with --import: the demo alone makes up records, so it stays on the embedded portal.',
      );
    }
    if (onHubspot && options.accessToken === undefined && options.accessTokenFile === undefined) {
      throw new UsageError('--on-hubspot needs HUBSPOT_ACCESS_TOKEN or HUBSPOT_ACCESS_TOKEN_FILE.');
    }
    const [{ startAgent }, { createProgress }, { createTranscript }, { showTour }, { checkFile, importCsv }] =
      await Promise.all([
        import('./demo/agent.ts'),
        import('./demo/progress.ts'),
        import('./demo/transcript.ts'),
        import('./demo/tour.ts'),
        import('./demo/import.ts'),
      ]);
    const request =
      file === undefined
        ? undefined
        : {
            file,
            delimiter: options.delimiter,
            objectType: options.type,
            map: options.map,
            ...(options.key !== undefined && { key: options.key }),
            mayCreateKey: !onHubspot || options.createKey,
            embedded: !onHubspot,
            mayAddMore: !onHubspot || options.showAll,
          };
    const checked = request === undefined ? undefined : await checkFile(request);

    const interruption = new AbortController();
    void ended.then(() => interruption.abort());
    const progress = createProgress(stderr);
    const agent = await startAgent({ entry, ...serverFor(options, request?.key !== undefined) });
    const transcript = createTranscript({ agent, out: stdout, progress, clock: systemClock });
    try {
      transcript.say(
        onHubspot
          ? 'An MCP client on the HubSpot account of your token.'
          : `An MCP client on the embedded portal${options.accessToken === undefined ? '' : ' (your token is not used: --on-hubspot would)'}.`,
      );
      const stage = {
        agent,
        transcript,
        progress,
        clock: systemClock,
        random: systemRandom,
        ended: () => interruption.signal.aborted,
      };
      if (request === undefined || checked === undefined) await showTour(stage);
      else await importCsv(request, checked, stage);
    } finally {
      progress.stop();
      await agent.close();
    }
  },
});

/** The first option that was given and says something about a file only. */
function importOption(options: {
  readonly type: string;
  readonly map: string;
  readonly key?: string | undefined;
  readonly delimiter: string;
  readonly createKey: boolean;
  readonly showAll: boolean;
}): string | undefined {
  const given = {
    '--key': options.key !== undefined,
    '--map': options.map !== '',
    '--type': options.type !== DEFAULT_TYPE,
    '--delimiter': options.delimiter !== DEFAULT_DELIMITER,
    '--create-key': options.createKey,
    '--show-all': options.showAll,
  };
  return Object.entries(given).find(([, said]) => said)?.[0];
}

interface ServerChoice {
  readonly onHubspot: boolean;
  readonly accessToken?: string | undefined;
  readonly accessTokenFile?: string | undefined;
  readonly baseUrl: string;
  readonly dataDir?: string | undefined;
}

/** The child gets a token only for an import that was meant for HubSpot. */
function serverFor(options: ServerChoice, withKey: boolean): { args: string[]; environment: Record<string, string> } {
  const { onHubspot, accessToken, accessTokenFile, baseUrl, dataDir } = options;
  const args = withKey ? ['--toolsets', 'crm,schema'] : [];
  if (!onHubspot)
    return { args: [...args, ...(dataDir === undefined ? [] : ['--data-dir', dataDir])], environment: {} };
  return {
    args,
    environment: {
      HUBSPOT_BASE_URL: baseUrl,
      ...(accessToken !== undefined && { HUBSPOT_ACCESS_TOKEN: accessToken }),
      ...(accessTokenFile !== undefined && { HUBSPOT_ACCESS_TOKEN_FILE: accessTokenFile }),
    },
  };
}
