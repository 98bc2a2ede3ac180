/** The client of HubSpot's API: typed calls, an exact quota, retries by meaning, deadlines, and outcomes per row. */

export { outcomeOf, wholeFailure } from './batches.ts';
export type { ExchangeEvent } from './client.ts';
export type { HubSpotOptions } from './create-hubspot.ts';
export { createHubSpot } from './create-hubspot.ts';
export type * from './definitions.ts';
export { HubSpotError } from './errors.ts';
export type * from './hubspot.ts';
export type * from './types.ts';
