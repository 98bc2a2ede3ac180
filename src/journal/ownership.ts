/** Whose a call or job is: its first process's, or that of whoever took it over last. */

import type { Clock } from '../clock.ts';
import { claim, endOf, takeClaims } from './claims.ts';
import type { Disk } from './disk.ts';
import type { Processes } from './processes.ts';

export interface Ownership {
  /** Its owner is gone, or has left it. */
  free(id: string, known: Known): Promise<boolean>;
  /** Makes this process the owner of something that is free; undefined when it is not, or when another was faster. */
  take(id: string, known: Known): Promise<Owned | undefined>;
}

export interface Known {
  /** The process that began it. */
  readonly writer: string;
  /** Tokens of owners that left it. */
  readonly left?: ReadonlySet<string>;
}

export interface Owned {
  /** This owner's name; the first owner's is {@link FIRST}. */
  readonly token: string;
}

export const FIRST = 'first';

export interface OwnershipParts {
  readonly disk: Disk;
  readonly clock: Clock;
  readonly processes: Processes;
  readonly me: string;
  readonly newId: () => string;
}

export function createOwnership({ disk, clock, processes, me, newId }: OwnershipParts): Ownership {
  async function ownerOf(id: string, { writer, left }: Known) {
    const { last, next } = await endOf(disk, takeClaims(id));
    const gone = left?.has(last?.token ?? FIRST) || !(await processes.alive(last?.writer ?? writer));
    return { gone, next };
  }

  return {
    free: async (id, known) => (await ownerOf(id, known)).gone,
    async take(id, known) {
      const { gone, next } = await ownerOf(id, known);
      if (!gone) return undefined;
      const mine = { token: newId(), writer: me, at: clock.now() };
      return (await claim(disk, next, mine)).token === mine.token ? mine : undefined;
    },
  };
}
