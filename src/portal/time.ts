/** Times as HubSpot writes them: ISO 8601 in UTC, without a fraction where it is zero. Milliseconds since the epoch in. */
export function isoTime(ms: number): string {
  return new Date(ms).toISOString().replace('.000Z', 'Z');
}
