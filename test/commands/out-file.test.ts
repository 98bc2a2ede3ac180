import { execFile, execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it, onTestFinished } from 'vitest';
import { CommandFailure } from '../../src/command.ts';
import { commands } from '../../src/commands/index.ts';
import { refuseTargets, writeFileWith } from '../../src/commands/out-file.ts';
import { optionsOf, UsageError } from '../../src/option.ts';
import { run, servedPortal } from './terminal.ts';

/** A folder that goes with the test. */
function place(): (name: string) => string {
  const folder = mkdtempSync(join(tmpdir(), 'out-file-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return (name) => join(folder, name);
}

/** Nothing answers there. */
const account = { HUBSPOT_ACCESS_TOKEN: 'pat-na1-secret', HUBSPOT_BASE_URL: 'http://127.0.0.1:1' };

describe('A folder that is not there', () => {
  it.each([
    ['audit', '--html', 'x.html'],
    ['audit', '--json', 'x.json'],
    ['audit', '--markdown', 'x.md'],
    ['clone-schema', '--out', 'x.json'],
    ['dictionary', '--out', 'x.md'],
    ['duplicates', '--json', 'x.json'],
    ['duplicates', '--out', 'x.csv'],
    ['export', '--out', 'x.csv'],
    ['import', '--report', 'x.csv'],
    ['import', '--failed', 'x.csv'],
    ['portal export', '--out', 'x.json'],
  ])('is told by %s %s before anything is read', async (name, flag, file) => {
    const at = place();
    writeFileSync(at('rows.csv'), 'email\na@x.com\n');
    const [command] = commands.filter((each) => each.name === name);
    const option = optionsOf(command!.options).find(([, said]) => said.flag?.startsWith(`${flag} `))?.[0];
    const others = { file: at('rows.csv'), mapping: at('none.json'), yes: true, objectType: 'contacts' };
    const own = Object.entries(others).filter(([each]) => name !== 'import' || each !== 'objectType');
    const said = { ...Object.fromEntries(own), [option!]: at(`nowhere/${file}`) };
    const { error, stdout } = await run(command!, said, account);
    expect(error).toEqual(
      new UsageError(`${flag}: there is no folder ${at('nowhere')}. Make it first, or name another.`),
    );
    expect(stdout).toBe('');
  });
});

describe('A file to be written', () => {
  it('is no folder, not the file that is read, and not that of another option, whatever it is called', async () => {
    const at = place();
    const file = at('a.csv');
    mkdirSync(at('folder'));
    writeFileSync(file, 'mine');
    symlinkSync(file, at('link.csv'));
    const refused = (...paths: readonly string[]) =>
      refuseTargets(
        paths.map((path, index) => ({ flag: `--${index}`, path })),
        { force: true, input: file },
      );
    await expect(refused(at('folder'))).rejects.toThrow(`--0: ${at('folder')} is a folder. Name a file in it.`);
    await expect(refused(at('link.csv'))).rejects.toThrow(`--0: ${at('link.csv')} is the file that is read.`);
    await expect(refused(at('new.csv'), at('folder/../new.csv'))).rejects.toThrow('--1 and --0 name the same file.');
    await expect(refused(`${file}/x.csv`)).rejects.toThrow(`--0: there is no folder ${file}.`);
    await expect(refused(at('new.csv'), at('other.csv'))).resolves.toBeUndefined();
  });

  it('may be there where it begins as told, where it is forced, and where it is a pipe', async () => {
    const at = place();
    writeFileSync(at('a'), 'head and more');
    execFileSync('mkfifo', [at('pipe')]);
    const refused = (name: string, head: string, force = false) =>
      refuseTargets([{ flag: '--out', path: at(name), head }], { force });
    await expect(refused('a', 'head')).resolves.toBeUndefined();
    await expect(refused('a', 'other', true)).resolves.toBeUndefined();
    await expect(refused('pipe', 'head')).resolves.toBeUndefined();
    await expect(refused('a', 'other')).rejects.toThrow(CommandFailure);
    await expect(refused('a', 'other')).rejects.toThrow(`${at('a')} is there already`);
  });
});

describe('A pipe', () => {
  it.each([
    ['clone-schema', {}, '{'],
    ['duplicates', { type: 'contacts' }, 'id_a,id_b'],
    ['export', { objectType: 'contacts', properties: 'email' }, 'hs_object_id,email'],
    ['portal export', { seed: 'none' }, '{'],
  ])('takes what %s writes, and is still one after that', async (name, flags, begins) => {
    const at = place();
    const out = at('pipe.csv');
    execFileSync('mkfifo', [out]);
    writeFileSync(at('rows.csv'), 'email\na@x.com\na@x.com\n');
    const { environment } = await servedPortal({ seed: 'none' });
    const [command] = commands.filter((each) => each.name === name);
    const reader = promisify(execFile)('cat', [out], { maxBuffer: 1 << 26, timeout: 8_000 });
    const said = { ...flags, ...(name === 'duplicates' && { file: at('rows.csv') }), out };
    const [{ error }, { stdout }] = await Promise.all([run(command!, said, environment), reader]);
    expect(error).toBeUndefined();
    expect(stdout.slice(0, begins.length)).toBe(begins);
    expect(statSync(out).isFIFO()).toBe(true);
  });
});

const failing = () => Promise.reject(new Error('The disk is full.'));

describe('What could not be written wholly', () => {
  it('is not left there, though a device is', async () => {
    const at = place();
    symlinkSync('/dev/null', at('device'));
    for (const name of ['file', 'device']) {
      await expect(writeFileWith(at(name), failing)).rejects.toThrow('The disk is full.');
    }
    expect(existsSync(at('file'))).toBe(false);
    expect(existsSync(at('device'))).toBe(true);
  });
});
