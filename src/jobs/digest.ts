/** What ties a bulk call to the preview that was shown for it. */

import { createHash } from 'node:crypto';
import { canonical } from '../writes/fingerprint.ts';

/** What was previewed: the tool, its arguments, who asked, and where. */
export interface Previewed {
  readonly tool: string;
  readonly input: unknown;
  readonly caller: string;
  readonly portalId: number;
}

export interface Seen {
  readonly matches: number;
  /** Wall time of the preview in milliseconds since the epoch. */
  readonly at: number;
}

/** How long a person may think about a preview. */
export const DIGEST_TTL_MS = 60 * 60_000;

/**
 * It is no secret and proves nothing about a person: it shows that the caller has seen a preview of this very call, and
 * how many matched then. It needs no memory, so it holds in every process and after a restart.
 */
export function digestOf(previewed: Previewed, { matches, at }: Seen): string {
  const { tool, input, caller, portalId } = previewed;
  const hash = createHash('sha256').update(canonical([tool, input, caller, portalId, matches, at]));
  return `${matches}.${at.toString(36)}.${hash.digest('base64url').slice(0, 22)}`;
}

/** What was seen, or undefined when the digest was made for something else, or is none. */
export function seenIn(digest: string, previewed: Previewed): Seen | undefined {
  const [matches = '', at = ''] = digest.split('.');
  if (!/^\d{1,9}$/.test(matches) || !/^[0-9a-z]{1,10}$/.test(at)) return undefined;
  const seen = { matches: Number(matches), at: Number.parseInt(at, 36) };
  return digestOf(previewed, seen) === digest ? seen : undefined;
}
