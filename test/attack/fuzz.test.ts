import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../src/clock.ts';
import { connect } from '../harness.ts';
import { fastClock } from './fast-clock.ts';
import { nasty } from './nasty-text.ts';
import { saidArguments } from './said-arguments.ts';
import { sensibleWord, surfaces } from './surfaces.ts';

const CALLS_PER_TOOL = 70;
const SPEED = 200;
/** An error is for a model to read; nothing that somebody says makes it long. */
const LONGEST_ERROR = 20_000;

const oddKeys = fc.constantFrom(
  '__proto__',
  'constructor',
  'toString',
  'then',
  'toJSON',
  'length',
  '',
  'columns',
  'rows',
);
const odd = fc.oneof(
  nasty,
  fc.constantFrom(1e308, -0, 2 ** 53, 1e21, 5e-324, -1, 0.1, true, null, [], {}),
  fc.constantFrom(
    '1e308',
    '99999999999999999999',
    '2026-02-30',
    '0000-00-00',
    '9999-12-31T23:59:59+99:99',
    '-9999y',
    '+9999y',
  ),
);
const json = fc.oneof(
  odd,
  fc.jsonValue({ maxDepth: 4 }),
  fc.array(odd, { maxLength: 4 }),
  fc.dictionary(fc.oneof(oddKeys, nasty), odd, { maxKeys: 4 }),
  fc.integer({ min: 1, max: 3_000 }).map((deep) => JSON.parse('['.repeat(deep) + ']'.repeat(deep)) as unknown),
);

describe('whatever JSON a tool is given', () => {
  it.each(surfaces)(
    '$tool.name answers, and knows why it refuses',
    { timeout: 60_000 },
    async ({ tool, schema, places }) => {
      const { client, portal, log, ...connection } = await connect({
        clock: fastClock(SPEED),
        config: { deadlineMs: 10_000 * SPEED },
      });
      const broken: string[] = [];
      const answer = portal.fetch;
      portal.fetch = async (request) => {
        const what = `${request.method} ${request.url} ${String(request.body)}`;
        try {
          const response = await answer(request);
          if (response.status >= 500 && response.status !== 501) broken.push(what);
          return response;
        } catch (error) {
          broken.push(`${what}: ${String(error)}`);
          throw error;
        }
      };
      const mended = fc
        .record({ place: fc.constantFrom(...places), text: json, seed: fc.nat() })
        .map(({ seed, ...attack }) => {
          const words = { random: seededRandom(seed), word: (name: string) => sensibleWord(tool.name, name, seed) };
          return saidArguments(schema, attack, words);
        });
      const named = fc.dictionary(fc.constantFrom(...Object.keys(schema.properties ?? {}), '__proto__'), json, {
        maxKeys: 6,
      });
      const args = fc.oneof({ weight: 3, arbitrary: mended }, named, fc.dictionary(fc.oneof(oddKeys, nasty), json));
      await fc.assert(
        fc.asyncProperty(args, async (said) => {
          const { content, isError, structuredContent } = await client.callTool({
            name: tool.name,
            arguments: { ...Object(said) },
          });
          expect({ broken, log }).toEqual({ broken: [], log: [] });
          if (!isError || structuredContent !== undefined) return;
          const text = content.map((block) => (block.type === 'text' ? block.text : '')).join('');
          expect(JSON.parse(text)).toMatchObject({ code: expect.not.stringMatching(/^internal$/) });
          expect(text.length).toBeLessThan(LONGEST_ERROR);
        }),
        { numRuns: CALLS_PER_TOOL },
      );
      await connection.close();
    },
  );
});
