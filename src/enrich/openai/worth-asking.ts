/** Which pairs a verdict would change something for, those first of which it would change most. */

import type { Pair, Scan } from '../duplicates/types.ts';

/** Where the matcher is unsure. A model's word cannot lift a less probable pair over one half. */
const FROM = 0.2;
const BELOW = 0.95;

/** Vetoed pairs are not among them, nor those whose records stronger links hold together anyway. */
export function worthAsking({ pairs, clusters }: Pick<Scan, 'pairs' | 'clusters'>): readonly Pair[] {
  const home = new Map<number, number>();
  for (const [i, { members }] of clusters.entries()) for (const member of members) home.set(member, i);
  const uncertain = pairs.filter(
    ({ probability, veto }) => veto === undefined && probability >= FROM && probability < BELOW,
  );
  const open = uncertain.filter((pair) => {
    const at = home.get(pair.a);
    const links = at !== undefined && at === home.get(pair.b) ? clusters[at]?.pairs : undefined;
    return links === undefined || !heldWithout(pair, links);
  });
  return open.sort((x, y) => doubt(x) - doubt(y) || x.a - y.a || x.b - y.b);
}

const doubt = ({ probability }: Pair) => Math.abs(probability - 0.5);

/** Whether stronger links lead from one to the other. */
function heldWithout({ a, b, probability }: Pair, links: readonly Pair[]): boolean {
  const stronger = links.filter((link) => link.probability > probability);
  const reached = new Set([a]);
  for (let grew = true; grew; ) {
    grew = false;
    for (const link of stronger) {
      if (reached.has(link.a) === reached.has(link.b)) continue;
      reached.add(link.a).add(link.b);
      grew = true;
    }
  }
  return reached.has(b);
}
