import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { expect, onTestFinished, test } from 'vitest';
import { dictionary } from '../../src/commands/dictionary.ts';
import { UsageError } from '../../src/option.ts';
import type { Portal } from '../../src/portal/index.ts';
import { run, type ServedPortal, servedPortal } from './terminal.ts';

const types = 'contacts,companies,deals';

async function written(
  { environment }: Pick<ServedPortal, 'environment'>,
  name: string,
  flags: Record<string, unknown> = {},
): Promise<{ text: string; stderr: string }> {
  const folder = await mkdtemp(join(tmpdir(), 'dictionary-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const out = join(folder, name);
  const ran = await run(dictionary, { out, types, ...flags }, environment);
  if (ran.error !== undefined) throw ran.error;
  return { text: await readFile(out, 'utf8'), stderr: ran.stderr };
}

async function post(portal: Portal, path: string, body: unknown, answered = 201): Promise<void> {
  const headers = { authorization: 'Bearer pat-x', 'content-type': 'application/json', accept: 'application/json' };
  const { status } = await portal.fetch({
    method: 'POST',
    url: `http://x${path}`,
    headers,
    body: JSON.stringify(body),
  });
  expect(status).toBe(answered);
}

test('a page tells of every property, its options, stages and labels, and needs nothing but itself', async () => {
  const served = await servedPortal();
  const { text } = await written(served, 'dictionary.html');
  for (const said of [
    'of HubSpot account 48213907',
    '<code>lifecyclestage</code>',
    'Sales Qualified Lead',
    '<code>closedwon</code>',
    '<b>Champion of / Champion</b>',
    '<span class="mark unique">unique</span>',
    '<span class="mark calculated">calculated</span>',
    'href="#type-0-1"',
    '<section id="type-0-1">',
  ]) {
    expect(text).toContain(said);
  }
  expect(text.match(/<path class="edge own"/g)?.length).toBeGreaterThanOrEqual(2);
  expect(text).not.toMatch(/\b(src|href)="(?!#)/);
  expect(text).not.toMatch(/@import|url\(/);
  expect(text).toContain('default-src &#39;none&#39;');
});

test('a label between records of one type stands there once, with its words in both directions', async () => {
  const served = await servedPortal({ seed: 'none' });
  const labels = '/crm/associations/2026-09/contacts/contacts/labels';
  await post(served.portal, labels, { name: 'manager', label: 'Manager', inverseLabel: 'Employee' }, 200);
  await post(served.portal, labels, { name: 'sibling', label: 'Sibling' }, 200);
  const { text } = await written(served, 'dictionary.md', { types: 'contacts' });
  const row = text.split('\n').find((line) => line.startsWith('| Contacts | Contacts |'));
  expect(row).toContain('| Manager / Employee (`1`), Sibling (`3`) |');
});

const hostile = `"><img src=x onerror=alert(1)> | \`x\` [a](http://evil.example) *b* & 'q' <!-- </script>`;

async function hostilePortal(): Promise<ServedPortal> {
  const served = await servedPortal({ seed: 'none' });
  const { portal } = served;
  await post(portal, '/crm/properties/2026-09/contacts/groups', { name: 'trap', label: `G ${hostile}` });
  await post(portal, '/crm/properties/2026-09/contacts', {
    name: 'trap',
    label: `L ${hostile}`,
    description: `one\n\n# D ${hostile}\n| a | b |`,
    groupName: 'trap',
    type: 'enumeration',
    fieldType: 'select',
    options: [{ label: `O ${hostile}`, value: `v ${hostile}`, displayOrder: 0, hidden: false }],
  });
  await post(portal, '/crm/pipelines/2026-09/deals', {
    label: `P ${hostile}`,
    displayOrder: 5,
    stages: [
      { label: `S ${hostile}`, displayOrder: 0, metadata: { probability: '0.5' } },
      { label: 'Won', displayOrder: 1, metadata: { probability: '1.0' } },
      { label: 'Lost', displayOrder: 2, metadata: { probability: '0.0' } },
    ],
  });
  return served;
}

test("nothing of a portal's text becomes markup of the page", async () => {
  const { text } = await written(await hostilePortal(), 'dictionary.html');
  expect(text).not.toContain('<img');
  expect(text.match(/<script>/g)).toHaveLength(1);
  expect(text.match(/<\/script>/g)).toHaveLength(1);
  expect(text).not.toContain('<!-- ');
  for (const letter of 'GLDOPS') expect(text).toContain(`${letter} &quot;&gt;&lt;img src=x onerror=alert(1)&gt;`);
  expect(text).toContain('v &quot;&gt;&lt;img');
});

const CHROMIUM = process.env['CHROMIUM'];

// It needs a browser, which CI installs and names.
test.skipIf(CHROMIUM === undefined)(
  'a browser shows it without a complaint, and nothing of a portal runs',
  async () => {
    const { text } = await written(await hostilePortal(), 'dictionary.html');
    const folder = await mkdtemp(join(tmpdir(), 'dictionary-'));
    onTestFinished(() => rm(folder, { recursive: true }));
    const page = join(folder, 'page.html');
    await writeFile(page, text);
    const options = ['--headless=new', '--no-sandbox', '--disable-gpu', '--enable-logging=stderr', '--dump-dom'];
    const browser = promisify(execFile)(CHROMIUM ?? '', [...options, pathToFileURL(page).href], { maxBuffer: 2 ** 26 });
    const { stdout, stderr } = await browser;
    expect(stderr).not.toMatch(/CONSOLE|Content Security Policy/);
    expect(stdout.match(/<(img|script)\b/g)).toEqual(['<script']);
    expect(stdout).toContain('<svg');
  },
);

test('or of the Markdown: tables keep their columns, and lines their beginnings', async () => {
  const { text } = await written(await hostilePortal(), 'dictionary.md');
  expect(text.replaceAll(/^<a id="type-[\d-]+"><\/a>$/gm, '').includes('<')).toBe(false);
  expect(/[^\\]\]\(http|[^\\]:\/\/evil|^# D\b/m.test(text)).toBe(false);
  const rows = text.split('\n').filter((line) => line.startsWith('| L \\*') || line.includes('`trap`'));
  expect(rows.length).toBe(1);
  for (const table of text.split('\n\n').filter((part) => part.startsWith('| '))) {
    const columns = table
      .trimEnd()
      .split('\n')
      .map((line) => line.split(/(?<!\\)\|/).length);
    expect([table.slice(0, 80), new Set(columns).size]).toEqual([table.slice(0, 80), 1]);
  }
});

test('the Markdown tells the same', async () => {
  const { text } = await written(await servedPortal(), 'dictionary.md');
  expect(text).toContain('# Data dictionary of HubSpot account 48213907\n');
  expect(text).toContain('| [Contacts](#type-0-1) | `contacts` | `0-1` |');
  expect(text).toMatch(/^\| Lifecycle Stage \| `lifecyclestage` \| enumeration, radio \|.*Subscriber `subscriber`/m);
  expect(text).toMatch(/^\| Contacts \| Deals \| Champion of \/ Champion \(`\d+`\) \|/m);
  expect(text).toMatch(/^\| Closed Won \| `closedwon` \| 100 %, closed \|$/im);
});

test('fill rates are counted only when asked for, and their price is said first', async () => {
  const served = await servedPortal({ seed: 'none' });
  await post(served.portal, '/crm/objects/2026-09/contacts', { properties: { email: 'a@b.co', firstname: 'Ada' } });
  await post(served.portal, '/crm/objects/2026-09/contacts', { properties: { email: 'c@d.co' } });
  served.portal.control.clearRequests();
  const searches = () => (served.portal.control.requests() ?? []).filter(({ method }) => method === 'POST').length;
  await written(served, 'dictionary.md', { types: 'discounts' });
  expect(searches()).toBe(0);
  const { text, stderr } = await written(served, 'dictionary.md', { types: 'discounts', fillRates: true });
  expect(stderr).toMatch(/^Fill rates take up to 3\d searches of the account's daily calls: at 5 a second, \d s\.\n/);
  expect(searches()).toBe(1);
  expect(text).toContain('| Filled |');
});

// HubSpot's limits, kept to, would hold the reading up for ten seconds.
test('a file of another kind is refused', async () => {
  const { environment } = await servedPortal({ seed: 'none' });
  const { error } = await run(dictionary, { out: 'dictionary.pdf' }, environment);
  expect(error).toEqual(new UsageError('--out: expected FILE.md or FILE.html'));
});
