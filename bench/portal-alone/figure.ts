import * as z from 'zod';

/** One line about the embedded portal, measured in a process in which nothing else happens. */
export const portalFigure = z.object({
  measure: z.string(),
  unit: z.enum(['ms', 's', 'MB']),
  sample: z.object({ median: z.number(), min: z.number(), max: z.number(), runs: z.number() }),
  /** What the project promises; whether it was reached decides nothing but what is printed. */
  reach: z.exactOptional(z.object({ text: z.string(), reached: z.boolean() })),
});

export type PortalFigure = z.output<typeof portalFigure>;

/** How much is in the portal, and how often each thing is measured. */
export interface PortalScale {
  readonly contacts: number;
  readonly rounds: number;
}

/** Each is measured in a process of its own; a new one is a word here and a line in child.ts. */
export const portalKinds = ['store', 'api', 'snapshots'] as const;

export type PortalKind = (typeof portalKinds)[number];
