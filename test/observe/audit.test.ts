import { appendFile, mkdir, mkdtemp, readFile, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../src/clock.ts';
import { verifyAuditLog } from '../../src/commands/verify-audit.ts';
import { createAudit } from '../../src/observe/audit.ts';
import type { CallEnded } from '../../src/observe/happening.ts';
import { verifyAudit } from '../../src/observe/verify-audit.ts';
import { run } from '../commands/terminal.ts';

let folder: string;
let file: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'audit-'));
  file = join(folder, 'audit.jsonl');
});

const troubles: (string | undefined)[] = [];
/** As one process appends. */
const open = (chain: string, where = file) =>
  createAudit({
    file: where,
    reads: true,
    chain,
    clock: systemClock,
    redact: (text) => text.replaceAll('secret', '…'),
    onTrouble: (trouble) => troubles.push(trouble),
  });
const call = (tool: string, caller = 'a'): CallEnded => ({
  kind: 'call',
  author: { caller, session: 's' },
  tool,
  outcome: 'ok',
  tookMs: 1,
});

/** A log of two processes, of three lines each, the second begun after the first. */
async function twoProcesses(): Promise<string[]> {
  for (const chain of ['one', 'two']) {
    const audit = open(chain);
    for (const tool of ['t1', 't2', 't3']) audit.note(call(tool));
    await audit.close();
  }
  return (await readFile(file, 'utf8')).trim().split('\n');
}
const verdictOf = async (lines: readonly string[]) => {
  await writeFile(file, `${lines.join('\n')}\n`);
  return verifyAudit([file]);
};

describe('An audit log', () => {
  it('is whole as it is written, and says who called', async () => {
    const lines = await twoProcesses();
    expect(await verifyAudit([file])).toMatchObject({ lines: 6, chains: 2, problems: [], cut: [] });
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({ seq: 1, prev: '', event: 'call', caller: 'a', tool: 't1' });
  });

  it.each<[string, (lines: string[]) => unknown, string]>([
    ['changed', (lines) => lines.splice(1, 1, lines[1]?.replace('"t2"', '"t9"') ?? ''), 'it was changed'],
    ['changed at the end', (lines) => lines.splice(5, 1, lines[5]?.replace('"t3"', '"t9"') ?? ''), 'it was changed'],
    ['taken out', (lines) => lines.splice(1, 1), 'missing or out of order'],
    ['taken off the beginning', (lines) => lines.splice(0, 1), 'lines before it are missing'],
    ['put elsewhere', (lines) => lines.splice(1, 2, lines[2] ?? '', lines[1] ?? ''), 'missing or out of order'],
    ['told twice', (lines) => lines.splice(1, 0, lines[1] ?? ''), 'missing or out of order'],
    ['of a whole process taken out', (lines) => lines.splice(0, 3), 'is not there'],
    ['made unreadable', (lines) => lines.splice(1, 1, 'nothing'), 'missing or out of order'],
  ])('shows that a line was %s', async (_, tamper, problem) => {
    const lines = await twoProcesses();
    tamper(lines);
    const { problems } = await verdictOf(lines);
    expect(problems.length).toBeGreaterThan(0);
    expect(problems.map((each) => each.problem).join('; ')).toContain(problem);
  });

  it('shows it when a line was written anew with a right hash of its own', async () => {
    const lines = await twoProcesses();
    const other = join(folder, 'forged.jsonl');
    const forger = open('one', other);
    for (const tool of ['t1', 'forged', 't3']) forger.note(call(tool));
    await forger.close();
    lines.splice(1, 1, (await readFile(other, 'utf8')).split('\n')[1] ?? '');
    const { problems } = await verdictOf(lines);
    expect(problems).not.toEqual([]);
  });

  it('stays whole when many processes append at the same time', async () => {
    const audits = Array.from({ length: 8 }, (_, index) => open(`p${index}`));
    for (let round = 0; round < 25; round++) {
      for (const audit of audits) audit.note(call('t'));
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
    await Promise.all(audits.map((audit) => audit.close()));
    expect(await verifyAudit([file])).toMatchObject({ lines: 200, chains: 8, problems: [], cut: [] });
  });

  it('goes on behind a line that a crash has cut', async () => {
    await twoProcesses();
    await appendFile(file, '{"chain":"three","seq":1,"prev":"');
    const audit = open('four');
    audit.note(call('t'));
    await audit.close();
    expect(await verifyAudit([file])).toMatchObject({ lines: 7, problems: [], cut: [{ file, line: 7 }] });
  });

  it('can be moved away while it is written, and is whole as its files together', async () => {
    const audit = open('one');
    audit.note(call('t1'));
    await audit.close();
    const old = join(folder, 'audit.1');
    await writeFile(old, await readFile(file));
    await writeFile(file, '');
    audit.note(call('t2'));
    await audit.close();
    expect(await verifyAudit([old, file])).toMatchObject({ lines: 2, problems: [] });
    expect((await verifyAudit([file])).problems).toHaveLength(1);
  });

  it('keeps its lines while the disk takes none, and says so', async () => {
    const later = join(folder, 'later');
    const audit = open('one', join(later, 'audit.jsonl'));
    audit.note(call('t1'));
    await audit.close();
    expect(troubles.at(-1)).toContain('ENOENT');
    await mkdir(later);
    audit.note(call('t2'));
    await audit.close();
    expect(troubles.at(-1)).toBeUndefined();
    expect(await verifyAudit([join(later, 'audit.jsonl')])).toMatchObject({ lines: 2, problems: [] });
    // How much of what failed is in a file nobody knows, so that nothing goes on from it.
    const [first = ''] = (await readFile(join(later, 'audit.jsonl'), 'utf8')).split('\n');
    expect(JSON.parse(first)).toMatchObject({ chain: expect.stringMatching(/^one-\d$/), seq: 1, prev: '' });
    const full = open('two', '/dev/full');
    full.note(call('t1'));
    await full.close();
    expect(troubles.at(-1)).toContain('ENOSPC');
  });

  it('is not written through a link', async () => {
    const target = join(folder, 'elsewhere');
    await writeFile(target, '');
    await symlink(target, file);
    const audit = open('one');
    audit.note(call('t1'));
    await audit.close();
    expect(troubles.at(-1)).toContain('ELOOP');
    expect(await readFile(target, 'utf8')).toBe('');
  });

  it('holds no secret that a caller calls itself by', async () => {
    const audit = open('one');
    audit.note(call('t1', 'the secret'));
    await audit.close();
    expect(await readFile(file, 'utf8')).not.toContain('secret');
  });
});

describe('verify-audit', () => {
  it('says that a log is whole, and fails for one that is not', async () => {
    const lines = await twoProcesses();
    const whole = await run(verifyAuditLog, { files: [file] });
    expect(whole).toMatchObject({
      stdout: expect.stringMatching(/^6 lines of 2 processes; the last has the hash [0-9a-f]{64}\n$/),
    });
    expect(whole.error).toBeUndefined();
    await verdictOf(lines.toSpliced(1, 1));
    const broken = await run(verifyAuditLog, { files: [file] });
    expect(broken.stdout).toContain(`${file}:2: lines are missing`);
    expect(broken.error).toMatchObject({ name: 'CommandFailure' });
  });

  it.each(['', 'no line\n'.repeat(50)])(
    'fails for a file that holds no line of a log, and is brief about it',
    async (text) => {
      await writeFile(file, text);
      const { stdout, error } = await run(verifyAuditLog, { files: [file] });
      expect(error).toMatchObject({
        name: 'CommandFailure',
        message: expect.stringContaining('no line of an audit log'),
      });
      expect(stdout.split('\n').length).toBeLessThan(25);
    },
  );

  it('says of a file that is not there that it is not there', async () => {
    const { error } = await run(verifyAuditLog, { files: [join(folder, 'nowhere.jsonl')] });
    expect(error).toMatchObject({ name: 'UsageError', message: expect.stringMatching(/^There is no file .*nowhere/) });
  });
});
