import type { AssociationLabel } from '../../hubspot/index.ts';
import { isOwn, type LabelDefinitions } from './read.ts';

/** One of the account's own labels, with what is said in the other direction: the same where there is but one label. */
export interface LabelPair {
  readonly label: AssociationLabel;
  readonly inverse: AssociationLabel;
}

/**
 * The account's own labels of two types, each pair once. HubSpot lists both directions and does not say which label is the
 * other side of which.
 * Guess: their ids follow each other, as they are made together; failing that they have the same words.
 */
export function labelPairs({ from, to, forward, backward }: LabelDefinitions): LabelPair[] {
  const left = backward.filter(isOwn);
  const told = new Set<number>();
  return forward.filter(isOwn).flatMap((label) => {
    if (from.id === to.id && told.has(label.typeId)) return [];
    const others = left.filter(({ typeId }) => from.id !== to.id || typeId !== label.typeId);
    const inverse =
      others.find(({ typeId }) => typeId === label.typeId + 1) ??
      others.find(({ typeId }) => typeId === label.typeId - 1) ??
      (from.id === to.id ? undefined : others.find((other) => other.label === label.label)) ??
      label;
    const at = left.indexOf(inverse);
    if (at >= 0) left.splice(at, 1);
    told.add(inverse.typeId);
    return [{ label, inverse }];
  });
}
