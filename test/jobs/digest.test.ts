import { assert, constantFrom, dictionary, jsonValue, nat, pre, property, record, string } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { digestOf, type Previewed, seenIn } from '../../src/jobs/digest.ts';

const previewed = record({
  tool: constantFrom('update_records', 'archive_records'),
  input: dictionary(string(), jsonValue()),
  caller: string(),
  portalId: nat(),
});
const seen = record({ matches: nat(1_000_000), at: nat(4_102_444_800_000) });

/** The same with its keys the other way round. */
function turned({ tool, input, caller, portalId }: Previewed): Previewed {
  const entries = typeof input === 'object' && input !== null ? Object.entries(input) : [];
  return { portalId, caller, input: Object.fromEntries(entries.toReversed()), tool };
}

describe('a digest', () => {
  it('says what was seen to the call that it was made for, whatever the order of its arguments', () => {
    assert(
      property(previewed, seen, (what, then) => {
        expect(seenIn(digestOf(what, then), turned(what))).toEqual(then);
      }),
    );
  });

  it('says nothing to another tool, other arguments, another caller or another account', () => {
    assert(
      property(previewed, previewed, seen, (one, other, then) => {
        pre(JSON.stringify(turned(turned(one))) !== JSON.stringify(turned(turned(other))));
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
