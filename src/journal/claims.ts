/**
 * Who may do what only one process may: begin a call, or take over what a process left behind. A claim is a file
 * that only one process can make. Whoever comes after its owner is gone, or after its time, makes the next one, named
 * after it; the last one counts. A link is removed only by a living owner that never used it, or when the whole chain is
 * old, its first link first: so the end of a chain is never in doubt.
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

/** No claim is as long. */
const MOST_BYTES = 4_096;

/** Makes the claim unless somebody has; gives the one that stands. */
export async function claim(disk: Disk, file: FileName, mine: Claim): Promise<Claim> {
  if (await disk.create(file, Buffer.from(JSON.stringify(mine)))) return mine;
  // It may have been given back just now.
  return (await claimAt(disk, file)) ?? claim(disk, file, mine);
}

export async function claimAt(disk: Disk, file: FileName): Promise<Claim | undefined> {
  const bytes = await disk.read(file, 0, MOST_BYTES);
  if (bytes.length === 0) return undefined;
  const found: Claim = JSON.parse(Buffer.from(bytes).toString());
  return found;
}

/** A key belongs to the portal: used by another caller it is refused as a mismatch, and never written a second time. */
export function keyClaims(portalId: number, key: string): FileName {
  return `keys/${digest(`${portalId}\n${key}`)}`;
}

/** Without a key: claims of calls that ask for the same. They are looked at for as long as a call may be the same. */
export function keylessClaims({ portalId, caller, fingerprint }: Asked): FileName {
  return `keys/${KEYLESS}${digest(`${portalId}\n${caller}\n${fingerprint}`)}`;
}

export function isKeyless(file: FileName): boolean {
  return file.startsWith(`keys/${KEYLESS}`);
}

export interface Asked {
  readonly portalId: number;
  readonly caller: string;
  readonly fingerprint: string;
}

const KEYLESS = 'same.';

function digest(text: string): string {
  return hash('sha256', text, 'hex').slice(0, 40);
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
