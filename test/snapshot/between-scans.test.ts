import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { seededRandom } from '../../src/clock.ts';
import { createHubSpot } from '../../src/hubspot/index.ts';
import { definitionsOf } from '../../src/snapshot/layout.ts';
import { changedAtOnce } from './changed-at-once.ts';
import { HOUR, names, type Office, openOffice, valuesOf } from './office.ts';

/** More than one page of a search. */
const MANY = 900;

let office: Office;
beforeEach(async () => {
  office = await openOffice();
});
afterEach(() => office.close());

const archive = (ids: readonly string[]) => office.hubspot.objects.batchArchive('contacts', ids);
const rename = (ids: readonly string[], firstname: string) =>
  office.hubspot.objects.batchUpdate(
    'contacts',
    ids.map((id) => ({ id, properties: { firstname } })),
  );

describe('What happens to records between two scans', () => {
  it('is found when many were changed in one millisecond, also after a stop', async () => {
    const found = await changedAtOnce(office, MANY);
    expect(found).toEqual({ stopped: true, pages: 0, first: 'Meanwhile', others: MANY - 1 });
  });

  it('is found when they were merged away, archived and brought back', async () => {
    const { control } = office.portal;
    const ids = await office.make(300);
    const [a = '', b = '', c = ''] = ids;
    const [type, copy] = [await office.contacts(), office.copy()];
    office.pass(HOUR);
    await copy.refresh(type, names);
    const merged = await office.hubspot.objects.merge('contacts', a, b);
    office.pass(HOUR);
    expect(await copy.refresh(type, names)).toMatchObject({ records: 299, unaccounted: 0 });
    expect([...(await valuesOf(copy, type, 'firstname')).keys()]).toEqual([...ids.slice(2), merged.id]);
    control.snapshot('before');
    await archive([c]);
    office.pass(HOUR);
    expect(await copy.refresh(type, names)).toMatchObject({ records: 298, unaccounted: 0 });
    // As it was, its time of modification too.
    control.restore('before');
    office.pass(HOUR);
    expect(await copy.refresh(type, names)).toMatchObject({ records: 299, unaccounted: 0 });
    expect((await valuesOf(copy, type, 'firstname')).get(c)).toBe('First 2');
  });

  it('is found by reading everything anew when so many were archived that looking for each would take longer, and once', async () => {
    const ids = await office.make(2_400);
    const [type, copy] = [await office.contacts(), office.copy()];
    office.pass(HOUR);
    await copy.refresh(type, names);
    const gone = ids.filter((_, place) => place % 20 === 3);
    await archive(gone);
    office.pass(HOUR);
    const pages = await office.pagesOf(async () => {
      expect(await copy.refresh(type, names)).toMatchObject({ records: 2_400 - gone.length, unaccounted: 0 });
    });
    expect(pages).toBe(23);
    office.pass(HOUR);
    expect(await office.pagesOf(() => copy.refresh(type, names))).toBe(0);
  });

  it('takes along what was read beside a record that is gone', async () => {
    const [gone = '', stays = ''] = await office.make(2);
    const type = await office.contacts();
    await rename([gone], 'Forget-me-not');
    await rename([gone], 'Ann');
    const copy = office.copy();
    await copy.refresh(type, names);
    await copy.history(type, ['firstname']);
    await archive([gone]);
    office.pass(HOUR);
    await copy.refresh(type, names);
    expect([...(await copy.history(type, ['firstname'])).of.keys()]).toEqual([stays]);
    expect(readFileSync(`${office.folder}/copy.sqlite`).includes('Forget-me-not')).toBe(false);
  });
});

describe('What happens to properties between two scans', () => {
  it('takes nothing from a record that changes, though the next scan wants less of it', async () => {
    const [id = ''] = await office.make(1);
    const [type, copy] = [await office.contacts(), office.copy()];
    await copy.refresh(type, names);
    office.pass(HOUR);
    await rename([id], 'Grace');
    await copy.refresh(type, { properties: ['firstname'] });
    await copy.refresh(type, names);
    expect((await valuesOf(copy, type, 'lastname')).get(id)).toBe('Last');
  });

  it('has the values of one again that was deleted and brought back, also of records that changed without it', async () => {
    const { properties, objects } = office.hubspot;
    const [id = ''] = await office.make(1);
    const wanted = { properties: [...names.properties, 'shoe_size'] };
    await office.define('shoe_size');
    await objects.update('contacts', id, { shoe_size: '44' });
    office.pass(HOUR);
    const [type, copy] = [await office.contacts(), office.copy()];
    await copy.refresh(type, wanted);
    await properties.archive('contacts', 'shoe_size');
    await rename([id], 'Grace');
    office.pass(HOUR);
    expect(await copy.refresh(type, names)).toMatchObject({ unaccounted: 0 });
    await office.define('shoe_size');
    office.pass(HOUR);
    await copy.refresh(type, wanted);
    expect((await valuesOf(copy, type, 'shoe_size')).get(id)).toBe('44');
  });

  it('gives one that was made anew under an old name a place of its own', async () => {
    const { grown } = await definitionsOf(office.hubspot, await office.contacts(), {});
    const [now] = grown([], ['firstname']);
    const before = { name: 'firstname', createdAt: '2001-01-01T00:00:00Z' };
    expect(grown([before], ['firstname'])).toEqual([{ name: '' }, now]);
    expect(grown([{ name: '' }, { name: 'firstname', ...now }], ['firstname'])).toEqual([{ name: '' }, now]);
  });

  it('is read when one was made and filled while everything was being read', async () => {
    const ids = await office.make(250);
    const last = ids.at(-1) ?? '';
    const [type, copy] = [await office.contacts(), office.copy()];
    let made: Promise<unknown> | undefined;
    await copy.refresh(type, {
      ...names,
      progress(read) {
        if (read !== 100) return;
        made ??= office
          .define('shoe_size')
          .then(() => office.hubspot.objects.update('contacts', last, { shoe_size: '44' }));
      },
    });
    await made;
    await copy.refresh(type, { properties: [...names.properties, 'shoe_size'] });
    expect((await valuesOf(copy, type, 'shoe_size')).get(last)).toBe('44');
  });
});

describe('A token that may read no more', () => {
  it('says so, and the copy goes on from where it was once it may again', async () => {
    const ids = await office.make(150);
    const { portal, clock } = office;
    let barred = false;
    const body = JSON.stringify({ status: 'error', category: 'MISSING_SCOPES', message: 'This needs another scope.' });
    const hubspot = createHubSpot({
      clock,
      random: seededRandom(7),
      token: () => 'pat-na1-barred',
      fetch: async (request) =>
        barred ? { status: 403, headers: { 'content-type': 'application/json' }, body } : portal.fetch(request),
    });
    const [type, copy] = [await office.contacts(), office.copy({ hubspot })];
    office.pass(HOUR);
    const { version } = await copy.refresh(type, names);
    office.pass(HOUR);
    await rename(ids.slice(0, 1), 'Grace');
    barred = true;
    await expect(copy.refresh(type, names)).rejects.toMatchObject({ code: 'missing_scope' });
    barred = false;
    expect(await copy.state(type)).toMatchObject({ records: 150, version });
    expect(await office.pagesOf(() => copy.refresh(type, names))).toBe(0);
    expect((await valuesOf(copy, type, 'firstname')).get(ids[0] ?? '')).toBe('Grace');
    await hubspot.close();
  });
});

describe('Who reads', () => {
  it('does so alone, also of two scans of one process', async () => {
    await office.make(250);
    const [type, copy] = [await office.contacts(), office.copy()];
    const pages = await office.pagesOf(async () => {
      const both = await Promise.all([copy.refresh(type, names), copy.refresh(type, { properties: ['firstname'] })]);
      expect(both.filter(({ calls }) => calls === 0)).toHaveLength(1);
    });
    expect(pages).toBe(3);
  });

  it('writes nothing any more once another one has taken its place', async () => {
    await office.make(250);
    const type = await office.contacts();
    const next = office.copy();
    let taken: Promise<unknown> | undefined;
    const { portal, clock } = office;
    const hubspot = createHubSpot({
      clock,
      random: seededRandom(8),
      token: () => 'pat-na1-slow',
      async fetch(request) {
        const answer = await portal.fetch(request);
        if (!request.url.includes('after=') || taken !== undefined) return answer;
        office.pass(61_000);
        taken = next.refresh(type, { properties: [...names.properties, 'email'] });
        await taken;
        return answer;
      },
    });
    const late = office.copy({ hubspot });
    const found = await late.refresh(type, names);
    expect(found).toMatchObject({ records: 250 });
    expect(found).not.toHaveProperty('reading');
    expect([...(await valuesOf(next, type, 'email')).values()]).not.toContain('');
    const again = await next.refresh(type, { properties: [...names.properties, 'email'] });
    expect(again).toMatchObject({ records: 250, version: found.version });
    await hubspot.close();
  });
});
