import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openTally, parseMeasure } from '../../src/crm/measures.ts';
import { indexProperties } from '../../src/crm/properties.ts';

const shape = { groupName: 'g', fieldType: 'text', options: [] };
const index = indexProperties({ plural: 'Deals' }, [
  { ...shape, name: 'amount', label: 'Amount', type: 'number' },
  { ...shape, name: 'closedate', label: 'Close date', type: 'datetime' },
  { ...shape, name: 'dealname', label: 'Deal name', type: 'string' },
]);
const result = (said: string, values: readonly (string | null)[]) => {
  const measure = parseMeasure(said, index);
  const tally = openTally(measure);
  for (const value of values) tally.add({ [measure.property?.name ?? '']: value });
  return tally.result();
};

describe('adding up', () => {
  it('is exact for any number of amounts in cents', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -1e9, max: 1e9 }), { maxLength: 200 }), (cents) => {
        const exact = cents.reduce((sum, cent) => sum + cent, 0) / 100;
        expect(
          result(
            'sum:amount',
            cents.map((cent) => (cent / 100).toFixed(2)),
          ),
        ).toBeCloseTo(exact, 6);
      }),
    );
    expect(
      result(
        'sum:amount',
        Array.from({ length: 10 }, () => '0.1'),
      ),
    ).toBe(1);
  });

  it('leaves records without a value out, of averages too', () => {
    expect(result('avg:amount', ['10', null, '', '20'])).toBe(15);
    expect(result('count', [null, null])).toBe(2);
    expect(result('min:amount', [null])).toBeNull();
    expect(result('sum:amount', [null])).toBeNull();
  });

  it('finds the first and last of dates', () => {
    const days = ['2026-05-01T00:00:00Z', null, '2025-01-01T00:00:00Z'];
    expect([result('min:closedate', days), result('max:closedate', days)]).toEqual([
      '2025-01-01T00:00:00Z',
      '2026-05-01T00:00:00Z',
    ]);
  });

  it.each(['sum', 'count:amount', 'median:amount', 'sum:dealname', 'sum:closedate', ''])('refuses %j', (said) => {
    expect(() => parseMeasure(said, index)).toThrow(expect.objectContaining({ code: 'invalid_metric' }));
  });

  it('knows a property by its label', () => {
    expect(parseMeasure('AVG: Amount', index).name).toBe('avg:amount');
  });
});
