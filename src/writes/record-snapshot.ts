import * as z from 'zod';

/** As HubSpot stores them. */
export const values = z.record(z.string(), z.string().nullable());

export const snapshot = z.object({
  id: z.string(),
  /** What can be set again by hand. */
  values,
  /** What HubSpot sets, and what may not be written here. */
  readOnly: values,
  /** Ids, by the object type's name. */
  associated: z.record(z.string(), z.array(z.string())),
});

/** A record as it was before it became one with another. */
export type Snapshot = z.output<typeof snapshot>;
