/** The audit log: one line for each call that wrote, was refused or needed a person, appended to a file. */

import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import type { Clock } from '../clock.ts';
import type { Author } from '../journal/journal.ts';
import { auditLine, readAuditLine } from './audit-line.ts';
import type { CallEnded, Happening, Written } from './happening.ts';

export interface AuditOptions {
  readonly file: string;
  /** Calls that went well without writing have a line too. */
  readonly reads: boolean;
  /** Of this process; nobody else's. */
  readonly chain: string;
  readonly clock: Clock;
  readonly redact: (text: string) => string;
  /** Told what is in the way when a line cannot be written, and undefined when all lines are written again. */
  readonly onTrouble: (trouble: string | undefined) => void;
}

export interface Audit {
  note(happening: Happening): void;
  /** Resolves when what was noted is written, or was tried to. */
  close(): Promise<void>;
}

/** So many lines are kept while the disk takes none; then the oldest are lost, and the next line says how many. */
const MOST_KEPT = 10_000;

export function createAudit({ file, reads, chain, clock, redact, onTrouble }: AuditOptions): Audit {
  let waiting: object[] = [];
  let lost = 0;
  let seq = 0;
  let prev: string | undefined;
  let breaks = 0;
  let working: Promise<void> | undefined;
  let troubled = false;

  const write = async (handle: FileHandle, entries: readonly object[]) => {
    const end = await endOf(handle, prev === undefined ? TAIL : 1);
    // A line that a crash or a full disk has cut is ended, so that ours stands alone.
    let text = end.cut ? '\n' : '';
    let [link, at] = [prev ?? end.hash, seq];
    for (const entry of entries) {
      at += 1;
      const line = auditLine({ chain: breaks === 0 ? chain : `${chain}-${breaks}`, seq: at, prev: link }, entry);
      text += `${line.text}\n`;
      link = line.hash;
    }
    const bytes = Buffer.from(text);
    const { bytesWritten } = await handle.write(bytes);
    if (bytesWritten < bytes.length) throw new Error('the disk took only a part of it');
    [prev, seq] = [link, at];
  };

  /** A client can call itself whatever it likes. */
  const clean = ({ caller, session, run }: Author): Author => ({
    caller: redact(caller),
    session: redact(session),
    ...(run !== undefined && { run: redact(run) }),
  });

  const drain = async () => {
    await Promise.resolve();
    while (waiting.length > 0) {
      const missing = lost > 0 ? [{ time: new Date(clock.now()).toISOString(), event: 'lost', lines: lost }] : [];
      const batch = [...missing, ...waiting];
      try {
        const handle = await openToAppend(file);
        try {
          await write(handle, batch);
        } finally {
          await handle.close();
        }
      } catch (error) {
        troubled = true;
        // Nobody knows how much of it is in the file: a new chain begins after whatever is.
        [prev, seq, breaks] = [undefined, 0, breaks + 1];
        onTrouble(error instanceof Error ? error.message : String(error));
        return;
      }
      waiting = waiting.slice(batch.length - missing.length);
      lost = 0;
      if (troubled) onTrouble(undefined);
      troubled = false;
    }
  };

  return {
    note(happening) {
      const entry = entryOf(
        'author' in happening ? { ...happening, author: clean(happening.author) } : happening,
        reads,
      );
      if (entry === undefined) return;
      waiting.push({ time: new Date(clock.now()).toISOString(), ...entry });
      if (waiting.length > MOST_KEPT) lost += waiting.splice(0, waiting.length - MOST_KEPT).length;
      working ??= drain().finally(() => {
        working = undefined;
      });
    },
    async close() {
      await working;
      if (waiting.length > 0) await drain();
    },
  };
}

/** Never through a link: who can make one could have the lines appended to any file. */
function openToAppend(file: string): Promise<FileHandle> {
  return open(file, constants.O_RDWR | constants.O_APPEND | constants.O_CREAT | (constants.O_NOFOLLOW ?? 0), 0o600);
}

/** Longer than any line: a thousand records in a line of a few words. */
const TAIL = 512 * 1024;

/** @param most bytes to look at */
async function endOf(handle: FileHandle, most: number): Promise<{ readonly hash: string; readonly cut: boolean }> {
  const { size } = await handle.stat();
  const length = Math.min(size, most);
  const { buffer } = await handle.read(Buffer.alloc(length), 0, length, size - length);
  const text = buffer.toString('utf8');
  const whole = text.split('\n').findLast((line) => readAuditLine(line) !== undefined);
  return { hash: readAuditLine(whole ?? '')?.hash ?? '', cut: text !== '' && !text.endsWith('\n') };
}

function entryOf(happening: Happening, reads: boolean): object | undefined {
  switch (happening.kind) {
    case 'written':
      return { event: 'write', ...writtenOf(happening) };
    case 'settled':
      return { event: 'settled', callId: happening.callId, rows: happening.rows };
    case 'approval': {
      const { author, kind: _, step, ...rest } = happening;
      return { event: 'approval', approval: step, ...who(author), ...rest };
    }
    case 'call':
      return callOf(happening, reads);
    default:
      return undefined;
  }
}

function writtenOf({ author, tool, callId, portalId, job, undoes, rows, records }: Written): object {
  return {
    ...who(author),
    tool,
    callId,
    portalId,
    ...(job !== undefined && { job }),
    ...(undoes !== undefined && { undoes }),
    rows: Object.fromEntries(Object.entries(rows).filter(([, count]) => count > 0)),
    records,
  };
}

/** What was written has its line already, and so has what waits for a person. */
function callOf({ author, tool, resource, outcome, code, callId }: CallEnded, reads: boolean): object | undefined {
  const isWrite = callId !== undefined;
  const asked = code === 'approval_needed' || code === 'approval_unavailable' || code === 'approval_declined';
  if (outcome === 'refused' ? asked : !reads || isWrite) return undefined;
  const event = outcome === 'refused' ? 'refused' : 'call';
  return {
    event,
    ...who(author),
    tool,
    ...(resource !== undefined && { resource }),
    outcome,
    ...(code !== undefined && { code }),
  };
}

function who({ caller, session, run }: Author): object {
  return { caller, session, ...(run !== undefined && { run }) };
}
