import { describe, expect, it } from 'vitest';
import type { Explanation } from '../../../src/enrich/duplicates/types.ts';
import { type Row, rowOf, scanned, strangers } from './tables.ts';

const others = strangers(200).map(({ id = '', firstname = '', lastname = '', phone = '' }) => ({
  id,
  name: `${firstname} ${lastname}`,
  phone,
}));

async function held(one: Row, two: Row): Promise<Explanation> {
  const matcher = await scanned([...others, { id: 'a', ...one }, { id: 'b', ...two }], { kind: 'persons' });
  return matcher.explain(rowOf(matcher.table, 'a'), rowOf(matcher.table, 'b'));
}

const levelOf = ({ waterfall }: Explanation, of: string) => waterfall.find(({ field }) => field === of)?.level;

describe('Persons whose names stand in one column', { timeout: 30_000 }, () => {
  it.each([
    ['Habib Ben Mohamed Alloubiri', 'Habib Ben Ahmed Alloubiri'],
    ['Nessim Ben Ali Sahraoui', 'Nessim Ben Romdhane Sahraoui'],
    ['Radi Abd El Samie Abu El Hassan El Ayashi', 'Radi Abd El Samie Abou El Yazid El Ayashi'],
  ])('are two where the names differ as a whole, whatever parts are the same: %s, %s', async (one, two) => {
    const found = await held({ name: one }, { name: two });
    expect(found.probability).toBeLessThan(0.41);
    expect(levelOf(found, 'gate')).toContain('As a whole');
  });

  it('are not held apart by their names where something else tells who they are', async () => {
    const phone = '+12125550142';
    const found = await held(
      { name: 'Habib Ben Mohamed Alloubiri', phone },
      { name: 'Habib Ben Ahmed Alloubiri', phone },
    );
    expect(found.probability).toBeGreaterThan(0.5);
  });

  it.each([
    ['Zelenskyy Volodymyr Oleksandrovych', 'Volodymyr Oleksandrovych Zelenskyy', 'the same words, otherwise divided'],
    ['Oleksandrovich Volodymyr Zelenskyy', 'Volodymyr Zelensky Oleksandrovych', 'nearly the same words'],
  ])('are not held apart by parts where the words are divided otherwise: %s, %s', async (one, two, words) => {
    const found = await held({ name: one }, { name: two });
    expect(levelOf(found, 'whole name')).toContain(words);
    expect(found.waterfall.filter(({ field, bits }) => /name/.test(field) && bits < 0)).toEqual([]);
  });
});

describe('Persons of whom only name and place are known', { timeout: 30_000 }, () => {
  it.each([
    ['one column', { name: 'Leopold Maria Quadflieg' }],
    ['two', { firstname: 'Leopold Maria', lastname: 'Quadflieg' }],
  ])('are likely to be one at most, the name in %s', async (_, name) => {
    const more = strangers(200).map(({ id = '', firstname = '', lastname = '', city = '', phone = '' }) => ({
      id,
      ...('name' in name ? { name: `${firstname} ${lastname}` } : { firstname, lastname }),
      city,
      phone,
    }));
    const row = { ...name, city: 'Zwolle', zip: '8011' };
    const matcher = await scanned([...more, { id: 'a', ...row }, { id: 'b', ...row }], { kind: 'persons' });
    const found = matcher.explain(rowOf(matcher.table, 'a'), rowOf(matcher.table, 'b'));
    expect(found.probability).toBeCloseTo(0.985, 6);
    expect(levelOf(found, 'gate')).toContain('Little but their names');
  });
});
