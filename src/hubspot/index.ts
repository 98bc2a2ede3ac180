/** The client of HubSpot's API: typed calls, an exact quota, retries by meaning, deadlines, and outcomes per row. */

export type { HubSpotErrorCode, HubSpotErrorDetail } from './errors.ts';
export { HubSpotError } from './errors.ts';
export type * from './hubspot.ts';
export type * from './types.ts';
