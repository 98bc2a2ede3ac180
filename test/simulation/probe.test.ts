import { it } from 'vitest';
import { simulate } from './simulate.ts';

it('probe', async () => {
  const from = Number(process.env['FROM'] ?? 1);
  const n = Number(process.env['N'] ?? 20);
  const sum: Record<string, number> = {};
  const t = performance.now();
  for (let s = from; s < from + n; s++) {
    const t1 = performance.now();
    const v = await simulate(s, process.env['SAB'] as never);
    for (const k of ['duplicates', 'lost', 'overQuota', 'unsettled', 'other'] as const) {
      sum[k] = (sum[k] ?? 0) + v[k].length;
      for (const x of v[k].slice(0, 3)) console.log(s, k, x.slice(0, 600));
    }
    sum.writes = (sum.writes ?? 0) + v.writes;
    if (n < 5) console.log('ms', performance.now() - t1);
  }
  console.log(JSON.stringify(sum), ((performance.now() - t) / n).toFixed(0), 'ms/seed');
}, 600_000);
