/** Times as HubSpot writes them: ISO 8601 in UTC, without a fraction where it is zero. Milliseconds since the epoch in. */
export function isoTime(ms: number): string {
  // One moment is often said many times in a row.
  if (ms !== last.ms) last = { ms, text: new Date(ms).toISOString().replace('.000Z', 'Z') };
  return last.text;
}

let last = { ms: 0, text: '1970-01-01T00:00:00Z' };
