/** The whole story of a clean-up, with the program as it is shipped: what one session did, the next one finds done. */

import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { expect, it, onTestFinished } from 'vitest';
import * as z from 'zod';
import { auditReport } from '../../src/report/index.ts';
import { recordsOf } from '../rows.ts';
import { entry, start } from './program.ts';

const findings = z.object({
  findings: z.array(z.looseObject({ fingerprint: z.string(), check: z.string(), ids: z.array(z.string()) })),
});

/** A client with a person at its side who agrees to all that is asked. */
async function session(folder: string) {
  const client = new Client(
    { name: 'story', version: '1' },
    { versionNegotiation: { mode: 'auto' }, capabilities: { elicitation: { form: {} } } },
  );
  const questions: string[] = [];
  client.setRequestHandler('elicitation/create', ({ params }) => {
    questions.push(params.message);
    return { action: 'accept', content: { approve: true } };
  });
  const args = [entry, '--data-dir', folder, '--seed', 'none', '--toolsets', 'crm,journal,quality'];
  await client.connect(new StdioClientTransport({ command: process.execPath, args, stderr: 'ignore' }));
  const call = async (name: string, said: Record<string, unknown> = {}): Promise<Record<string, unknown>> => {
    const { content, structuredContent, isError } = await client.callTool({ name, arguments: said });
    if (isError === true) throw new Error(`${name}: ${JSON.stringify(content)}`);
    return { ...z.looseObject({}).parse(structuredContent) };
  };
  const twins = async () =>
    recordsOf(await call('find_duplicates', { objectType: 'contacts' })).map(({ ids }) =>
      String(ids).split(':').toSorted().join(':'),
    );
  const mistyped = async () =>
    findings.parse(await call('find_anomalies', { objectTypes: ['contacts'], checks: ['C02'] })).findings;
  return { call, twins, mistyped, questions, close: () => client.close() };
}

const people = [
  { firstname: 'Robert', lastname: 'Featherstone', phone: '+14155550143', email: 'robert@featherstone.example' },
  { firstname: 'Bob', lastname: 'Featherstone', phone: '+14155550143', email: 'bob@featherstone.example', city: 'Ulm' },
  { firstname: 'Katherine', lastname: 'Okonkwo', phone: '+442079460958', email: 'katherine@okonkwo.example' },
  { firstname: 'Kate', lastname: 'Okonkwo', phone: '+442079460958', email: 'kate@okonkwo.example' },
  { firstname: 'William', lastname: 'Achterberg', phone: '+4930901820', email: 'william@achterberg.example' },
  { firstname: 'Bill', lastname: 'Achterberg', phone: '+4930901820', email: 'bill@achterberg.example' },
  { firstname: 'Ann', lastname: 'Zeller', email: 'ann@gmial.com' },
];

it('scan, plan, approve, merge, verify and the report; then nothing shows what was merged or dismissed', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'story-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const first = await session(folder);
  onTestFinished(() => first.close());
  const made = await first.call('create_records', {
    objectType: 'contacts',
    records: people.map((properties) => ({ properties })),
  });
  const ids = recordsOf(made).map(({ id }) => String(id));
  const pair = (at: number) => ids.slice(at, at + 2).toSorted();
  const [merged, two, left] = [pair(0), pair(2), pair(4)];

  // Scan.
  expect((await first.twins()).toSorted()).toEqual([merged, two, left].map((each) => each.join(':')).toSorted());
  const [mistyped] = await first.mistyped();
  expect(mistyped?.ids).toEqual([ids[6]]);
  const before = await first.call('audit_portal', { objectTypes: ['contacts'] });

  // Plan, which writes nothing and asks nobody.
  const said = { objectType: 'contacts', ids: merged };
  const plan = await first.call('plan_merge', said);
  expect([plan['survivor'], plan['losers']].flat().map(String).toSorted()).toEqual(merged);
  expect(first.questions).toEqual([]);
  expect(await first.twins()).toHaveLength(3);

  // Approve and merge.
  const report = await first.call('merge_records', { ...said, digest: plan['digest'] });
  expect(report).toMatchObject({ failed: [], unknown: [] });
  expect(first.questions).toEqual([expect.stringMatching(/cannot be undone/)]);

  // Verify: both ids lead to one record, which has what either had, and the journal knows.
  const now = String(recordsOf(report).at(-1)?.['id']);
  const read = { objectType: 'contacts', properties: ['lastname', 'city'] };
  for (const id of merged) {
    const [record] = recordsOf(await first.call('get_records', { ...read, ids: [id] }));
    expect(record).toMatchObject({ id: now, lastname: 'Featherstone', city: 'Ulm' });
  }
  expect(JSON.stringify(await first.call('list_changes'))).toContain('merge');

  // What a person calls no fault.
  await first.call('dismiss_finding', {
    fingerprints: [`pair:contacts:${two.join(':')}`, mistyped?.fingerprint],
    reason: 'sisters; and that is how she writes it',
  });
  expect(await first.twins()).toEqual([left.join(':')]);
  expect(await first.mistyped()).toEqual([]);
  const after = await first.call('audit_portal', { objectTypes: ['contacts'] });
  expect(Number(after['score'])).toBeGreaterThan(Number(before['score']));
  await first.close();

  // Another day, another process.
  const second = await session(folder);
  onTestFinished(() => second.close());
  expect(await second.twins()).toEqual([left.join(':')]);
  expect(await second.mistyped()).toEqual([]);
  await second.close();

  // The report.
  const [html, json] = [join(folder, 'report.html'), join(folder, 'report.json')];
  const audit = start(['audit', '--html', html, '--json', json, '--data-dir', folder, '--types', 'contacts']);
  expect(await audit.exit).toBe(0);
  expect(readFileSync(html, 'utf8')).toContain('Achterberg');
  const told = auditReport.parse(JSON.parse(readFileSync(json, 'utf8')));
  expect(told.duplicates.flatMap(({ clusters }) => clusters.map((each) => each.ids.toSorted()))).toEqual([left]);
  expect(told.findings.map(({ fingerprint }) => fingerprint)).not.toContain(mistyped?.fingerprint);
}, 60_000);
