import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Row } from '../../src/hubspot/index.ts';
import type { Answer, Asked } from './script.ts';
import { broken, record, scripted } from './script.ts';

/** What may happen to a request on its way there and back. */
const FATES = [
  'fine',
  'fine',
  'some rows refused',
  'refused as a whole',
  'done, then 502',
  'done, then broken',
  'done, then cut off',
  'done, then a page of a proxy',
  'done, and no answer',
  'lost, and no answer',
  'never sent',
  '429',
  '401',
  '413',
] as const;
type Fate = (typeof FATES)[number];

/** A portal that keeps a count of how often it wrote each row. */
function portal(fates: readonly Fate[]) {
  const written = new Map<string, number>();
  const write = ({ body }: Asked, accepted: (position: number) => boolean) => {
    const results = body.inputs.flatMap(({ properties, objectWriteTraceId }, position) => {
      const number = properties.number ?? '';
      if (!accepted(position)) return [];
      written.set(number, (written.get(number) ?? 0) + 1);
      return [{ ...record('1', { number }), objectWriteTraceId }];
    });
    const errors = body.inputs.flatMap(({ objectWriteTraceId }, position) => {
      const context = { objectWriteTraceId: [objectWriteTraceId] };
      return accepted(position) ? [] : [{ category: 'VALIDATION_ERROR', message: 'no', context }];
    });
    return { results, errors };
  };
  const script = (asked: Asked, count: number): Answer | undefined => {
    const fate = fates[count - 1] ?? 'fine';
    const afterMs = 50;
    switch (fate) {
      case 'fine':
        return { json: write(asked, () => true), afterMs };
      case 'some rows refused':
        return { status: 207, json: write(asked, (position) => position % 3 > 0), afterMs };
      case 'refused as a whole':
        return { status: 400, json: { category: 'VALIDATION_ERROR', message: 'no' }, afterMs };
      case '429':
        return { status: 429, json: { policyName: 'TEN_SECONDLY_ROLLING' } };
      case '401':
        return { status: 401 };
      case '413':
        return { status: 413, body: '<html>' };
      case 'never sent':
        throw broken(true);
      case 'lost, and no answer':
        return undefined;
      default:
        write(asked, () => true);
    }
    if (fate === 'done, then broken') throw broken(false);
    if (fate === 'done, and no answer') return undefined;
    if (fate === 'done, then 502') return { status: 502, body: '<html>Bad gateway</html>' };
    return { body: fate === 'done, then cut off' ? '{"results":[{"id":"1"' : '<html>Sign in to this network</html>' };
  };
  return { script, written };
}

describe('A batch of creates, whatever happens on the way', () => {
  it('writes no row twice, and says of every row the truth about it', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 250 }),
        fc.array(fc.constantFrom(...FATES), { maxLength: 8 }),
        fc.option(fc.integer({ min: 0, max: 3_000 }), { nil: undefined }),
        async (count, fates, cancelAt) => {
          const { script, written } = portal(fates);
          let token = 0;
          const { hubspot, clock } = scripted(script, { token: () => `pat-na1-${(token += 1)}` });
          const cancel = new AbortController();
          if (cancelAt !== undefined) clock.after(cancelAt, () => cancel.abort());
          const inputs = Array.from({ length: count }, (_, index) => ({ properties: { number: String(index) } }));
          const rows = await clock.settle(hubspot.objects.batchCreate('notes', inputs, { signal: cancel.signal }));

          expect(rows.map(({ index }) => index)).toEqual(inputs.map((_, index) => index));
          const times = (index: number) => written.get(String(index)) ?? 0;
          const told = (outcome: Row<unknown>['outcome']) =>
            rows.filter((row) => row.outcome === outcome).map(({ index }) => times(index));
          expect(new Set(told('applied'))).toEqual(new Set(told('applied').length > 0 ? [1] : []));
          expect([...told('rejected'), ...told('not_sent')].every((written) => written === 0)).toBe(true);
          expect(told('unknown').every((written) => written <= 1)).toBe(true);
          expect(clock.elapsed()).toBeLessThanOrEqual(30_000);
          expect(hubspot.quota().burst.waiting).toBe(0);
        },
      ),
      { numRuns: 60 },
    );
  });
});
