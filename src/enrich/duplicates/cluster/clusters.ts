/** Pairs into clusters, by average link: a chain of neighbours is not yet one record. */

import type { Band, Cluster, Pair } from '../types.ts';

/** A cluster of more is for a person to look at. */
const largest = 10;
/** Links that clusters of so many members could have are looked at one by one; of more, those that were compared. */
const askedUpTo = 40;

/** A cluster, with the strongest links that join all of it. */
export interface Linked {
  readonly cluster: Cluster;
  readonly tree: readonly Pair[];
}

export interface Links {
  /** Probability that two rows are the same, compared or not, and whether they are vetoed. */
  ask(a: number, b: number): { readonly probability: number; readonly vetoed: boolean };
  /** Pairs that must not be in one cluster, whether they were compared or not. */
  readonly apart: readonly (readonly [a: number, b: number])[];
  /** An order of rows by what they are rather than by where they stand: links as strong as each other are taken by it. */
  order(a: number, b: number): number;
}

/**
 * @param pairs each once
 * @param from the least probability that holds two rows together
 */
export function clustersOf(pairs: readonly Pair[], links: Links, from: number): readonly Linked[] {
  const edges = pairs.filter(({ probability, veto }) => probability >= from && veto === undefined);
  edges.sort((x, y) => y.probability - x.probability || y.bits - x.bits || inOrder(x, y));
  const home = new Map<number, Group>();
  const vetoes = new Set(pairs.flatMap(({ a, b, veto }) => (veto === undefined ? [] : [keyOf(a, b)])));
  for (const [a, b] of links.apart) vetoes.add(keyOf(a, b));
  const known = new Map<number, number>();
  for (const { a, b, probability } of pairs) if (probability >= knownFrom) known.set(keyOf(a, b), probability);
  for (const edge of edges) {
    const one = home.get(edge.a) ?? alone(edge.a, home);
    const two = home.get(edge.b) ?? alone(edge.b, home);
    if (one === two) {
      one.pairs.push(edge);
      continue;
    }
    if (!belong(one, two)) continue;
    const [large, small] = one.members.length >= two.members.length ? [one, two] : [two, one];
    large.members.push(...small.members);
    large.pairs.push(...small.pairs, edge);
    large.tree.push(...small.tree, edge);
    large.weakest = Math.min(large.weakest, small.weakest, edge.probability);
    for (const member of small.members) home.set(member, large);
  }
  return [...new Set(home.values())]
    .filter(({ members }) => members.length > 1)
    .map((group) => ({ cluster: finished(group), tree: group.tree }))
    .sort(
      ({ cluster: x }, { cluster: y }) => y.probability - x.probability || (x.members[0] ?? 0) - (y.members[0] ?? 0),
    );

  function inOrder(x: Pair, y: Pair): number {
    const [one, two] = [ordered(x), ordered(y)];
    return links.order(one[0], two[0]) || links.order(one[1], two[1]);
  }

  function ordered({ a, b }: Pair): readonly [number, number] {
    return links.order(a, b) < 0 ? [a, b] : [b, a];
  }

  function belong(one: Group, two: Group): boolean {
    let sum = 0;
    const few = one.members.length * two.members.length <= askedUpTo * askedUpTo;
    for (const a of one.members) {
      for (const b of two.members) {
        const key = keyOf(a, b);
        if (vetoes.has(key)) return false;
        let probability = known.get(key);
        if (probability === undefined && few) {
          const asked = links.ask(Math.min(a, b), Math.max(a, b));
          if (asked.vetoed) return false;
          probability = asked.probability;
          known.set(key, probability);
        }
        sum += probability ?? 0;
      }
    }
    return sum >= averageLink * one.members.length * two.members.length;
  }
}

const averageLink = 0.5;
/** Less probable pairs are asked for where a cluster needs them: there are too many to hold. */
const knownFrom = 0.05;

interface Group {
  readonly members: number[];
  readonly pairs: Pair[];
  readonly tree: Pair[];
  weakest: number;
}

function alone(row: number, home: Map<number, Group>): Group {
  const made: Group = { members: [row], pairs: [], tree: [], weakest: 1 };
  home.set(row, made);
  return made;
}

function finished({ members, pairs, weakest }: Group): Cluster {
  const review = reviewOf(members, pairs);
  return {
    members: [...members].sort((x, y) => x - y),
    probability: weakest,
    band: bandOf(weakest),
    pairs: pairs.sort((x, y) => y.probability - x.probability || x.a - y.a || x.b - y.b),
    ...(review === undefined ? {} : { review }),
  };
}

/** Where it holds at all. */
export function bandOf(probability: number): Band {
  return probability >= 0.99 ? 'certain' : probability >= 0.9 ? 'likely' : 'possible';
}

function reviewOf(members: readonly number[], pairs: readonly Pair[]): string | undefined {
  if (members.length > largest) return `It has ${members.length} members, more than ${largest}.`;
  if (members.length < 3) return undefined;
  const [bridge] = members.filter((member) => !holdsWithout(members, pairs, member));
  return bridge === undefined ? undefined : 'Some of its members are held together by one other alone.';
}

/** Whether the rest is still one piece without the member. */
function holdsWithout(members: readonly number[], pairs: readonly Pair[], without: number): boolean {
  const rest = members.filter((member) => member !== without);
  const reached = new Set(rest.slice(0, 1));
  for (let grew = true; grew; ) {
    grew = false;
    for (const { a, b } of pairs) {
      if (a === without || b === without || reached.has(a) === reached.has(b)) continue;
      reached.add(a).add(b);
      grew = true;
    }
  }
  return reached.size === rest.length;
}

function keyOf(a: number, b: number): number {
  return a < b ? a * 0x4000000 + b : b * 0x4000000 + a;
}
