import * as z from 'zod';
import { UserError } from '../src/crm/index.ts';
import { defineTool } from '../src/tool.ts';

const LISTED = 50;

export const dismissFinding = defineTool({
  name: 'dismiss_finding',
  title: 'Dismiss findings',
  description: `Hide findings, or records as duplicates, from everybody for good.
Only after a person said so. What is late or idle comes again at 10 to 100 times as many. restore: show again; no arguments: list.`,
  toolset: 'quality',
  effect: 'link',
  scopes: [],
  input: z.object({
    fingerprints: z
      .array(z.string())
      .max(100)
      .optional()
      .describe('Of find_anomalies, pair:<objectType>:<id>:<id> or value:…'),
    reason: z.string().max(500).optional(),
    restore: z.boolean().optional(),
    approvalToken: z.string().optional(),
  }),
  output: z.object({
    dismissed: z.int().optional(),
    already: z.int().optional(),
    restored: z.int().optional(),
    fingerprints: z.array(z.string()).optional(),
    total: z.int().optional(),
    columns: z.array(z.string()).optional(),
    rows: z.array(z.array(z.union([z.string(), z.null()]))).optional(),
  }),
  async handler({ fingerprints = [], reason, restore = false }, { quality }) {
    if (restore && fingerprints.length === 0) {
      throw new UserError('invalid_arguments', 'What is to come back? Give its fingerprints.', {
        property: 'fingerprints',
        next: 'dismiss_finding without arguments lists what was dismissed.',
      });
    }
    if (restore) {
      const back = await quality.restore(fingerprints);
      return { restored: back.length, fingerprints: [...back] };
    }
    if (fingerprints.length === 0) {
      const all = (await quality.memory.dismissals()).toSorted((a, b) => b.at - a.at);
      return {
        total: all.length,
        columns: ['fingerprint', 'by', 'at', 'reason'],
        rows: all
          .slice(0, LISTED)
          .map(({ fingerprint, by, at, reason: why }) => [fingerprint, by, new Date(at).toISOString(), why ?? null]),
      };
    }
    const { fresh, already } = await quality.dismiss(fingerprints, reason);
    return { dismissed: fresh.length, already, fingerprints: [...fresh] };
  },
});
