/** Which sessions have read text that people outside wrote. What such a text asks for must not be done unasked. */

export interface Taint {
  /** For the life of the session. */
  add(session: string): void;
  has(session: string): boolean;
}

/** Of some hundred bytes each. The one that has been quiet the longest goes first. */
const SESSIONS = 100_000;

export function createTaint(sessions = SESSIONS): Taint {
  const tainted = new Set<string>();
  const touch = (session: string) => {
    tainted.delete(session);
    tainted.add(session);
  };
  return {
    add(session) {
      touch(session);
      const [oldest] = tainted;
      if (tainted.size > sessions && oldest !== undefined) tainted.delete(oldest);
    },
    has(session) {
      if (!tainted.has(session)) return false;
      touch(session);
      return true;
    },
  };
}
