import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { readRules } from '../../src/quality/rules-file.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rules-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

it('A rules file is read as it stands', async () => {
  const rules = {
    version: 1,
    naming: [{ objectType: 'deals', property: 'dealname', pattern: '[A-Z]+', says: 'Capitals' }],
  };
  const file = join(folder, 'rules.json');
  writeFileSync(file, JSON.stringify(rules));
  expect(await readRules(file)).toEqual(rules);
});

it.each([
  ['that is not there', undefined],
  ['that is no JSON', '{'],
  ['with a fault', '{"version": 2}'],
])('A rules file %s is the operator’s to put right', async (_, text) => {
  const file = join(folder, 'rules.json');
  if (text !== undefined) writeFileSync(file, text);
  await expect(readRules(file)).rejects.toMatchObject({
    code: 'invalid_rules',
    details: { next: expect.stringContaining('--quality-rules') },
  });
});
