import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { renewed } from './readme.ts';

it.each(['README.md', 'docs/decisions/hubspot-guesses.md', 'docs/anomalies.md'])(
  'the generated parts of %s say what the code says (npm run docs renews them)',
  async (page) => {
    const file = join(import.meta.dirname, '..', page);
    await expect(renewed(readFileSync(file, 'utf8'))).toMatchFileSnapshot(file);
  },
);
