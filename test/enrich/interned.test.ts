import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { byValue, grouped, interned, joined, numbers, times } from '../../src/enrich/interned.ts';
import { type Column, tableBuilder } from '../../src/enrich/table.ts';

function columnWith(texts: readonly string[]): Column {
  const builder = tableBuilder('contacts', ['text']);
  texts.forEach((text, at) => builder.add(String(at), { text }));
  const column = builder.build().columns.get('text');
  if (column === undefined) throw new Error('The table lost its column.');
  return column;
}

const texts = fc.array(fc.oneof(fc.constantFrom('', 'a', 'b', 'ä', 'Ab', '100'), fc.string({ unit: 'grapheme' })), {
  maxLength: 300,
});
const clean = (some: readonly string[]) => some.map((text) => Buffer.from(text).toString());

it('A column by value says what each row holds, and how often', () => {
  fc.assert(
    fc.property(texts, (raw) => {
      const some = clean(raw);
      const view = interned(columnWith(some));
      expect(Array.from(view.codes, (code) => view.text(code))).toEqual(some);
      expect(view.size).toBe(new Set(some.filter((text) => text !== '')).size);
      for (const text of some)
        expect(view.counts[view.codeOf(text)]).toBe(some.filter((other) => other === text).length);
      expect(view.codeOf('nobody has this')).toBe(0);
    }),
  );
});

it('Rows are grouped by value, and none is lost', () => {
  fc.assert(
    fc.property(texts, (raw) => {
      const column = columnWith(clean(raw));
      const { starts, rows } = grouped(column);
      const values = byValue(column, (text) => text);
      const back = values.map((text, code) =>
        [...rows.subarray(starts[code], starts[code + 1])].map((row) => [row, text]),
      );
      expect(
        back
          .flat()
          .toSorted(([a], [b]) => Number(a) - Number(b))
          .map(([, text]) => text),
      ).toEqual(clean(raw));
    }),
  );
});

it('Rows find those of another table', () => {
  fc.assert(
    fc.property(texts, fc.uniqueArray(fc.string({ unit: 'grapheme', minLength: 1 })), (raw, ids) => {
      const from = clean(raw);
      const to = [...new Set(clean(ids))];
      const expected = from.map((text) => (text === '' ? -1 : to.indexOf(text)));
      expect([...joined(columnWith(from), columnWith(to))]).toEqual(expected);
    }),
  );
});

it('Numbers and dates are read as HubSpot writes them', () => {
  expect([...numbers(columnWith(['12', '1.5', '', 'x', '-3', ' ']))]).toEqual([12, 1.5, NaN, NaN, -3, NaN]);
  const dates = [
    '2026-01-31',
    '2026-01-31T10:20:30.456Z',
    '2026-01-31T10:20:30Z',
    '1767225600000',
    '',
    'soon',
    '2026-01-05T10:20:30+01:00',
  ];
  expect([...times(columnWith(dates))]).toEqual([
    Date.UTC(2026, 0, 31),
    Date.UTC(2026, 0, 31, 10, 20, 30, 456),
    Date.UTC(2026, 0, 31, 10, 20, 30),
    1767225600000,
    NaN,
    NaN,
    Date.UTC(2026, 0, 5, 9, 20, 30),
  ]);
});

it('Dates are read from their bytes as the runtime reads them', () => {
  fc.assert(
    fc.property(fc.date({ min: new Date('0100-01-01'), max: new Date('9999-12-31'), noInvalidDate: true }), (date) => {
      const text = date.toISOString();
      const [at] = times(columnWith([text]));
      expect(at).toBe(date.getTime());
    }),
  );
});
