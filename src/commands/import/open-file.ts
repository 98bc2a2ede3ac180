/** The file of an import, stdin included: that is kept beside, since it is read twice. */

import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { Terminal } from '../../command.ts';
import { UsageError } from '../../option.ts';
import { type Format, formatOf, openSource, type Source } from '../../transfer/source.ts';

export interface OpenFile {
  /** As it was called. */
  readonly name: string;
  readonly format: Format;
  source(delimiter: string): Promise<Source>;
  sha256(): Promise<string>;
  close(): Promise<void>;
}

export async function openFile(
  said: string,
  format: Format | undefined,
  { stdin }: Pick<Terminal, 'stdin'>,
): Promise<OpenFile> {
  const spooled = said === '-' ? await spool(stdin) : undefined;
  const path = spooled?.path ?? said;
  const known = format ?? formatOf(said) ?? (await sniff(path));
  return {
    name: said === '-' ? 'stdin' : said,
    format: known,
    source: (delimiter) => openSource(path, known, delimiter),
    async sha256() {
      const hash = createHash('sha256');
      await pipeline(createReadStream(path), hash);
      return hash.digest('hex');
    },
    close: async () => spooled?.remove(),
  };
}

async function spool(stdin: Terminal['stdin']) {
  const folder = await mkdtemp(join(tmpdir(), 'hubspot-crm-mcp-'));
  const path = join(folder, 'stdin');
  const remove = () => rm(folder, { recursive: true, force: true });
  try {
    await pipeline(stdin, createWriteStream(path, { mode: 0o600 }));
  } catch (error) {
    await remove();
    throw error;
  }
  return { path, remove };
}

/** An object begins with a brace, and no header of a CSV does. */
async function sniff(path: string): Promise<Format> {
  const file = await open(path).catch((error: unknown) => {
    throw new UsageError(`${path} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  });
  try {
    if ((await file.stat()).isDirectory()) throw new UsageError(`${path} is a folder. Name a file in it.`);
    const { buffer, bytesRead } = await file.read(Buffer.alloc(64), 0, 64, 0);
    return /^\uFEFF?\s*\{/.test(buffer.toString('utf8', 0, bytesRead)) ? 'jsonl' : 'csv';
  } finally {
    await file.close();
  }
}
