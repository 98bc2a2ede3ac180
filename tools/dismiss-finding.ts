import * as z from 'zod';
import { defineTool } from '../src/tool.ts';

export const dismissFinding = defineTool({
  name: 'dismiss_finding',
  title: 'Dismiss findings',
  description: `Never show these findings again, nor these records as duplicates.
Only after a person said so. HubSpot is not changed.`,
  toolset: 'quality',
  effect: 'link',
  scopes: [],
  input: z.object({
    fingerprints: z.array(z.string()).min(1).max(100).describe('Of find_anomalies, or pair:<objectType>:<id>:<id>'),
    reason: z.string().optional(),
  }),
  output: z.object({ dismissed: z.int(), already: z.int(), fingerprints: z.array(z.string()) }),
  async handler({ fingerprints, reason }, { quality }) {
    const { fresh, already } = await quality.dismiss(fingerprints, reason);
    return { dismissed: fresh.length, already, fingerprints: [...fresh] };
  },
});
