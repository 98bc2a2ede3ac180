import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { renewed } from './readme.ts';

it("the README's tables say what the code says (npm run docs renews them)", async () => {
  const file = join(import.meta.dirname, '..', 'README.md');
  await expect(renewed(readFileSync(file, 'utf8'))).toMatchFileSnapshot(file);
});
