import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { recordTable, shortInstant } from '../../src/crm/record-table.ts';
import { legible } from '../../src/text/legible.ts';

const record = (body: string | null) => ({
  id: '1',
  properties: { body },
  createdAt: '',
  updatedAt: '',
  archived: false,
});
const cell = (body: string | null, options: { maxText: number; textOffset?: number }) =>
  recordTable([record(body)], ['body'], options).rows[0]?.[1];

describe('a long text', () => {
  it('can be read to its end piece by piece, and no piece breaks a character', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', minLength: 1, maxLength: 80 }),
        fc.integer({ min: 2, max: 9 }),
        (written, maxText) => {
          const text = legible(written);
          fc.pre(text !== '' && !/\d{4}-\d{2}/.test(text) && !text.includes('…['));
          let read = '';
          for (let guard = 0; guard < 200; guard++) {
            const piece = String(cell(text, { maxText, textOffset: read.length }));
            expect(piece).not.toMatch(/\p{Cs}/u);
            const [, shown = piece, left] = /^(.*)…\[\+(\d+)\]$/su.exec(piece) ?? [];
            read += shown;
            if (left === undefined) break;
            expect(Number(left)).toBe(text.length - read.length);
          }
          expect(read).toBe(text);
        },
      ),
    );
  });

  it('shows nothing hidden, wherever it is cut', () => {
    const body = `<p>seen</p><div style="display:none">${'hidden '.repeat(50)}</div><p>seen too</p>`;
    const pieces = [0, 6, 12].map((textOffset) => cell(body, { maxText: 6, textOffset }));
    expect(pieces).toEqual(['seen\n\n…[+8]', 'seen t…[+2]', 'oo']);
  });

  it('says how many were cut', () => {
    expect(recordTable([record('x'.repeat(50))], ['body'], { maxText: 10 })).toEqual({
      columns: ['id', 'body'],
      rows: [['1', 'xxxxxxxxxx…[+40]']],
      cut: 1,
    });
  });
});

describe('an instant', () => {
  it('loses zeros and nothing else', () => {
    fc.assert(
      fc.property(fc.date({ noInvalidDate: true, min: new Date(0), max: new Date('2100-01-01') }), (date) => {
        expect(Date.parse(shortInstant(date.toISOString()))).toBe(date.getTime());
      }),
    );
    expect(shortInstant('2026-01-31T09:00:00.000Z')).toBe('2026-01-31T09:00Z');
    expect(shortInstant('2026-01-31T09:00:07.120Z')).toBe('2026-01-31T09:00:07.120Z');
  });
});

it('an empty value is an empty cell', () => {
  expect(cell('', { maxText: 9 })).toBeNull();
  expect(cell(null, { maxText: 9 })).toBeNull();
});
