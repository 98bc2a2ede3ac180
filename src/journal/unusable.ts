/** Nothing can be written down, so nothing may be sent. The message says why, and what to do. */
export class JournalUnusable extends Error {
  override readonly name = 'JournalUnusable';
}

/** For what the disk itself refused, such as a full one. */
export function diskRefused(what: string, cause: unknown): JournalUnusable {
  if (cause instanceof JournalUnusable) return cause;
  const why = cause instanceof Error ? cause.message : String(cause);
  return new JournalUnusable(
    `The journal of writes ${what} (${why}), and nothing is sent to HubSpot that is not written down first. Make room on the disk, or see to it that this process can read and write the journal's folder, and try again.`,
    { cause },
  );
}
