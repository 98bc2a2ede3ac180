import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { seededRandom, systemClock } from '../../src/clock.ts';
import { CommandFailure } from '../../src/command.ts';
import { setup } from '../../src/commands/setup.ts';
import { createHubSpot } from '../../src/hubspot/index.ts';
import { UsageError } from '../../src/option.ts';
import { boundless } from '../boundless.ts';
import { run, type ServedPortal, servedPortal } from './terminal.ts';

async function propertiesOf({ portal }: ServedPortal, objectType: string) {
  const hubspot = createHubSpot({
    clock: systemClock,
    random: seededRandom(1),
    token: () => 'pat-na1-look',
    ledger: boundless,
    fetch: portal.fetch,
  });
  const found = await hubspot.properties.list(objectType);
  await hubspot.close();
  return found.filter(({ name }) => name.startsWith('mcp_')).map(({ name, hasUniqueValue }) => [name, hasUniqueValue]);
}

function journal() {
  const journalDir = mkdtempSync(join(tmpdir(), 'setup-'));
  onTestFinished(() => rmSync(journalDir, { recursive: true }));
  return { journalDir };
}

it('Setup says what it would create, creates it once, and then finds nothing left to do', async () => {
  const served = await servedPortal({ seed: 'none' });
  const said = { objectTypes: 'contacts,deals', yes: true, ...journal() };
  const first = await run(setup, said, served.environment);
  expect(first.error).toBeUndefined();
  expect(first.stdout).toContain('contacts.mcp_write_id would be created: text, unique');
  expect(first.stdout).toContain('crm.schemas.contacts.write, crm.schemas.deals.write');
  expect(first.stdout).toContain('4 created.');
  expect(await propertiesOf(served, 'deals')).toEqual(
    expect.arrayContaining([
      ['mcp_write_id', true],
      ['mcp_last_write', false],
    ]),
  );
  const again = await run(setup, said, served.environment);
  expect(again.error).toBeUndefined();
  expect(again.stdout).toContain('Nothing is left to create.');
});

it('Setup creates only what is asked for', async () => {
  const served = await servedPortal({ seed: 'none' });
  await run(setup, { objectTypes: 'companies', yes: true, writeId: true, ...journal() }, served.environment);
  expect((await propertiesOf(served, 'companies')).map(([name]) => name)).toEqual(['mcp_write_id']);
});

it('Setup says where HubSpot has no room for another unique property', async () => {
  const served = await servedPortal({ seed: 'none' });
  const headers = { authorization: 'Bearer pat-x', 'content-type': 'application/json' };
  for (let n = 0; n < 10; n += 1) {
    const property = {
      groupName: 'contactinformation',
      name: `u${n}`,
      label: `U${n}`,
      type: 'string',
      fieldType: 'text',
    };
    await served.portal.fetch({
      method: 'POST',
      url: 'http://127.0.0.1/crm/v3/properties/contacts',
      headers,
      body: JSON.stringify({ ...property, hasUniqueValue: true }),
    });
  }
  const { stdout, error } = await run(setup, { objectTypes: 'contacts', yes: true, ...journal() }, served.environment);
  expect(stdout).toContain('all 10 unique properties');
  expect(error).toBeInstanceOf(CommandFailure);
  expect((await propertiesOf(served, 'contacts')).map(([name]) => name)).toEqual(['mcp_last_write']);
});

it('Setup refuses where nothing may be written, and where nobody can be asked', async () => {
  const served = await servedPortal({ seed: 'none' });
  const readOnly = await run(setup, { yes: true, readOnly: true, ...journal() }, served.environment);
  expect(readOnly.error).toBeInstanceOf(UsageError);
  const unasked = await run(setup, {}, served.environment);
  expect(unasked.error).toBeInstanceOf(UsageError);
  expect(served.portal.control.requests()).toEqual([]);
});
