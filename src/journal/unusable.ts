/** Nothing can be written down, so nothing may be sent. The message says why, and what to do. */
export class JournalUnusable extends Error {
  override readonly name = 'JournalUnusable';
}
