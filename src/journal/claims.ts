/**
 * Who may do what only one process may: begin the call of a key, or take over what a process left behind. A claim is a
 * file that only one process can make; whoever comes after its owner is gone makes the next one, named after it. A link
 * is removed only by a living owner that never used it, or when the whole chain is old, its first link first: so the end
 * of a chain is never in doubt.
 */

import { hash } from 'node:crypto';
import type { Disk, FileName } from './disk.ts';

export interface Claim {
  /** Names this claim, and thereby its successor. */
  readonly token: string;
  readonly writer: string;
  /** Wall time in milliseconds since the epoch. */
  readonly at: number;
}

/** Makes the claim unless somebody has; gives the one that stands. */
export async function claim(disk: Disk, file: FileName, mine: Claim): Promise<Claim> {
  if (await disk.create(file, Buffer.from(JSON.stringify(mine)))) return mine;
  // It may have been given back just now.
  return (await claimAt(disk, file)) ?? claim(disk, file, mine);
}

export async function claimAt(disk: Disk, file: FileName): Promise<Claim | undefined> {
  const size = await disk.size(file);
  if (size === undefined) return undefined;
  const found: Claim = JSON.parse(Buffer.from(await disk.read(file, 0, size)).toString());
  return found;
}

/** A key belongs to the portal: used by another caller it is refused as a mismatch, and never written a second time. */
export function keyClaims(portalId: number, key: string): FileName {
  return `keys/${hash('sha256', `${portalId}\n${key}`, 'hex').slice(0, 40)}`;
}

/** Claims to go on with a call or a job. */
export function takeClaims(id: string): FileName {
  return `takes/${id}`;
}

export function successor(chain: FileName, { token }: Claim): FileName {
  return `${chain}-${token}`;
}

/** The last claim of a chain, and the place of the next one. */
export async function endOf(disk: Disk, chain: FileName): Promise<{ readonly last?: Claim; readonly next: FileName }> {
  let last: Claim | undefined;
  for (let next = chain; ; next = successor(chain, last)) {
    const found = await claimAt(disk, next);
    if (found === undefined) return { next, ...(last !== undefined && { last }) };
    last = found;
  }
}
