import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { digestOf, type Previewed, seenIn } from '../../src/jobs/digest.ts';

const previewed = fc.record({
  tool: fc.constantFrom('update_records', 'archive_records'),
  input: fc.dictionary(fc.string(), fc.jsonValue()),
  caller: fc.string(),
  portalId: fc.nat(),
});
const seen = fc.record({ matches: fc.nat(1_000_000), at: fc.nat(4_102_444_800_000) });

/** The same with its keys the other way round. */
function turned({ tool, input, caller, portalId }: Previewed): Previewed {
  const entries = typeof input === 'object' && input !== null ? Object.entries(input) : [];
  return { portalId, caller, input: Object.fromEntries(entries.toReversed()), tool };
}

describe('a digest', () => {
  it('says what was seen to the call that it was made for, whatever the order of its arguments', () => {
    fc.assert(
      fc.property(previewed, seen, (what, then) => {
        expect(seenIn(digestOf(what, then), turned(what))).toEqual(then);
      }),
    );
  });

  it('says nothing to another tool, other arguments, another caller or another account', () => {
    fc.assert(
      fc.property(previewed, previewed, seen, (one, other, then) => {
        fc.pre(JSON.stringify(turned(turned(one))) !== JSON.stringify(turned(turned(other))));
        expect(seenIn(digestOf(one, then), other)).toBeUndefined();
      }),
    );
    const one = { tool: 'update_records', input: { a: 1 }, caller: 'ann', portalId: 1 };
    for (const other of [{ tool: 'x' }, { input: { a: 2 } }, { caller: 'bob' }, { portalId: 2 }])
      expect(seenIn(digestOf(one, { matches: 3, at: 5 }), { ...one, ...other })).toBeUndefined();
  });

  it('does not hold with another number or another time, or cut, or made up', () => {
    const one = { tool: 'update_records', input: {}, caller: 'ann', portalId: 1 };
    const digest = digestOf(one, { matches: 30, at: 5_000 });
    expect(seenIn(digest, one)).toEqual({ matches: 30, at: 5_000 });
    for (const wrong of [digest.replace('30.', '31.'), digest.slice(0, -1), '', '30', '30.1.', `0${digest}`, '1e9.a.b'])
      expect(seenIn(wrong, one)).toBeUndefined();
  });
});
