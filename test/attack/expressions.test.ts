/** Case S16: no text makes an expression of this program think long. */

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import vm from 'node:vm';
import { parseAst } from 'rolldown/parseAst';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { matchTemplate } from '../../src/mcp/resource-address.ts';
import { resources } from '../../src/resources/index.ts';

const SRC = new URL('../../src', import.meta.url).pathname;
/** One look at each character is over in less than a millisecond; each with each other takes many seconds. */
const CHARACTERS = 60_000;
const PATIENCE_MS = 1_000;

/** What is repeated, and what comes first: together they get most expressions going, and none ends as it should. */
const pumps = [
  ...' a0-_./\n"[,@<(&{\\:%=?'.split(''),
  'a.',
  '0 ',
  'a ',
  '0,',
  '\\"',
  '//a',
  '{a}',
  '<a',
  'value: "',
  '://a.',
];
const starts = ['', 'valid options ['];

const literal = z.object({ pattern: z.string(), flags: z.string() });

/** Every expression that stands in the source, with the file it is in. */
function expressions(): Map<string, RegExp> {
  const found = new Map<string, RegExp>();
  for (const file of readdirSync(SRC, { recursive: true, encoding: 'utf8' })) {
    if (!file.endsWith('.ts') || file.endsWith('.d.ts')) continue;
    JSON.stringify(parseAst(readFileSync(join(SRC, file), 'utf8'), { lang: 'ts' }, file), (_key, node: unknown) => {
      if (typeof node === 'object' && node !== null && 'regex' in node) {
        const { pattern, flags } = literal.parse(node.regex);
        found.set(`${file} /${pattern}/`, new RegExp(pattern, flags));
      }
      return typeof node === 'bigint' ? String(node) : node;
    });
  }
  return found;
}

const context = vm.createContext({ expression: /x/, texts: [''] });

/** Whether an expression is not done with the texts in good time. */
function isEndless(expression: RegExp, texts: readonly string[]): boolean {
  Object.assign(context, { expression, texts });
  try {
    vm.runInContext('for (const text of texts) text.replace(expression, "")', context, { timeout: PATIENCE_MS });
    return false;
  } catch {
    return true;
  }
}

/** The text that keeps it busy; undefined when there is none among them. */
function weakness(expression: RegExp, texts: readonly string[]): string | undefined {
  const searching = new RegExp(expression.source, `${expression.flags.replace('g', '')}g`);
  if (!isEndless(searching, texts)) return undefined;
  // Once may be the machine, which has other things to do.
  return texts.find((text) => isEndless(searching, [text]) && isEndless(searching, [text]));
}

describe('S16: an expression', { timeout: 300_000 }, () => {
  const texts = starts.flatMap((start) =>
    pumps.map((pump) => `${start}${pump.repeat(CHARACTERS / pump.length)}\u0000!`),
  );

  it('that looks at each character again and again is found out', () => {
    expect(weakness(/\s+$/, texts)).toMatch(/^ +/);
  });

  it('looks at no text for long, wherever in the source it is', () => {
    // What can only match so many characters is done soon.
    const endless = [...expressions()].filter(([, { source }]) => /[*+]|,\}/.test(source));
    expect(endless.length).toBeGreaterThan(80);
    const weak = endless.flatMap(([name, expression]) => {
      const text = weakness(expression, texts);
      return text === undefined ? [] : [`${name} with ${JSON.stringify(text.slice(0, 20))}`];
    });
    expect(weak).toEqual([]);
  });

  it('of a resource’s address looks at none for long', () => {
    for (const { uriTemplate } of resources) {
      const [before = ''] = uriTemplate.split('{');
      for (const pump of ['a', '/', 'a/', '%2f', '{x}', ',', '%']) {
        expect(matchTemplate(uriTemplate, `${before}${pump.repeat(CHARACTERS)}?`) === undefined).toBe(true);
      }
    }
  });
});
