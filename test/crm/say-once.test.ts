import { array, assert, constantFrom, nat, oneof, property } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { distinguishing, inFull, referrer, restored } from '../../src/crm/say-once.ts';

const word = oneof(nat(30).map(String), constantFrom('"ann"', '"a \\" b, 7"', '"', '"Zoë"'));
const reasons = array(constantFrom('It has ', ' fields, not ', '. '), { minLength: 1, maxLength: 4 }).chain((parts) =>
  array(
    array(word, { minLength: parts.length, maxLength: parts.length }).map((words) =>
      // An open quotation mark reaches to the end, so that it can only be the last.
      parts.map((part, place) => part + words[place]?.replace(/^"$/, '"x"')).join(''),
    ),
    { minLength: 1, maxLength: 8 },
  ),
);

describe('A reason that rows share', () => {
  it('is told once, and what rows have in its place gives each of theirs back', () => {
    assert(
      property(reasons, ([first = '', ...others]) => {
        for (const each of others) expect(restored(first, distinguishing(first, each))).toBe(each);
      }),
    );
  });

  it('comes back in full from what refers to it', () => {
    assert(
      property(reasons, (messages) => {
        const refer = referrer();
        const short = messages.map((message, index) => ({ index, message: refer(index, message) ?? message }));
        expect(inFull(short).map(({ message }) => message)).toEqual(messages);
      }),
    );
  });

  it('says which of two numbers is another, and not one that could be either', () => {
    const refer = referrer();
    refer(0, 'It has 9 fields and the header has 8.');
    expect(refer(1, 'It has 2 fields and the header has 8.')).toBe('As index 0, but 2.');
    expect(refer(2, 'It has 9 fields and the header has 7.')).toBe('As index 0, but 9, 7.');
  });
});
