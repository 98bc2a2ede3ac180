import { expect, it } from 'vitest';
import { killInWrites } from './server-killed.ts';

it('a server that is killed in plain writes, and asked again once it is back, has written each once', async () => {
  for (const { tool, killed, lost, atOnce, later, counts } of await killInWrites(3, 1)) {
    expect(['applied', 'unknown']).toContain(atOnce);
    const once = counts.map(() => 1);
    expect({ tool, killed, lost, later, counts }).toEqual({ tool, killed, lost, later: 'applied', counts: once });
  }
}, 60_000);
