import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { UserError } from '../../src/crm/user-error.ts';
import { fold, nearest, nearestOf, pickOne } from '../../src/crm/words.ts';

const stages = [
  { id: 'closedwon', label: 'Closed Won' },
  { id: '17', label: 'Décision prise' },
  { id: '20', label: '🔥' },
  { id: '18', label: 'In progress', hint: 'Sales' },
  { id: '19', label: 'In progress', hint: 'Renewals' },
];
const pick = (said: string) => pickOne(said, stages, 'stage', (stage) => stage);
function refusal(said: string): UserError {
  try {
    pick(said);
  } catch (error) {
    if (error instanceof UserError) return error;
  }
  throw new Error('was not refused');
}

describe('what was meant', () => {
  it('is not looked for at length when nobody would call anything so', () => {
    const things = Array.from({ length: 500 }, (_, place) => ({ id: `name_${place}`, label: `Name ${place}` }));
    expect(nearest('name_1', things)[0]).toBe('name_1');
    expect(nearest('name '.repeat(500_000), things)).toEqual([]);
  });

  it('is looked for among names that are read once, however many rows of a list make a slip', () => {
    const list = [{ id: 'city', label: 'City' }];
    let looked = 0;
    const things = () => {
      looked += 1;
      return list;
    };
    for (let row = 0; row < 1_000; row += 1) expect(nearestOf(list, 'cit', things)).toEqual(['city']);
    expect([nearestOf(list, 'zzzz', things), nearestOf([...list], 'cit', things)]).toEqual([[], ['city']]);
    expect(looked).toBe(2);
  });

  it.each([
    ['closedwon', 'closedwon'],
    ['ClosedWon', 'closedwon'],
    ['closed won', 'closedwon'],
    ['closed-won ', 'closedwon'],
    ['decision PRISE', '17'],
    ['18', '18'],
    ['🔥', '20'],
  ])('%j is the stage %s', (said, id) => {
    expect(pick(said).id).toBe(id);
  });

  it('is refused with the candidates when it could be several', () => {
    expect(refusal('in progress')).toMatchObject({
      code: 'ambiguous_stage',
      details: {
        candidates: [
          { id: '18', label: 'In progress (Sales)' },
          { id: '19', label: 'In progress (Renewals)' },
        ],
      },
    });
  });

  it('is refused with the nearest and with what is allowed when it is nothing', () => {
    const { code, details } = refusal('closd wonn');
    expect(code).toBe('unknown_stage');
    expect(details.nearest?.[0]).toBe('closedwon');
    expect(details.allowed).toContain('Décision prise (17)');
  });

  it('is refused with a list that can be read, however many there are', () => {
    const many = Array.from({ length: 300 }, (_, place) => ({ id: String(7000 + place), label: `Owner ${place}` }));
    const refused = (said: string) => {
      try {
        return pickOne(said, many, 'owner', (each) => each, { byLabel: true });
      } catch (error) {
        return error;
      }
    };
    expect(refused('qqqq')).toMatchObject({
      details: { allowed: expect.objectContaining({ length: 8, 0: 'Owner 0', 7: '… and 293 more' }) },
    });
    expect(refused('Ownr 12')).toMatchObject({ details: { nearest: expect.arrayContaining(['Owner 12']) } });
    expect(JSON.stringify(refused('Ownr 12'))).not.toContain('allowed');
  });

  it('is never the empty word', () => {
    expect(refusal('  ').code).toBe('unknown_stage');
  });

  it('quotes a stranger’s text in bounded length', () => {
    expect(refusal('x'.repeat(5000)).message.length).toBeLessThan(200);
  });
});

describe('folding', () => {
  it('changes nothing in what is folded', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(fold(fold(text))).toBe(fold(text));
      }),
    );
  });
});

describe('the nearest names', () => {
  it.each([
    ['emial', 'email'],
    ['first name', 'firstname'],
    ['phone number', 'phone'],
    ['life cycle', 'lifecyclestage'],
  ])('to %j begin with %s', (said, name) => {
    const names = ['email', 'firstname', 'lastname', 'phone', 'lifecyclestage', 'city'].map((id) => ({
      id,
      label: id,
    }));
    expect(nearest(said, names)[0]).toBe(name);
  });

  it('are none when nothing resembles it', () => {
    expect(nearest('zzzz', [{ id: 'email', label: 'Email' }])).toEqual([]);
  });
});
