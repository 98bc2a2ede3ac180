import { expect, test } from 'vitest';
import { portalClock } from '../../src/portal/portal-clock.ts';
import { fakeClock } from '../fake-clock.ts';
import { create } from './records.ts';
import { at, talkTo } from './talk.ts';

const noon = Date.UTC(2030, 0, 1, 12);

test('a clock that starts at another time runs on from there, and windows and timers stay real', async () => {
  const real = fakeClock();
  const clock = portalClock(real, { now: noon });
  const fired: number[] = [];
  clock.after(500, () => fired.push(clock.now()));
  await real.advance(1_500);
  expect(clock.now()).toBe(noon + 1_500);
  expect(clock.elapsed()).toBe(1_500);
  expect(fired).toEqual([noon + 500]);
  clock.advance(-500);
  expect(clock.now()).toBe(noon + 1_000);
});

test('a jump forward brings timers nearer, and one back leaves them', async () => {
  const real = fakeClock();
  const clock = portalClock(real, { now: noon, frozen: true });
  const fired: string[] = [];
  clock.after(86_400_000, () => fired.push('tomorrow'));
  clock.after(172_800_000, () => fired.push('the day after'));
  clock.after(172_800_000, () => fired.push('never'))();
  clock.set(noon - 86_400_000);
  clock.set(noon);
  await real.advance(0);
  expect(fired).toEqual(['tomorrow']);
  clock.advance(86_400_000 - 500);
  await real.advance(499);
  expect(fired).toEqual(['tomorrow']);
  await real.advance(1);
  expect(fired).toEqual(['tomorrow', 'the day after']);
});

test('a frozen clock stands still until it is set, told to run, or something is written', async () => {
  const real = fakeClock();
  const clock = portalClock(real, { now: noon, frozen: true });
  await real.advance(60_000);
  expect([clock.now(), clock.frozen]).toEqual([noon, true]);
  clock.wrote();
  expect(clock.now()).toBe(noon + 1_000);
  clock.set(noon);
  expect(clock.now()).toBe(noon);
  clock.run();
  await real.advance(5);
  clock.wrote();
  expect([clock.now(), clock.frozen]).toEqual([noon + 5, false]);
  clock.freeze();
  await real.advance(5);
  expect(clock.now()).toBe(noon + 5);
});

test('a portal whose clock is frozen is a second older after each write, and after nothing else', async () => {
  const talk = await talkTo({ time: { now: noon, frozen: true } });
  const { clock } = talk.portal.control;
  expect(clock.now()).toBe(noon);
  const id = await create(talk, 'contacts', { email: 'a@b.co' });
  expect(clock.now()).toBe(noon + 1_000);
  const read = await talk('GET', `/crm/v3/objects/contacts/${id}?propertiesWithHistory=email`);
  expect(at(read.body, 'createdAt')).toBe('2030-01-01T12:00:00Z');
  await talk('POST', '/crm/v3/objects/contacts/search', {});
  await talk('POST', '/crm/v3/objects/contacts', { properties: { email: 'a@b.co' } });
  await talk('POST', '/crm/v3/objects/contacts', { properties: { nothing: 'x' } });
  expect(clock.now()).toBe(noon + 1_000);
  await talk('PATCH', `/crm/v3/objects/contacts/${id}`, { properties: { firstname: 'A' } });
  const property = { name: 'tier', label: 'Tier', groupName: 'contactinformation', type: 'string', fieldType: 'text' };
  expect((await talk('POST', '/crm/v3/properties/contacts', property)).status).toBe(201);
  expect(clock.now()).toBe(noon + 3_000);
});

test('taking a snapshot and going back to it is no write to a frozen clock', async () => {
  const talk = await talkTo({ time: { now: noon, frozen: true } });
  const { control } = talk.portal;
  control.snapshot('start');
  await create(talk, 'contacts', { email: 'a@b.co' });
  expect(control.diff('start').records.created).toHaveLength(1);
  control.restore('start');
  expect(control.clock.now()).toBe(noon + 1_000);
  expect(control.diff('start').records.created).toEqual([]);
  expect(at((await talk('POST', '/crm/v3/objects/contacts/search', {})).body, 'total')).toBe(0);
});
