/** Merges: HubSpot leads the id of what was merged to the record that it lives on in. */

import { HubSpotError } from '../../hubspot/index.ts';
import type { MergeChange } from '../change.ts';
import { lookUp, mergedCells } from '../send-merge.ts';
import type { Doubt, Looking, Verdict, Verdicts } from './verdict.ts';

export async function lookAtMerges(doubts: readonly Doubt<MergeChange>[], looking: Looking): Promise<Verdicts> {
  const verdicts = new Map<number, Verdict>();
  for (const { index, change } of doubts) verdicts.set(index, await lookAt(change, looking));
  return verdicts;
}

/**
 * Two that are two still can be sent again, since only the ids that they have now are sent. Guess: HubSpot refuses to merge
 * what is one already, or what was merged into another, so a first sending that arrives late does nothing.
 */
async function lookAt(change: MergeChange, { hubspot, options }: Looking): Promise<Verdict> {
  try {
    const { survivor, loser } = await lookUp(hubspot, change, options);
    if (survivor.id === loser.id) return { is: 'applied', cells: mergedCells(change, survivor.id), echo: survivor };
    if (loser.id === change.loser) return { is: 'absent' };
    return { is: 'unknown', found: `${change.loser} was merged into ${loser.id}, which is another record.` };
  } catch (error) {
    if (!(error instanceof HubSpotError) || error.code !== 'not_found') throw error;
    return {
      is: 'unknown',
      found: `${change.id} or ${change.loser} is not there any more: it may have been archived.`,
    };
  }
}
