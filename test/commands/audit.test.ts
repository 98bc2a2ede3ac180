import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { systemClock } from '../../src/clock.ts';
import { audit } from '../../src/commands/audit.ts';
import { UsageError } from '../../src/option.ts';
import type { Portal } from '../../src/portal/index.ts';
import { auditReport, markdownOf, PAGE_HEAD, pageOf } from '../../src/report/index.ts';
import { type Asked, completion, openaiServer, type Said } from '../openai-server.ts';
import { type Ran, run, type ServedPortal, servedPortal } from './terminal.ts';

const hostile = `"><img src=x onerror=alert(1)> \`x\` [a](http://evil.example) *b* & <!-- </style><script>alert(2)</script>`;
/** What a policy keeps from everybody. */
const SECRET = 'Secretive-Xylophone';

async function create(portal: Portal, type: string, properties: Readonly<Record<string, string>>): Promise<void> {
  const { status } = await portal.fetch({
    method: 'POST',
    url: `http://x/crm/objects/2026-09/${type}`,
    headers: { authorization: 'Bearer pat-x', 'content-type': 'application/json' },
    body: JSON.stringify({ properties }),
  });
  expect(status).toBe(201);
}

interface Place {
  readonly at: (name: string) => string;
  audit(flags?: Readonly<Record<string, unknown>>): Promise<Ran>;
}

async function placeFor({ environment }: ServedPortal): Promise<Place> {
  const folder = await mkdtemp(join(tmpdir(), 'audit-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const at = (name: string) => join(folder, name);
  return { at, audit: (flags = {}) => run(audit, { snapshotDir: folder, journalDir: folder, ...flags }, environment) };
}

/** Twins, a broken address, an open deal of long ago, and text that would rather be markup. */
async function troubledPortal(): Promise<ServedPortal> {
  const served = await servedPortal({ seed: 'none' });
  const { portal } = served;
  const jane = { lastname: 'Okonkwo', phone: '+442079460958', company: SECRET };
  await create(portal, 'contacts', { ...jane, firstname: 'Katherine', email: 'katherine@okonkwo.example' });
  await create(portal, 'contacts', { ...jane, firstname: 'Kate', email: 'kate@okonkwo.example' });
  await create(portal, 'contacts', { firstname: `X ${hostile}`, lastname: 'ABCDEF', email: 'ann@gmial.com' });
  await create(portal, 'companies', { name: `N ${hostile}`, domain: 'gmail.com' });
  const deal = { dealname: `D ${hostile}`, pipeline: 'default', dealstage: 'contractsent', amount: '12000' };
  await create(portal, 'deals', { ...deal, closedate: '2020-01-31T00:00:00Z' });
  return served;
}

// A portal that keeps to its limits is read slowly.
describe('An audit', { timeout: 60_000 }, () => {
  it('writes the same as a page, as JSON and as Markdown, and says the gist', async () => {
    const place = await placeFor(await troubledPortal());
    const policy = place.at('policy.json');
    await writeFile(policy, JSON.stringify({ version: 1, properties: { 'contacts.company': { access: 'deny' } } }));
    const files = { html: place.at('a.html'), json: place.at('a.json'), markdown: place.at('a.md') };
    const { error, stdout } = await place.audit({ ...files, policy });
    expect(error).toBeUndefined();
    expect(stdout).toMatch(/^HubSpot account \d+, as of .*: grade [A-F] /);
    expect(stdout).toContain('duplicates of contacts: ');

    const [page, json, markdown] = await Promise.all(Object.values(files).map((file) => readFile(file, 'utf8')));
    const report = auditReport.parse(JSON.parse(json ?? ''));
    const contacts = report.duplicates.find(({ objectType }) => objectType === 'contacts');
    expect(contacts?.clusters.map(({ labels }) => labels)).toEqual([
      ['Katherine Okonkwo, katherine@okonkwo.example', 'Kate Okonkwo, kate@okonkwo.example'],
    ]);
    expect(report.findings.map(({ check }) => check)).toContain('D01');
    expect(report.ageing.stages.find(({ stage }) => stage === 'Contract Sent')?.deals).toEqual([1, 0, 0, 0, 0]);
    expect([pageOf(report) === page, markdownOf(report) === markdown]).toEqual([true, true]);

    for (const text of [page, json, markdown]) expect(text).not.toContain(SECRET);
    expect(report.fill.map(({ property }) => property)).not.toContain('company');
    expect(page).not.toMatch(/<(img|script|iframe|link|object)\b/i);
    expect(page).not.toMatch(/ (on\w+|style|src)=/);
    expect(page?.match(/<!--/g)).toHaveLength(1);
    expect(page?.match(/<\/style>/g)).toHaveLength(1);
    expect(
      page?.match(/href="(?!#)[^"]*"/g)?.every((link) => link.startsWith('href="https://app.hubspot.com/contacts/')),
    ).toBe(true);
    expect(page).toContain('default-src &#39;none&#39;');
    expect(page).not.toMatch(/@import|url\(/);
    expect(markdown).not.toMatch(/^(?!<!-- hubspot-crm-mcp audit -->)[^`]*[^\\]<(img|script)/m);
  });

  it('tells two findings of one check apart on the terminal', async () => {
    const served = await servedPortal({ seed: 'none', time: { now: systemClock.now() - 90 * 86_400_000 } });
    for (const stage of ['contractsent', 'qualifiedtobuy']) {
      await create(served.portal, 'deals', { dealname: stage, pipeline: 'default', dealstage: stage });
    }
    const { stdout } = await (await placeFor(served)).audit({ types: 'deals' });
    const pipeline = 'pipeline: Sales Pipeline';
    expect(stdout).toContain(`D02  Deals stuck in a stage: 1 (deals; stage: Contract Sent; ${pipeline})`);
    expect(stdout).toContain(`D02  Deals stuck in a stage: 1 (deals; stage: Qualified To Buy; ${pipeline})`);
    expect(stdout).toContain('\n               Open deals belong to nobody, so nobody works on them.\n');
  });

  it('says without a file only the gist', async () => {
    const place = await placeFor(await servedPortal({ seed: 'none' }));
    const { error, stdout } = await place.audit({ types: 'tickets' });
    expect(error).toBeUndefined();
    expect(stdout).toContain('0 records were looked at by');
    expect(stdout).not.toContain('The report is in');
  });

  it('overwrites what an audit wrote, and nothing else', async () => {
    const place = await placeFor(await servedPortal({ seed: 'none' }));
    const [html, mine] = [place.at('a.html'), place.at('mine.html')];
    await writeFile(mine, '<!doctype html><p>mine');
    await writeFile(html, `${PAGE_HEAD}\nold`);
    expect((await place.audit({ html: mine, types: 'tickets' })).error).toMatchObject({ name: 'CommandFailure' });
    expect(await readFile(mine, 'utf8')).toBe('<!doctype html><p>mine');
    expect((await place.audit({ html, types: 'tickets' })).error).toBeUndefined();
    expect(await readFile(html, 'utf8')).toContain('<main');
  });

  it('refuses what it does not know', async () => {
    const place = await placeFor(await servedPortal({ seed: 'none' }));
    expect((await place.audit({ html: 'report.pdf' })).error).toBeInstanceOf(UsageError);
    expect((await place.audit({ types: 'contcats' })).error).toBeInstanceOf(UsageError);
  });

  it('gives JSON as its schema says, which is shipped', async () => {
    const schema = (await import('zod')).toJSONSchema(auditReport);
    await expect(`${JSON.stringify(schema, null, 2)}\n`).toMatchFileSnapshot('../../docs/audit.schema.json');
  });
});

/** Of the gravest finding. */
const by = (headline: string, text: string) => (asked: Asked) => {
  const { findings } = Object(asked.data);
  return completion({ headline, bullets: [{ text, findingIds: [findings[0].id] }] });
};

async function auditedWith(flags: Readonly<Record<string, unknown>>, answer: (asked: Asked) => Said) {
  const server = await openaiServer(answer);
  onTestFinished(() => server.close());
  const served = await troubledPortal();
  const environment = {
    ...served.environment,
    OPENAI_BASE_URL: server.url,
    OPENAI_API_KEY: 'sk-test',
    HUBSPOT_MCP_OPENAI_PRICES: '0.4/1.6',
  };
  const place = await placeFor({ ...served, environment });
  const files = { html: place.at('a.html'), json: place.at('a.json'), markdown: place.at('a.md') };
  const { error, stdout } = await place.audit({ types: 'contacts,deals', ...files, ...flags });
  if (error !== undefined) throw error;
  const [page = '', json = '', markdown = ''] = await Promise.all(
    Object.values(files).map((file) => readFile(file, 'utf8')),
  );
  return { stdout, page, markdown, ...auditReport.parse(JSON.parse(json)), asked: server.asked };
}

describe('The summary of an audit', { timeout: 60_000 }, () => {
  it('is by a template unless it is asked of the model, and then nothing is sent', async () => {
    const { asked, summary, page, stdout } = await auditedWith({ openai: true }, by('Never.', 'Never.'));
    expect(asked).toEqual([]);
    expect(summary).toMatchObject({ by: 'template', headline: expect.stringMatching(/^Grade [A-F]: /) });
    expect(page).toContain('nothing was sent anywhere');
    expect(stdout).not.toContain('Written by');
  });

  it("is the model's in all forms, as text, with what it cost", async () => {
    const said = by('Mend *deals* first & soon.', 'Open deals are past their day.');
    const { asked, summary, page, markdown, stdout } = await auditedWith({ openai: true, summaryByModel: true }, said);
    expect(asked).toHaveLength(1);
    expect(asked[0]?.raw).not.toMatch(/okonkwo|gmial|12000|Katherine|evil|0958/i);
    expect(summary).toMatchObject({ by: 'model:gpt-4.1-mini', headline: 'Mend *deals* first & soon.' });
    expect(page).toContain('<p>Mend *deals* first &amp; soon.</p>');
    expect(page).not.toContain('nothing was sent anywhere');
    expect(markdown).toContain(String.raw`Mend \*deals\* first \& soon.`);
    expect(stdout).toMatch(/Written by the model gpt-4\.1-mini, .* cost 0\.0008 US dollars\./);
  });

  it('is the template where the model says a number that is nowhere', async () => {
    const said = by('Mend 987654 deals.', 'Soon.');
    const { summary, page, markdown, stdout } = await auditedWith({ openai: true, summaryByModel: true }, said);
    expect(summary?.by).toBe('template');
    expect(summary?.note).toContain('a number that is not in the data');
    for (const text of [page, markdown, stdout]) expect(text).not.toContain('987654');
    expect(stdout).toContain('Written by a template. ');
  });

  it('is not asked of a model that nobody turned on', async () => {
    const place = await placeFor(await servedPortal({ seed: 'none' }));
    expect((await place.audit({ summaryByModel: true })).error).toBeInstanceOf(UsageError);
  });
});

const CHROMIUM = process.env['CHROMIUM'];

/** Measures a page of a given width from outside, as its own policy lets no script run in it; the policy is taken out. */
const measure = (page: string, width: number) => `<!doctype html><meta charset="utf-8"><body>
<iframe width="${width}" height="900" srcdoc="${page
  .replace(/<meta http-equiv="Content-Security-Policy"[^>]*>/, '')
  .replaceAll('&', '&amp;')
  .replaceAll('"', '&quot;')}"></iframe><pre id="out"></pre><script>
const frame = document.querySelector('iframe');
const channels = (colour) => { const c = (colour.match(/[\\d.]+/g) ?? []).map(Number); return c.length < 3 || c[3] === 0 ? undefined : c.slice(0, 3); };
const light = (c) => { const [r, g, b] = c.map((v) => (v / 255 <= 0.04045 ? v / 255 / 12.92 : ((v / 255 + 0.055) / 1.055) ** 2.4)); return 0.2126 * r + 0.7152 * g + 0.0722 * b; };
const ratio = (a, b) => { const [x, y] = [light(a), light(b)].sort((p, q) => q - p); return (x + 0.05) / (y + 0.05); };
frame.addEventListener('load', () => {
  const doc = frame.contentDocument, view = frame.contentWindow;
  for (const each of doc.querySelectorAll('details')) each.open = true;
  const ground = (el) => { for (let at = el; at; at = at.parentElement) { const c = channels(view.getComputedStyle(at).backgroundColor); if (c) return c; } return [255, 255, 255]; };
  const weak = [];
  for (const el of doc.body.querySelectorAll('*')) {
    const own = [...el.childNodes].some((node) => node.nodeType === 3 && node.data.trim() !== '');
    if (!own || /^(title|desc)$/i.test(el.tagName)) continue;
    const style = view.getComputedStyle(el);
    const colour = channels(el.tagName.toLowerCase() === 'text' ? style.fill : style.color);
    if (colour && ratio(colour, ground(el)) < 4.5) weak.push(el.tagName + ' ' + el.className + ' ' + el.textContent.slice(0, 20));
  }
  const charts = [...doc.querySelectorAll('svg[role=img]')];
  const named = (svg) => svg.getAttribute('aria-labelledby').split(' ').every((id) => doc.getElementById(id)?.textContent.trim());
  document.getElementById('out').textContent = JSON.stringify({
    over: doc.documentElement.scrollWidth - doc.documentElement.clientWidth,
    charts: charts.length,
    small: charts.filter((svg) => { const box = svg.getBoundingClientRect(); return box.width < 200 || box.height < 40; }).length,
    unnamed: charts.filter((svg) => !named(svg)).length,
    dark: view.matchMedia('(prefers-color-scheme: dark)').matches,
    landmarks: ['main', 'nav', 'header', 'footer'].filter((name) => doc.querySelectorAll(name).length !== 1),
    weak: weak.slice(0, 5),
  });
});
</script>`;

async function browse(...args: readonly string[]) {
  const options = ['--headless=new', '--no-sandbox', '--disable-gpu', '--enable-logging=stderr'];
  return promisify(execFile)(CHROMIUM ?? '', [...options, ...args], { maxBuffer: 2 ** 27 });
}

// It needs a browser, which CI installs and names.
describe.skipIf(CHROMIUM === undefined)('A browser', () => {
  let folder = '';
  let page = '';
  const at = (name: string) => join(folder, name);

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'audit-page-'));
    const flags = { snapshotDir: folder, journalDir: folder, html: at('page.html') };
    const { error } = await run(audit, flags, { HUBSPOT_MCP_SEED: 'demo' });
    if (error !== undefined) throw error;
    page = await readFile(at('page.html'), 'utf8');
  }, 60_000);
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('shows it without a complaint', async () => {
    const { stdout, stderr } = await browse('--dump-dom', pathToFileURL(at('page.html')).href);
    expect(stderr).not.toMatch(/CONSOLE|Content Security Policy/);
    expect(stdout).toContain('<svg');
  }, 60_000);

  it.each([
    [360, 'light', 1],
    [1400, 'light', 1],
    [800, 'dark', 0],
  ] as const)(
    'fits it into %i pixels, %s, with charts that have a size and letters that stand out',
    async (width, look, scheme) => {
      const file = at(`measure-${width}.html`);
      await writeFile(file, measure(page, width));
      const { stdout } = await browse(
        '--dump-dom',
        `--blink-settings=preferredColorScheme=${scheme}`,
        pathToFileURL(file).href,
      );
      const [, json = '{}'] = /<pre id="out">(.*?)<\/pre>/s.exec(stdout) ?? [];
      const { charts, ...rest } = JSON.parse(
        json.replaceAll('&gt;', '>').replaceAll('&lt;', '<').replaceAll('&amp;', '&'),
      );
      expect(rest).toEqual({ over: 0, small: 0, unnamed: 0, dark: look === 'dark', landmarks: [], weak: [] });
      expect(charts).toBeGreaterThanOrEqual(8);
    },
    60_000,
  );

  it('prints it', async () => {
    const pdf = at('page.pdf');
    await browse(`--print-to-pdf=${pdf}`, '--no-pdf-header-footer', pathToFileURL(at('page.html')).href);
    expect(existsSync(pdf) && (await stat(pdf)).size).toBeGreaterThan(50_000);
    expect((await readFile(pdf)).subarray(0, 5).toString()).toBe('%PDF-');
  }, 60_000);
});
