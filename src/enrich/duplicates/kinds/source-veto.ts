/** Two numbers that one system gave to two records: it knows them for two. */

import type { Features } from '../features/feature.ts';

/** By the features `source:0`, `source:1`, ...: each is the number that one system gave. */
export function sourceVeto(features: Features): (a: number, b: number) => string | undefined {
  const sources = [...features].flatMap(([name, feature]) => (name.startsWith('source:') ? [feature] : []));
  return (a, b) => {
    for (const { slots } of sources) {
      const [x, y] = [slots[0]?.[a] ?? 0, slots[0]?.[b] ?? 0];
      if (x === 0 || y === 0 || x === y) continue;
      // The first slot holds the system's name with the number; the second the system's alone.
      const [p, q] = [slots[1]?.[a] ?? 0, slots[1]?.[b] ?? 0];
      if (p === q) return 'Another system holds them under two ids.';
    }
    return undefined;
  };
}
