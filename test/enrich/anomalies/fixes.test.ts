import { expect, it } from 'vitest';
import * as z from 'zod';
import { faults } from '../../../bench/anomalies/measure.ts';
import { copyOf, dataOf, makePortal } from '../../../bench/anomalies/portal.ts';
import { diceOf } from '../../../bench/anomalies/random.ts';
import { checks } from '../../../src/enrich/anomalies/checks.ts';
import { runChecks } from '../../../src/enrich/anomalies/run.ts';
import type { Fix } from '../../../src/enrich/anomalies/types.ts';
import { type Connection, connect } from '../../harness.ts';

const size = { contacts: 3000, companies: 600, deals: 1500, tickets: 1200 };
const types = ['contacts', 'companies', 'deals', 'tickets'];
/** Whatever belongs to the generated portal, as the first digit of its ids says. */
const typeOf: Readonly<Record<string, string>> = { 1: 'contacts', 3: 'companies', 5: 'deals', 7: 'tickets' };
/** Not of a tool that writes nothing anyway. */
const READS = new Set(['plan_merge', 'list_pipelines', 'list_changes']);
const OURS = /^(?:[DTP]\d\d)$/;

it('proposes calls that a real server takes, for every check of deals, tickets and the portal', {
  timeout: 60_000,
}, async () => {
  const connection = await connect({
    config: { toolsets: ['crm', 'schema', 'journal', 'quality'], deadlineMs: 30_000 },
  });
  const ids = await realRecords(connection);
  const owners = await connection.call('list_owners');
  const owner = /\b\d{3,}\b/.exec(owners.text)?.[0] ?? '';
  for (const name of ['territory', 'is_person']) {
    await connection.call('create_properties', {
      objectType: 'contacts',
      properties: [{ name, label: name, type: 'string' }],
    });
  }
  const refused: string[] = [];
  const portal = makePortal(size, 1);
  for (const [index, { id }] of checks.entries()) {
    if (!OURS.test(id)) continue;
    const broken = copyOf(portal);
    faults[id]?.(broken, diceOf(index));
    const fixes = runChecks(dataOf(broken), { checks: [id] }).findings.map(({ fix }) => fix);
    if (fixes.length === 0 || fixes.includes(undefined)) refused.push(`${id}: a finding without a fix`);
    for (const fix of fixes) {
      if (fix === undefined) continue;
      const { error, isError, text } = await connection.call(fix.tool, translated(fix, ids, owner));
      if (isError || Object.keys(error).length > 0) refused.push(`${id} ${fix.tool}: ${text.slice(0, 300)}`);
    }
  }
  expect(refused).toStrictEqual([]);
});

async function realRecords({ call }: Connection): Promise<Map<string, string[]>> {
  const named: Readonly<Record<string, (at: number) => Record<string, string>>> = {
    contacts: (at) => ({ email: `person${at}@firm${at}.de` }),
    companies: (at) => ({ name: `Firm ${at}`, domain: `firm${at}.de` }),
    deals: (at) => ({ dealname: `Deal ${at}`, pipeline: 'default', dealstage: 'qualifiedtobuy' }),
    tickets: (at) => ({ subject: `Question ${at}`, hs_pipeline: '0', hs_pipeline_stage: '1' }),
  };
  const ids = new Map<string, string[]>();
  for (const objectType of types) {
    const records = Array.from({ length: 50 }, (_, at) => ({ properties: named[objectType]?.(at) ?? {} }));
    const { text } = await call('create_records', { objectType, records });
    expect(text).not.toMatch(/"failed":\[\{/);
    const { data } = await call('search_records', { objectType, limit: 50, properties: ['hs_object_id'] });
    ids.set(objectType, [...new Set(JSON.stringify(data).match(/(?<=")\d{3,}(?=")/g))]);
  }
  return ids;
}

/** The same call about records that are there: ids of the generated portal stand for real ones, one for one. */
function translated({ tool, arguments: said }: Fix, ids: ReadonlyMap<string, readonly string[]>, owner: string) {
  const taken = new Map<string, string>();
  const seen = new Map<string, number>();
  const realOf = (made: string): string => {
    const known = taken.get(made);
    if (known !== undefined) return known;
    const type = typeOf[made.slice(0, 1)] ?? '';
    const at = seen.get(type) ?? 0;
    seen.set(type, at + 1);
    const real = ids.get(type)?.[at] ?? made;
    taken.set(made, real);
    return real;
  };
  // What the records of the generated portal hold, these do not.
  const text = JSON.stringify(said, (key, value: unknown) => (key === 'expected' ? undefined : value))
    .replaceAll(/"([1357]\d{6,8})"/g, (_, made: string) => `"${realOf(made)}"`)
    .replaceAll(/"10\d"/g, `"${owner}"`);
  return { ...z.record(z.string(), z.unknown()).parse(JSON.parse(text)), ...(READS.has(tool) ? {} : { dryRun: true }) };
}
