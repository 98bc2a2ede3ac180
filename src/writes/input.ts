/** Pieces that the inputs of writing tools share, so that the same thing is said in the same way. */

import * as z from 'zod';

/** Rows of one call. More is a job, not a call. */
export const MAX_ROWS = 1000;

/** One or many: a single object is taken as a list of one. */
export function rows<Row extends z.ZodType>(row: Row) {
  return z.array(row).min(1).max(MAX_ROWS);
}

/** A record by its id, or by the value of a unique property. */
export const recordRef = z
  .union([z.string(), z.strictObject({ idProperty: z.string(), value: z.string() })])
  .meta({ shown: { description: 'Id or {idProperty, value}', type: ['string', 'object'] } });

export const objectType = z.string();

/** Property names and values, as people say them. */
export const properties = z.record(z.string(), z.unknown());

const association = z.strictObject({
  toObjectType: z.string(),
  to: recordRef,
  labels: z.array(z.string()).optional(),
});
export const associations = z.array(association).optional();
export const requiredAssociations = z.array(association).min(1);

export const time = z.string().optional().describe('Now if omitted');
export const owner = z.string().optional().describe('E-mail, name or id');
/** Ids of files in HubSpot, to be attached. */
export const fileIds = z.array(z.string()).optional();

/** What every writing tool takes. */
export const writeArguments = {
  dryRun: z.boolean().optional(),
  idempotencyKey: z.string().optional(),
  approvalToken: z.string().optional(),
};

/** A record as the journal names it. */
export const recordName = z
  .string()
  .regex(/^\w+ \d+$/, 'as `contacts 101`')
  .describe('As contacts 101');
